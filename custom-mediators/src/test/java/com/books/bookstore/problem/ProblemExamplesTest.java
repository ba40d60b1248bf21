package com.books.bookstore.problem;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every problem says what to do, and the examples in the API definitions are what the servers answer. */
class ProblemExamplesTest {

    private static final Path DEFINITIONS = Path.of("../sequences/src/main/wso2mi/resources/api-definitions");

    /** Their answers name the scope, or the limit, of the operation. */
    private static final Set<ProblemType> MORE_EXACT =
            EnumSet.of(ProblemType.INSUFFICIENT_SCOPE, ProblemType.PAYLOAD_TOO_LARGE);

    /** What the HTTP server of an engine answers before an API is asked. */
    private static final String OF_SERVERS = "malformed_request";

    static Stream<JsonNode> examples() throws IOException {
        try (Stream<Path> files = Files.list(DEFINITIONS)) {
            return files
                    .map(ProblemExamplesTest::definition)
                    .flatMap(definition -> definition.findValues("example").stream())
                    .filter(example -> example.path("type").asText().startsWith("https://books.com/problems/"))
                    .filter(example -> !OF_SERVERS.equals(example.path("code").asText()))
                    .collect(Collectors.toList())
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void anExampleIsWhatTheServerAnswers(JsonNode example) {
        ProblemType type = ProblemType.valueOf(example.path("code").asText().toUpperCase(Locale.ROOT));
        assertThat(example.path("type").asText()).isEqualTo(type.uri());
        assertThat(example.path("title").asText()).isEqualTo(type.title());
        assertThat(example.path("status").asInt()).isEqualTo(type.status());
        if (MORE_EXACT.contains(type)) {
            assertThat(example.path("detail").asText()).endsWith(".").isNotEqualTo(type.detail());
        } else {
            assertThat(example.path("detail").asText()).isEqualTo(type.detail());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aProblemSaysWhatToDo(ProblemType type) {
        assertThat(type.detail()).endsWith(".").hasSizeBetween(20, 160).isNotEqualTo(type.title() + ".");
    }

    private static JsonNode definition(Path file) {
        try {
            return new YAMLMapper().readTree(file.toFile());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
