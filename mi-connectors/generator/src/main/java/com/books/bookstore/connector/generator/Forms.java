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
        form.put("help", "How to reach the bookstore and where access tokens come from.");
        ArrayNode elements = form.putArray("elements");
        field(elements)
                .put("name", "connectionName")
                .put("displayName", "Connection Name")
                .put("inputType", "string")
                .put("defaultValue", connector.connectionType().replace('-', '_') + "_CONNECTION_1")
                .put("required", "true")
                .put("helpTip", "The name of the connection, which is the configKey of operations.")
                .put("validation", "nameWithoutSpecialCharactors");
        group(elements, "General", connector.connection());
        return form;
    }

    static ObjectNode operation(Connector connector, Operation operation) {
        ObjectNode form = JSON.objectNode();
        form.put("connectorName", connector.name());
        form.put("operationName", operation.name());
        form.put("title", operation.displayName());
        form.put("help", operation.help());
        ArrayNode elements = form.putArray("elements");
        ObjectNode connection = field(elements);
        connection.put("name", "configRef");
        connection.put("displayName", "Connection");
        connection.put("inputType", "connection");
        connection.putArray("allowedConnectionTypes").add(connector.connectionType());
        connection.put("defaultType", "connection." + connector.name());
        connection.put("defaultValue", "");
        connection.put("required", "true");
        connection.put("helpTip", "The connection to use.");
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

    private static ObjectNode field(ArrayNode elements) {
        ObjectNode element = elements.addObject();
        element.put("type", "attribute");
        return element.putObject("value");
    }

    private static ArrayNode group(ArrayNode elements, String name, List<Parameter> parameters) {
        ObjectNode group = elements.addObject();
        group.put("type", "attributeGroup");
        ObjectNode value = group.putObject("value");
        value.put("groupName", name);
        ArrayNode fields = value.putArray("elements");
        for (Parameter parameter : parameters) {
            ObjectNode field = field(fields)
                    .put("name", parameter.name())
                    .put("displayName", parameter.displayName())
                    .put("inputType", parameter.inputType())
                    .put("defaultValue", parameter.defaultValue())
                    .put("required", String.valueOf(parameter.required()))
                    .put("helpTip", parameter.description());
            if (!parameter.values().isEmpty()) {
                ArrayNode values = field.putArray("comboValues");
                parameter.values().forEach(values::add);
            }
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
        if (operation.namesNextPage()) {
            values.putObject("next")
                    .put("type", "string")
                    .put("description", "What to send as next for the next page. Absent on the last page.");
        }
        return schema;
    }
}
