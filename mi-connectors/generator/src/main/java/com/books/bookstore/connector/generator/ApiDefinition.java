package com.books.bookstore.connector.generator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** An OpenAPI 3.0 definition whose references stay in the file, as those of the shop do. */
final class ApiDefinition {

    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");

    /** What JSON Schema does not have or what is of no use to the editor. */
    private static final List<String> OPENAPI_ONLY =
            List.of("nullable", "example", "xml", "discriminator", "externalDocs");

    private final JsonNode root;

    private ApiDefinition(JsonNode root) {
        this.root = root;
    }

    static ApiDefinition read(Path file) throws IOException {
        return new ApiDefinition(new YAMLMapper().readTree(file.toFile()));
    }

    /** In the order of the definition, without what is internal. */
    List<Operation> operations() {
        String base = URI.create(root.at("/servers/0/url").textValue()).getPath();
        List<Operation> operations = new ArrayList<>();
        for (Map.Entry<String, JsonNode> path : root.path("paths").properties()) {
            if (path.getValue().path("x-internal").booleanValue()) {
                continue;
            }
            for (Map.Entry<String, JsonNode> member : path.getValue().properties()) {
                if (METHODS.contains(member.getKey())) {
                    operations.add(
                            operation(base + path.getKey(), member.getKey(), path.getValue(), member.getValue()));
                }
            }
        }
        return operations;
    }

    private Operation operation(String path, String method, JsonNode pathItem, JsonNode operation) {
        List<Parameter> parameters = new ArrayList<>();
        pathItem.path("parameters").forEach(parameter -> parameters.add(parameter(resolved(parameter))));
        operation.path("parameters").forEach(parameter -> parameters.add(parameter(resolved(parameter))));
        JsonNode body = resolved(operation.path("requestBody"));
        if (!body.isMissingNode()) {
            parameters.add(body(body));
        }
        JsonNode security = operation.has("security") ? operation.get("security") : root.path("security");
        return new Operation(
                operation.path("operationId").textValue(),
                method.toUpperCase(java.util.Locale.ROOT),
                path,
                operation.path("summary").textValue(),
                text(operation),
                !security.isEmpty(),
                List.copyOf(parameters),
                result(operation).orElse(null));
    }

    private Parameter parameter(JsonNode parameter) {
        String wireName = parameter.path("name").textValue();
        String in = parameter.path("in").textValue();
        boolean key = "Idempotency-Key".equals(wireName);
        JsonNode schema = resolved(parameter.path("schema"));
        return new Parameter(
                "header".equals(in) ? Names.ofHeader(wireName) : wireName,
                wireName,
                in,
                text(parameter)
                        + (key
                                ? ". Without a value the connector makes one for each call; its own retry sends the same"
                                : ""),
                parameter.path("required").booleanValue() && !key,
                schema.path("default").asText(""),
                texts(schema.path("enum")),
                parameter.path("example").asText(""));
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(value -> texts.add(value.asText()));
        return List.copyOf(texts);
    }

    private Parameter body(JsonNode body) {
        JsonNode content = body.path("content").path("application/json");
        String fields = String.join(", ", fieldNames(resolved(content.path("schema"))));
        return new Parameter(
                "requestBody",
                "requestBody",
                "body",
                "The JSON of the request" + (fields.isEmpty() ? "" : ", with the fields " + fields) + ".",
                body.path("required").booleanValue(),
                "${payload}",
                List.of(),
                example(content).toString());
    }

    /** The only one, or the first of several. */
    private static JsonNode example(JsonNode content) {
        JsonNode examples = content.path("examples");
        return examples.isEmpty()
                ? content.path("example")
                : examples.elements().next().path("value");
    }

    private static List<String> fieldNames(JsonNode schema) {
        List<String> names = new ArrayList<>();
        schema.path("properties").fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static String text(JsonNode described) {
        return described.path("description").asText("").strip().replaceAll("\\s+", " ");
    }

    /** Of the first successful answer with JSON. */
    private Optional<ObjectNode> result(JsonNode operation) {
        for (Map.Entry<String, JsonNode> response : operation.path("responses").properties()) {
            JsonNode schema = resolved(response.getValue())
                    .path("content")
                    .path("application/json")
                    .path("schema");
            if (response.getKey().startsWith("2") && !schema.isMissingNode()) {
                return Optional.of((ObjectNode) jsonSchema(schema));
            }
        }
        return Optional.empty();
    }

    private JsonNode resolved(JsonNode node) {
        JsonNode resolved = node;
        while (resolved.has("$ref")) {
            String reference = resolved.get("$ref").textValue();
            resolved = root.at(reference.substring(1));
            if (!reference.startsWith("#/") || resolved.isMissingNode()) {
                throw new IllegalArgumentException("The reference leads to nothing in this file: " + reference);
            }
        }
        return resolved;
    }

    /** A schema of OpenAPI 3.0 as JSON Schema draft 7: without references, and null as a type. */
    private JsonNode jsonSchema(JsonNode source) {
        JsonNode node = resolved(source);
        if (node.isArray()) {
            ArrayNode copy = ((ArrayNode) node).arrayNode();
            node.forEach(element -> copy.add(jsonSchema(element)));
            return copy;
        }
        if (!node.isObject()) {
            return node;
        }
        ObjectNode copy = ((ObjectNode) node).objectNode();
        node.properties().forEach(member -> copy.set(member.getKey(), jsonSchema(member.getValue())));
        if (node.path("nullable").isBoolean() && node.path("nullable").booleanValue() && node.has("type")) {
            copy.putArray("type").add(node.get("type")).add("null");
            if (copy.has("enum") && !contains(copy.get("enum"))) {
                ((ArrayNode) copy.get("enum")).addNull();
            }
        }
        if (node.has("type") || node.has("properties") || node.has("items")) {
            OPENAPI_ONLY.forEach(copy::remove);
        }
        return copy;
    }

    private static boolean contains(JsonNode values) {
        for (JsonNode value : values) {
            if (value.isNull()) {
                return true;
            }
        }
        return false;
    }
}
