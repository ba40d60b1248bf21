package com.books.bookstore.connector.generator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The entry of a connector in the store, {@code .connector-store/meta.json}, as the public connectors for Micro Integrator have it: made from
 * the files of the connector, so it lists what the editor shows.
 */
final class StoreEntry {

    private static final JsonMapper JSON = new JsonMapper();

    /** An operation in {@code component.xml}. */
    private static final Pattern OPERATION =
            Pattern.compile("<component name=\"(\\w+)\">.*?<description>(.*?)</description>", Pattern.DOTALL);

    private final Path files;

    private StoreEntry(Path files) {
        this.files = files;
    }

    /**
     * @param files   the folder with {@code connector.xml}
     * @param version of the release
     */
    static ObjectNode of(Connector connector, Path files, String version) throws IOException {
        ObjectNode entry = JSON.createObjectNode();
        entry.put("name", connector.displayName());
        entry.put("owner", "books.com");
        entry.put("product", "MI");
        entry.put("category", "Commerce");
        entry.put("documentationUrl", "https://books.com/developers");
        entry.put("mavenGroupId", "com.books.bookstore");
        entry.put("mavenArtifactId", connector.name() + "-connector");
        entry.put("description", connector.description());
        entry.put("status", "Active");
        entry.put("rank", 50);
        entry.put("type", "Connector");
        ArrayNode labels = entry.putArray("labels");
        connector.labels().forEach(labels::add);
        ObjectNode release = entry.putArray("releases").addObject();
        release.put("tagName", "v" + version);
        release.putArray("products").add("MI 4.6.0").add("MI 4.5.0").add("MI 4.4.0");
        StoreEntry made = new StoreEntry(files);
        made.operations(release.putArray("operations"));
        if (!connector.connectionType().isEmpty()) {
            ObjectNode connection = release.putArray("connections").addObject();
            connection.put("name", connector.connectionType());
            made.describe(connection, "connection").remove("isHidden");
        }
        return entry;
    }

    private void operations(ArrayNode operations) throws IOException {
        Matcher components = OPERATION.matcher(Files.readString(files.resolve("operations/component.xml")));
        while (components.find()) {
            ObjectNode operation = operations.addObject();
            operation.put("name", components.group(1));
            describe(operation, components.group(1)).put("description", Templates.plain(components.group(2)));
        }
    }

    /** Adds what the form of that name has. */
    private ObjectNode describe(ObjectNode described, String formName) throws IOException {
        JsonNode form =
                JSON.readTree(files.resolve("uischema/" + formName + ".json").toFile());
        described.put("description", form.path("title").textValue());
        ArrayNode parameters = described.putArray("params");
        for (JsonNode element : form.path("elements")) {
            addParameters(element, parameters);
        }
        return described.put("isHidden", false);
    }

    /** As in the public entries, the choice of the connection is not a parameter. */
    private static void addParameters(JsonNode element, ArrayNode parameters) {
        JsonNode value = element.path("value");
        if ("attributeGroup".equals(element.path("type").textValue())) {
            value.path("elements").forEach(each -> addParameters(each, parameters));
        } else if (!"connection".equals(value.path("inputType").textValue())) {
            parameters
                    .addObject()
                    .put("name", value.path("name").textValue())
                    .put("type", value.path("inputType").textValue())
                    .put("required", Boolean.parseBoolean(value.path("required").textValue()))
                    .put("defaultValue", value.path("defaultValue").asText(""))
                    .put("description", value.path("helpTip").textValue());
        }
    }
}
