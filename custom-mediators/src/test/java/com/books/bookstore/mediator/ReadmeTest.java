package com.books.bookstore.mediator;

import static org.assertj.core.api.Assertions.assertThat;

import com.books.bookstore.mediator.check.RequestChecks;
import com.books.bookstore.mediator.message.MessageProperties;
import com.books.bookstore.problem.ProblemType;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The tables of the README say what the mediators are, and how they are configured. */
class ReadmeTest {

    private static final Path README = Path.of("README.md");
    private static final Path SOURCES = Path.of("src/main/java/com/books/bookstore/mediator");
    private static final Path DEFINITIONS = Path.of("../sequences/src/main/wso2mi/resources/api-definitions");

    private static final Pattern PARENTHESES = Pattern.compile("\\([^()]*\\)");
    private static final Pattern NAME = Pattern.compile("`([a-z][A-Za-z]*)`");
    private static final Pattern CODE = Pattern.compile("\\b[a-z]+(?:_[a-z]+)+\\b");
    private static final Pattern OPERATION = Pattern.compile("(?m)^ +operationId: (\\w+)");

    /** By mediator its cells: properties, in, out, problems. */
    static Map<String, List<String>> mediators() throws IOException {
        return rows("| mediator |", 5);
    }

    static Stream<String> names() throws IOException {
        return mediators().keySet().stream();
    }

    private static Map<String, List<String>> rows(String head, int columns) throws IOException {
        Map<String, List<String>> rows = new TreeMap<>();
        boolean inside = false;
        for (String line : Files.readAllLines(README)) {
            inside = line.startsWith(head) || inside && line.startsWith("|");
            if (inside && !line.startsWith(head) && !line.startsWith("|--")) {
                List<String> cells =
                        Arrays.stream(line.split("\\|", -1)).map(String::strip).collect(Collectors.toList());
                assertThat(cells).as(line).hasSize(columns + 2);
                for (String name : cells.get(1).split(", ")) {
                    rows.put(name, cells.subList(2, columns + 1));
                }
            }
        }
        assertThat(rows).as(head).isNotEmpty();
        return rows;
    }

    @Test
    void everyMediatorHasItsRow() throws IOException {
        try (Stream<Path> files = Files.list(SOURCES)) {
            assertThat(mediators().keySet())
                    .containsExactlyInAnyOrderElementsOf(
                            files.map(file -> file.getFileName().toString().replace(".java", ""))
                                    .filter(name -> name.endsWith("Mediator") && !name.equals("BookstoreMediator"))
                                    .collect(Collectors.toList()));
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void theRowNamesThePropertiesOfTheClass(String mediator) throws Exception {
        Class<?> type = Class.forName("com.books.bookstore.mediator." + mediator);
        Set<String> properties = Arrays.stream(type.getMethods())
                .filter(method -> method.getDeclaringClass() == type)
                .map(Method::getName)
                .filter(name -> name.startsWith("set"))
                .map(name -> Character.toLowerCase(name.charAt(3)) + name.substring(4))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(names(mediators().get(mediator).get(0))).isEqualTo(properties);
    }

    @ParameterizedTest
    @MethodSource("names")
    void theRowNamesMessagePropertiesAndProblemsThatExist(String mediator) throws Exception {
        List<String> cells = mediators().get(mediator);
        Set<String> codes =
                Arrays.stream(ProblemType.values()).map(ProblemType::code).collect(Collectors.toSet());

        assertThat(messageProperties()).containsAll(names(cells.get(1))).containsAll(names(cells.get(2)));
        assertThat(codes).containsAll(matches(CODE, cells.get(3)));
    }

    @Test
    void everyOperationWithARequestCheckHasItsRow() throws Exception {
        Set<String> checked = new TreeSet<>();
        try (Stream<Path> definitions = Files.list(DEFINITIONS)) {
            for (Path definition : definitions.collect(Collectors.toList())) {
                matches(OPERATION, Files.readString(definition)).stream()
                        .filter(operation -> RequestChecks.of(operation).isPresent())
                        .forEach(checked::add);
            }
        }
        Map<String, List<String>> rows = rows("| operation |", 2);

        assertThat(rows.keySet()).isEqualTo(checked);
        Set<String> known = messageProperties();
        known.addAll(checked);
        rows.values().forEach(cells -> assertThat(known).containsAll(names(cells.get(0))));
    }

    private static Set<String> messageProperties() throws IllegalAccessException {
        Set<String> names = new TreeSet<>();
        for (Field field : MessageProperties.class.getFields()) {
            names.add(((String) field.get(null)).replaceFirst("^bookstore\\.", ""));
        }
        return names;
    }

    /** The names in backticks, without those in parentheses, which are values. */
    private static Set<String> names(String cell) {
        return matches(NAME, PARENTHESES.matcher(cell).replaceAll(""));
    }

    private static Set<String> matches(Pattern pattern, String text) {
        Set<String> found = new TreeSet<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            found.add(matcher.groupCount() == 0 ? matcher.group() : matcher.group(1));
        }
        return found;
    }
}
