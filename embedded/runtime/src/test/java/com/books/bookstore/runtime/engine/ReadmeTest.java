package com.books.bookstore.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The README promises what the grammar takes: no more, no less. What it does is in the other tests. */
class ReadmeTest {

    private static final Pattern NAME = Pattern.compile("`([a-zA-Z-]+)`");

    private static String section(String from, String to) throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        return readme.substring(readme.indexOf(from), readme.indexOf(to));
    }

    @Test
    void listsTheMediators() throws IOException {
        String mediators = section("\nMediators:", "\nExpressions are");
        Set<String> listed = new TreeSet<>();
        for (String line : mediators.split("\n")) {
            String names = line.contains(": ") ? line.substring(0, line.indexOf(": ")) : line;
            NAME.matcher(names).results().map(name -> name.group(1)).forEach(listed::add);
        }
        listed.remove("To");

        assertThat(listed).isEqualTo(new TreeSet<>(MediatorRules.names()));
    }

    @Test
    void listsTheArtifacts() throws IOException {
        String artifacts = section("\n## Supported artifacts", "\nMediators:");

        assertThat(artifacts)
                .contains(ArtifactRules.names().stream()
                        .map(name -> "localEntry".equals(name) ? "`synapse/local-entry`" : name)
                        .toList());
    }

    @Test
    void listsVariablesAndFunctionsOfExpressions() throws IOException {
        String expressions = section("\nExpressions are", "\nMI's traps");

        assertThat(expressions)
                .contains(ExpressionCheck.VARIABLES.stream()
                        .map(name -> "`$" + name + "`")
                        .toList())
                .contains(BracedExpression.ROOTS.stream()
                        .map(root -> "`" + root + "`")
                        .toList())
                .contains(ExpressionCheck.MI_FUNCTIONS.stream()
                        .map(name -> "`" + name + "()`")
                        .toList());
    }
}
