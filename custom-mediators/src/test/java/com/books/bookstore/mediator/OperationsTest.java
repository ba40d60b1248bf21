package com.books.bookstore.mediator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.books.bookstore.mediator.check.RequestChecks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The operations that the API definitions and the sequences name are those that the mediators know. */
class OperationsTest {

    private static final Path SEQUENCES = Path.of("..", "sequences", "src", "main", "wso2mi");
    private static final Pattern OPERATION_ID = Pattern.compile("operationId: (\\w+)");
    private static final Pattern USE = Pattern.compile(
            "<class name=\"com\\.books\\.bookstore\\.mediator\\.(\\w+)\">\\s*<property name=\"operation\" value=\"(\\w+)\"/>");

    @Test
    void everyOperationOfTheApisHasARequestCheck() throws IOException {
        List<String> operations = found(OPERATION_ID, SEQUENCES.resolve("resources"))
                .map(definition -> definition.group(1))
                .collect(Collectors.toList());

        assertThat(operations)
                .hasSizeGreaterThan(20)
                .allMatch(operation -> RequestChecks.of(operation).isPresent());
    }

    @Test
    void everyOperationInASequenceIsKnownToItsMediator() throws IOException {
        List<MatchResult> uses = found(USE, SEQUENCES.resolve("artifacts")).collect(Collectors.toList());

        assertThat(uses).hasSizeGreaterThan(30);
        uses.forEach(use -> assertThatCode(() -> operation(use.group(1)).accept(use.group(2)))
                .as(use.group())
                .doesNotThrowAnyException());
    }

    private static Consumer<String> operation(String mediator) {
        switch (mediator) {
            case "RequestValidationMediator":
                return new RequestValidationMediator()::setOperation;
            case "ResponseMediator":
                return new ResponseMediator()::setOperation;
            default:
                throw new AssertionError(mediator + " has no operations");
        }
    }

    private static Stream<MatchResult> found(Pattern pattern, Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).collect(Collectors.toList()).stream()
                    .flatMap(file -> matches(pattern, file));
        }
    }

    private static Stream<MatchResult> matches(Pattern pattern, Path file) {
        try {
            return pattern.matcher(Files.readString(file)).results();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
