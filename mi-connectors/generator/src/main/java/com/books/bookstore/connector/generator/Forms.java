package com.books.bookstore.connector.generator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** The JSON files by which the editor shows a connector. */
final class Forms {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private Forms() {}

    static ObjectNode connection(Connector connector) {
        ObjectNode form = JSON.objectNode();
        form.put("connectorName", connector.name());
        form.put("connectionName", connector.connectionType());
        form.put("title", connector.displayName() + " Connection");
        form.put("help", "How to reach the shop and where access tokens come from.");
        group(form.putArray("elements"), "General", connector.connection());
        return form;
    }

    static ObjectNode operation(Connector connector, Operation operation) {
        ObjectNode form = JSON.objectNode();
        form.put("connectorName", connector.name());
        form.put("operationName", operation.name());
        form.put("title", operation.displayName());
        form.put("help", operation.summary() + ". " + operation.description());
        ArrayNode elements = form.putArray("elements");
        ObjectNode connection = elements.addObject();
        connection.put("type", "attribute");
        ObjectNode value = connection.putObject("value");
        value.put("name", "configRef");
        value.put("displayName", "Connection");
        value.put("inputType", "connection");
        value.putArray("allowedConnectionTypes").add(connector.connectionType());
        value.put("defaultType", "connection." + connector.name());
        value.put("defaultValue", "");
        value.put("required", "true");
        value.put("helpTip", "The connection to use");
        if (!operation.parameters().isEmpty()) {
            group(elements, "Basic", operation.parameters());
        }
        ArrayNode output = group(elements, "Output", Operation.output());
        ((ObjectNode) output.get(0).get("value"))
                .put("inputType", "string")
                .put("deriveResponseVariable", "true")
                .put("required", "true");
        ((ObjectNode) output.get(1).get("value")).put("inputType", "checkbox");
        return form;
    }

    private static ArrayNode group(ArrayNode elements, String name, List<Parameter> parameters) {
        ObjectNode group = elements.addObject();
        group.put("type", "attributeGroup");
        ObjectNode value = group.putObject("value");
        value.put("groupName", name);
        ArrayNode fields = value.putArray("elements");
        for (Parameter parameter : parameters) {
            ObjectNode field = fields.addObject();
            field.put("type", "attribute");
            field.putObject("value")
                    .put("name", parameter.name())
                    .put("displayName", parameter.displayName())
                    .put("inputType", parameter.inputType())
                    .put("defaultValue", parameter.defaultValue())
                    .put("required", String.valueOf(parameter.required()))
                    .put("helpTip", parameter.description());
        }
        return fields;
    }

    static ObjectNode outputSchema(Operation operation) {
        ObjectNode schema = JSON.objectNode();
        schema.put("$schema", "http://json-schema.org/draft-07/schema#");
        schema.put("type", "object");
        schema.put("title", "Output Schema for " + operation.name() + " Operation");
        schema.put("description", "What the variable named by responseVariable holds.");
        ObjectNode properties = schema.putObject("properties");
        properties.set(
                "payload", operation.result() == null ? JSON.objectNode().put("type", "object") : operation.result());
        properties
                .putObject("headers")
                .put("type", "object")
                .put(
                        "description",
                        "ETag, Location, Idempotency-Replayed and X-Correlation-ID, where the answer has them.");
        ObjectNode attributes = properties.putObject("attributes");
        attributes.put("type", "object");
        ObjectNode values = attributes.putObject("properties");
        values.putObject("statusCode").put("type", "integer").put("description", "Status of the answer.");
        values.putObject("nextOffset")
                .put("type", "integer")
                .put("description", "The offset of the next page. Absent on the last page.");
        return schema;
    }

    /** The entry of the connector store. */
    static ObjectNode storeEntry(Connector connector) {
        ObjectNode entry = JSON.objectNode();
        entry.put("name", connector.displayName());
        entry.put("owner", "books.com");
        entry.put("product", "MI");
        entry.put("category", "Commerce");
        entry.put("documentationUrl", "https://books.com/developers");
        entry.put("mavenGroupId", "com.books.bookstore");
        entry.put("mavenArtifactId", connector.name() + "-connector");
        entry.put("description", connector.description());
        entry.put("status", "Active");
        entry.put("type", "Connector");
        entry.putArray("labels").add("commerce").add("bookstore");
        ObjectNode release = entry.putArray("releases").addObject();
        release.putArray("products").add("MI 4.4.0").add("MI 4.5.0").add("MI 4.6.0");
        ArrayNode operations = release.putArray("operations");
        for (Operation operation : connector.operations()) {
            ObjectNode described = operations.addObject();
            described.put("name", operation.name());
            described.put("description", operation.summary());
            ArrayNode parameters = described.putArray("params");
            for (Parameter parameter : operation.allParameters()) {
                parameters
                        .addObject()
                        .put("name", parameter.name())
                        .put("type", parameter.inputType())
                        .put("required", parameter.required())
                        .put("defaultValue", parameter.defaultValue())
                        .put("description", parameter.description());
            }
            described.put("isHidden", false);
        }
        return entry;
    }
}
