package com.books.bookstore.apim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The files of the project that the tests hold against each other. */
final class Project {

    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    static final Path DEFINITIONS = ROOT.resolve("sequences/src/main/wso2mi/resources/api-definitions");
    static final Path APIS = ROOT.resolve("sequences/src/main/wso2mi/artifacts/apis");
    static final Path APIM = ROOT.resolve("apim");
    static final Path ASSEMBLED = APIM.resolve("target/projects");
    static final JsonNode ACCESS_LEVELS = yaml(APIM.resolve("access-levels.yaml"));

    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

    private Project() {}

    static JsonNode yaml(Path file) {
        try {
            return new YAMLMapper().readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Path> files(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Names of the APIs, by their definitions. */
    static List<String> apis() {
        return files(DEFINITIONS).stream()
                .map(file -> file.getFileName().toString().replace(".yaml", ""))
                .toList();
    }

    static List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        for (String api : apis()) {
            JsonNode definition = yaml(DEFINITIONS.resolve(api + ".yaml"));
            for (Map.Entry<String, JsonNode> path : definition.get("paths").properties()) {
                for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
                    if (METHODS.contains(method.getKey())) {
                        operations.add(new Operation(
                                api,
                                method.getKey().toUpperCase(Locale.ROOT),
                                path.getKey(),
                                method.getValue(),
                                definition));
                    }
                }
            }
        }
        return operations;
    }

    /** The scopes of a role and of those it includes. */
    static Set<String> scopesOf(String role) {
        JsonNode definition = ACCESS_LEVELS.get("roles").get(role);
        Set<String> scopes = texts(definition.get("scopes"));
        definition.path("includes").forEach(included -> scopes.addAll(scopesOf(included.asText())));
        return scopes;
    }

    /** What is created on API Manager for all APIs, by name. */
    static Map<String, JsonNode> sharedScopes() {
        Map<String, JsonNode> scopes = new TreeMap<>();
        yaml(APIM.resolve("shared-scopes.json"))
                .forEach(scope -> scopes.put(scope.get("name").asText(), scope));
        return scopes;
    }

    static Set<String> texts(JsonNode list) {
        Set<String> texts = new TreeSet<>();
        list.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    static Set<String> names(JsonNode object) {
        Set<String> names = new TreeSet<>();
        for (Iterator<String> fields = object.fieldNames(); fields.hasNext(); ) {
            names.add(fields.next());
        }
        return names;
    }

    /** One operation of a definition. */
    record Operation(String api, String method, String path, JsonNode node, JsonNode definition) {

        boolean isOpen() {
            return node.has("security") && node.get("security").isEmpty();
        }

        /** The scopes one of which a caller needs. */
        Set<String> scopes() {
            Set<String> scopes = new TreeSet<>();
            node.path("security").forEach(requirement -> scopes.addAll(texts(requirement.get("oauth2"))));
            return scopes;
        }

        String tier() {
            return node.path("x-throttling-tier").asText();
        }

        String authType() {
            return node.path("x-auth-type").asText();
        }

        @Override
        public String toString() {
            return api + " " + method + " " + path;
        }
    }
}
