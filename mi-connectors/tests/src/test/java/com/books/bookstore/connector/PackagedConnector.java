package com.books.bookstore.connector;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** A connector as it was built, beside its documents and the API definitions that it is made from. */
public final class PackagedConnector {

    private static final Path CONNECTORS = Path.of(System.getProperty("connector.folder"));
    private static final Path DEFINITIONS =
            CONNECTORS.resolve("../sequences/src/main/wso2mi/resources/api-definitions");
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");
    private static final Pattern SECTION = Pattern.compile("(?ms)^## \\S+\\.(\\w+)$(.*?)(?=^## |\\z)");
    private static final YAMLMapper YAML = new YAMLMapper();

    /**
     * What a definition says about an operation.
     *
     * @param request method and path
     * @param answers the statuses that it may answer with
     */
    public record Operation(String request, Set<Integer> answers) {}

    /** The call that the reference page shows for an operation, and the message for it: empty if it takes none. */
    public record Example(String flow, String message) {}

    private final Path folder;
    private final JsonNode description;

    private PackagedConnector(Path folder, JsonNode description) {
        this.folder = folder;
        this.description = description;
    }

    public static PackagedConnector of(String folder) {
        try {
            Path path = CONNECTORS.resolve(folder);
            return new PackagedConnector(
                    path, YAML.readTree(path.resolve("connector.yaml").toFile()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The first part of its operations' names. */
    public String name() {
        return description.path("name").textValue();
    }

    public Path zip() {
        return folder.resolve("target/" + name() + "-connector-" + System.getProperty("connector.version") + ".zip");
    }

    /** Every file of the connector by its path. */
    Map<String, byte[]> entries() {
        try {
            return entriesOf(Files.readAllBytes(zip()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Map<String, byte[]> entriesOf(byte[] archive) {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (!entry.isDirectory()) {
                    entries.put(entry.getName(), zip.readAllBytes());
                }
            }
            return entries;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether it calls APIs, and is made from their definitions. */
    boolean isGenerated() {
        return description.has("definitions");
    }

    /** By their names, in the order of the definitions. */
    public Map<String, Operation> operations() {
        Map<String, Operation> operations = new LinkedHashMap<>();
        for (JsonNode file : description.path("definitions")) {
            JsonNode definition = yaml(DEFINITIONS.resolve(file.textValue() + ".yaml"));
            String base =
                    URI.create(definition.at("/servers/0/url").textValue()).getPath();
            for (Map.Entry<String, JsonNode> path : definition.path("paths").properties()) {
                if (path.getValue().path("x-internal").booleanValue()) {
                    continue;
                }
                for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
                    if (METHODS.contains(operation.getKey())) {
                        Set<Integer> answers = new TreeSet<>();
                        operation
                                .getValue()
                                .path("responses")
                                .fieldNames()
                                .forEachRemaining(status -> answers.add(Integer.valueOf(status)));
                        operations.put(
                                operation.getValue().path("operationId").textValue(),
                                new Operation(
                                        operation.getKey().toUpperCase(Locale.ROOT) + " " + base + path.getKey(),
                                        answers));
                    }
                }
            }
        }
        return operations;
    }

    private static JsonNode yaml(Path file) {
        try {
            return YAML.readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the reference page shows, by the names of the operations. */
    public Map<String, Example> examples() {
        Map<String, Example> examples = new LinkedHashMap<>();
        SECTION.matcher(page("reference.md"))
                .results()
                .forEach(section -> examples.put(
                        section.group(1),
                        new Example(
                                blocks("xml", section.group(2)).get(0),
                                String.join("", blocks("json", section.group(2))))));
        return examples;
    }

    /** The artifacts that its README shows. */
    public List<String> artifactsOfTheReadme() {
        return blocks("xml", page("README.md"));
    }

    private static List<String> blocks(String language, String text) {
        return Pattern.compile("```" + language + "\\n(.*?)\\n```", Pattern.DOTALL)
                .matcher(text)
                .results()
                .map((MatchResult block) -> block.group(1))
                .toList();
    }

    private String page(String file) {
        try {
            return Files.readString(folder.resolve(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return name();
    }
}
