package com.books.bookstore.it.fuzz;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.LevelResolver;
import com.atlassian.oai.validator.report.ValidationReport;
import com.books.bookstore.it.support.Checkout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.Yaml;

/** An OpenAPI definition: its operations, and what their answers must look like. */
final class Definition {

    private static final Path DIRECTORY =
            Checkout.DIRECTORY.resolve("sequences/src/main/wso2mi/resources/api-definitions");

    private final Map<String, Object> document;
    private final String context;
    private final OpenApiInteractionValidator validator;

    /**
     * @param method in upper case
     * @param path   the template, below the API's context
     * @param spec   the operation as it stands in the definition
     */
    record Operation(Definition definition, String method, String path, Map<String, Object> spec) {

        /** Parameters with their references resolved. */
        List<Map<String, Object>> parameters() {
            return list(spec.get("parameters")).stream()
                    .map(definition::resolve)
                    .toList();
        }

        Optional<Map<String, Object>> bodySchema() {
            return Optional.ofNullable(spec.get("requestBody"))
                    .map(body -> map(map(map(body).get("content")).get("application/json")))
                    .map(content -> definition.resolve(map(content.get("schema"))));
        }

        /** One scope that is enough; empty if no token is needed. */
        Optional<String> scope() {
            return list(spec.get("security")).stream().findFirst().map(entry ->
                    (String) ((List<?>) entry.get("oauth2")).get(0));
        }

        boolean documents(int status) {
            return map(spec.get("responses")).containsKey(Integer.toString(status));
        }
    }

    private Definition(Path file) throws IOException {
        document = new Yaml().load(Files.readString(file));
        String server = (String) list(document.get("servers")).get(0).get("url");
        context = server.substring(server.indexOf('/', "http://".length()));
        validator = OpenApiInteractionValidator.createForSpecificationUrl(
                        file.toUri().toString())
                .withBasePathOverride("/")
                .withLevelResolver(LevelResolver.create()
                        .withLevel("validation.request", ValidationReport.Level.IGNORE)
                        .build())
                .build();
    }

    static List<Operation> allOperations() {
        List<Operation> operations = new ArrayList<>();
        try (var files = Files.list(DIRECTORY)) {
            for (Path file : files.sorted().toList()) {
                Definition definition = new Definition(file);
                map(definition.document.get("paths"))
                        .forEach((path, methods) -> map(methods).forEach((method, spec) -> {
                            if (!method.startsWith("x-")) {
                                operations.add(
                                        new Operation(definition, method.toUpperCase(Locale.ROOT), path, map(spec)));
                            }
                        }));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return operations;
    }

    /** The path that all operations begin with, such as {@code /orders/v1}. */
    String context() {
        return context;
    }

    /** What does not fit the operation's definition in this answer: its status, its headers, its body. */
    List<String> faults(Operation operation, int status, Map<String, List<String>> headers, String body) {
        SimpleResponse.Builder response = SimpleResponse.Builder.status(status);
        headers.forEach((name, values) -> response.withHeader(name, values));
        if (!body.isEmpty()) {
            response.withBody(body);
        }
        String anyPath = operation.path().replaceAll("\\{[^}]*}", "1");
        return validator
                .validateResponse(anyPath, Request.Method.valueOf(operation.method()), response.build())
                .getMessages()
                .stream()
                .filter(message -> message.getLevel() == ValidationReport.Level.ERROR)
                .map(ValidationReport.Message::getMessage)
                .toList();
    }

    /** What does not fit the schema of problems, whichever operation is asked, in an answer that is one. */
    List<String> problemFaults(Operation any, Map<String, List<String>> headers, String body) {
        // Each operation has this answer, which is nothing but a problem.
        return faults(any, 500, headers, body);
    }

    /** What a {@code $ref} refers to, or the node itself. */
    Map<String, Object> resolve(Map<String, Object> node) {
        Object reference = node.get("$ref");
        if (reference == null) {
            return node;
        }
        Object found = document;
        for (String name : reference.toString().substring("#/".length()).split("/")) {
            found = map(found).get(name);
        }
        return resolve(map(found));
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> map(Object node) {
        return node == null ? Map.of() : (Map<String, Object>) node;
    }

    @SuppressWarnings("unchecked")
    static List<Map<String, Object>> list(Object node) {
        return node == null ? List.of() : (List<Map<String, Object>>) node;
    }
}
