package com.books.bookstore.connector.generator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A connector, as its {@code connector.yaml} describes it.
 *
 * @param name           the first part of its operations' names in flows
 * @param displayName    for the editor
 * @param connectionType as the editor calls its connections; empty if it has none
 * @param description    one sentence
 * @param labels         for the connector store
 * @param operations     those of the OpenAPI definitions; empty if the connector is not generated
 */
record Connector(
        String name,
        String displayName,
        String connectionType,
        String description,
        List<String> labels,
        List<Operation> operations) {

    private static final String DEFINITIONS = "../../sequences/src/main/wso2mi/resources/api-definitions";

    private static final List<Parameter> CONNECTION = List.of(
            connection(
                    "baseUrl",
                    "Address of the bookstore's APIs, such as https://api.books.example: the paths begin after it.",
                    true,
                    ""),
            connection(
                    "tokenEndpoint",
                    "Where access tokens are fetched with client credentials. Empty if the flow gives accessToken, or calls only what needs no token.",
                    false,
                    ""),
            connection("clientId", "The client for which tokens are fetched.", false, ""),
            connection(
                    "clientSecret",
                    "The secret of the client. Take it from the secure vault or the environment, not from the project.",
                    false,
                    ""),
            connection(
                    "scopes",
                    "Scopes of the tokens, separated by spaces. Empty for those that the provider gives by default.",
                    false,
                    ""),
            connection(
                    "accessToken",
                    "An access token, usually an expression: the operations use it and fetch none. A token that the bookstore refuses is then an error.",
                    false,
                    ""),
            connection(
                    "trustedCertificates",
                    "Path of a PEM file with the certificates that https servers may have or be signed with. Empty for those that the server trusts.",
                    false,
                    ""),
            connection("connectTimeout", "Milliseconds to wait for a connection.", false, "5000"),
            connection("requestTimeout", "Milliseconds to wait for an answer.", false, "30000"));

    private static Parameter connection(String name, String description, boolean required, String defaultValue) {
        return new Parameter(name, "connection", description, required, defaultValue);
    }

    /** @param folder with {@code connector.yaml} */
    static Connector read(Path folder) throws IOException {
        JsonNode yaml =
                new YAMLMapper().readTree(folder.resolve("connector.yaml").toFile());
        List<Operation> operations = new ArrayList<>();
        for (JsonNode definition : yaml.path("definitions")) {
            Path file = folder.resolve(DEFINITIONS).resolve(definition.textValue() + ".yaml");
            operations.addAll(ApiDefinition.read(file).operations());
        }
        List<String> labels = new ArrayList<>();
        yaml.path("labels").forEach(label -> labels.add(label.textValue()));
        return new Connector(
                yaml.path("name").textValue(),
                yaml.path("displayName").textValue(),
                yaml.path("connectionType").asText(""),
                yaml.path("description").textValue(),
                List.copyOf(labels),
                List.copyOf(operations));
    }

    /** What {@code init} reads. */
    List<Parameter> connection() {
        return CONNECTION;
    }
}
