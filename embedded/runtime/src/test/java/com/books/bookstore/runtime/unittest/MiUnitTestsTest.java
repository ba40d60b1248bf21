package com.books.bookstore.runtime.unittest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MiUnitTestsTest {

    /** What becomes of each case; null if it passes. */
    private static Map<String, Throwable> run(Path project) {
        Map<String, Throwable> results = new LinkedHashMap<>();
        MiUnitTests.of(project).tests().forEach(suite -> {
            try (Stream<? extends DynamicNode> cases = ((DynamicContainer) suite).getChildren()) {
                cases.forEach(testCase -> {
                    String name = suite.getDisplayName() + ": " + testCase.getDisplayName();
                    try {
                        ((DynamicTest) testCase).getExecutable().execute();
                        results.put(name, null);
                    } catch (Throwable e) {
                        results.put(name, e);
                    }
                });
            }
        });
        return results;
    }

    @Test
    void casesOfApisAndSequencesPassAndFailOneByOne() {
        Map<String, Throwable> results = run(Path.of("src/test/projects/shop"));

        assertThat(results)
                .containsOnlyKeys(
                        "Copy: body and properties of a sequence",
                        "StockAPI: the stock is answered",
                        "StockAPI: wrong on purpose")
                .containsEntry("Copy: body and properties of a sequence", null)
                .containsEntry("StockAPI: the stock is answered", null);
        assertThat(results.get("StockAPI: wrong on purpose"))
                .isInstanceOf(AssertionError.class)
                .hasMessage("$statusCode: the warehouse has no book 8\nexpected: 200\n but was: 404");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<registry-resources><registry-resource/></registry-resources> | <sequence name=\"A\"><respond/></sequence>          | registry resources",
                "<registry-resources/>                                         | <proxy name=\"A\"/>                                | <proxy>",
                "<registry-resources/>                                         | <sequence name=\"A\"><log><message>${now()}</message></log></sequence> | ${now()}"
            })
    void whatTheRuntimeLacksIsRefused(String resources, String artifact, String message, @TempDir Path project)
            throws Exception {
        Path suites = Files.createDirectories(project.resolve("src/test/wso2mi"));
        Files.writeString(
                suites.resolve("A.xml"),
                "<unit-test><artifacts><test-artifact><artifact>A.xml</artifact></test-artifact><supportive-artifacts/>"
                        + resources + "<connector-resources/></artifacts><test-cases><test-case name=\"a\"><input/>"
                        + "<assertions><assertNotNull><actual>$body</actual><message>m</message></assertNotNull></assertions>"
                        + "</test-case></test-cases><mock-services/></unit-test>");
        Files.writeString(
                project.resolve("A.xml"),
                artifact.replaceFirst(" name", " xmlns=\"http://ws.apache.org/ns/synapse\" name"));

        assertThatThrownBy(() -> {
                    Throwable failure =
                            run(project).values().stream().findFirst().orElse(null);
                    if (failure != null) {
                        throw failure;
                    }
                })
                .hasMessageContaining(message);
    }

    @Test
    void aProjectWithoutSuitesIsAMistake() {
        assertThatThrownBy(() -> MiUnitTests.of(Path.of("src/test/projects")).tests())
                .hasMessageContaining("src/test/wso2mi");
    }
}
