package com.books.bookstore.connector.generator;

import java.util.List;

/**
 * A connector.
 *
 * @param name           the first part of its operations' names in flows
 * @param displayName    for the editor
 * @param description    one sentence
 * @param connectionType as the editor calls its connections
 */
record Connector(
        String name, String displayName, String description, String connectionType, List<Operation> operations) {

    private static final List<Parameter> CONNECTION = List.of(
            connection(
                    "baseUrl",
                    "Address of the shop's APIs, such as https://api.books.example: the paths begin after it.",
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
                    "An access token, usually an expression: the operations use it and fetch none. A token that the shop refuses is then an error.",
                    false,
                    ""),
            connection("connectTimeout", "Milliseconds to wait for a connection.", false, "5000"),
            connection("requestTimeout", "Milliseconds to wait for an answer.", false, "30000"));

    private static Parameter connection(String name, String description, boolean required, String defaultValue) {
        return new Parameter(name, name, "connection", description, required, defaultValue);
    }

    /** What {@code init} takes. */
    List<Parameter> connection() {
        return CONNECTION;
    }
}
