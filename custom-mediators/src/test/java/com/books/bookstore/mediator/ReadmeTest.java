package com.books.bookstore.mediator;

import static org.assertj.core.api.Assertions.assertThat;

import com.books.bookstore.mediator.check.RequestChecks;
import com.books.bookstore.mediator.message.MessageProperties;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tables of the README name the settings and the message properties that the mediators have. */
class ReadmeTest {

    private static final Path SOURCES = Path.of("src/main/java/com/books/bookstore/mediator");
    private static final Path SEQUENCES = Path.of("../sequences/src/main/wso2mi/artifacts");
    private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/|//[^\\n]*", Pattern.DOTALL);
    private static final Pattern USE = Pattern.compile("MessageProperties\\.([A-Z_]+)");
    private static final Pattern NAME = Pattern.compile("`([a-z][A-Za-z]*)`");
    /** The folders of the classes that do the work of a mediator. */
    private static final Map<String, String> DELEGATES = Map.of(
            "RequestValidationMediator", "check", "ResponseMediator", "answer", "RegistrationMediator", "registration");

    @Test
    void namesEveryMediatorWithItsSettings() throws Exception {
        Map<String, List<String>> rows = mediators();
        assertThat(rows.keySet()).isEqualTo(mediatorClasses());
        for (Map.Entry<String, List<String>> row : rows.entrySet()) {
            assertThat(names(row.getValue().get(1))).as(row.getKey()).isEqualTo(settings(row.getKey()));
        }
    }

    @Test
    void namesTheMessagePropertiesOfEveryMediator() throws Exception {
        Set<String> validated =
                operations().values().stream().flatMap(Set::stream).collect(Collectors.toSet());
        for (Map.Entry<String, List<String>> row : mediators().entrySet()) {
            Set<String> documented = names(row.getValue().get(2));
            documented.addAll(names(row.getValue().get(3)));
            if (row.getKey().equals("RequestValidationMediator")) {
                documented.addAll(validated);
            }
            assertThat(documented).as(row.getKey()).isEqualTo(used(row.getKey()));
        }
    }

    @Test
    void namesOnlyKnownOperations() throws IOException {
        assertThat(operations().keySet())
                .hasSizeGreaterThan(20)
                .allMatch(operation -> RequestChecks.of(operation).isPresent());
    }

    /** Those that are not among the constants are in a table of their own. */
    @Test
    void everyPropertyOfTheSequencesIsListed() throws Exception {
        Set<String> inSequences = new TreeSet<>();
        for (Path file : files(SEQUENCES)) {
            Pattern.compile("bookstore\\.[a-z][A-Za-z]+")
                    .matcher(Files.readString(file))
                    .results()
                    .forEach(use -> inSequences.add(use.group().replaceFirst("bookstore\\.", "")));
        }
        inSequences.remove("mediator");

        Set<String> documented = new TreeSet<>();
        for (List<String> row : table("| sequence property |")) {
            documented.addAll(names(row.get(0)));
        }
        inSequences.removeAll(constants().values());

        assertThat(documented).isEqualTo(inSequences);
    }

    private static Map<String, List<String>> mediators() throws IOException {
        return table("| mediator |").stream().collect(Collectors.toMap(row -> row.get(0), row -> row));
    }

    /** The properties of each operation; "those of" and "as" another operation add that operation's. */
    private static Map<String, Set<String>> operations() throws IOException {
        Map<String, Set<String>> operations = new TreeMap<>();
        for (List<String> row : table("| operation |")) {
            for (String operation : row.get(0).split(", ")) {
                operations.put(operation, names(row.get(1)));
            }
        }
        return operations;
    }

    private static List<List<String>> table(String head) throws IOException {
        List<String> lines = Files.readAllLines(Path.of("README.md"));
        int start = 0;
        while (!lines.get(start).startsWith(head)) {
            start++;
        }
        List<List<String>> rows = new ArrayList<>();
        for (String line : lines.subList(start + 2, lines.size())) {
            if (!line.startsWith("|")) {
                break;
            }
            rows.add(Arrays.stream(line.substring(1).split("\\|", -1))
                    .map(String::trim)
                    .collect(Collectors.toList()));
        }
        return rows;
    }

    private static Set<String> names(String cell) {
        return NAME.matcher(cell.replaceAll("\\([^)]*\\)", ""))
                .results()
                .map(name -> name.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> mediatorClasses() throws IOException {
        return files(SOURCES).stream()
                .filter(file -> file.getParent().equals(SOURCES))
                .map(file -> file.getFileName().toString().replace(".java", ""))
                .filter(name -> name.endsWith("Mediator") && !name.equals("BookstoreMediator"))
                .collect(Collectors.toSet());
    }

    private static Set<String> settings(String mediator) throws ReflectiveOperationException {
        return Arrays.stream(Class.forName("com.books.bookstore.mediator." + mediator)
                        .getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers())
                        && method.getName().startsWith("set")
                        && method.getParameterCount() == 1)
                .map(method -> Character.toLowerCase(method.getName().charAt(3))
                        + method.getName().substring(4))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> used(String mediator) throws Exception {
        Map<String, String> constants = constants();
        List<Path> sources = new ArrayList<>(List.of(SOURCES.resolve(mediator + ".java")));
        if (DELEGATES.containsKey(mediator)) {
            sources.addAll(files(SOURCES.resolve(DELEGATES.get(mediator))));
        }
        Set<String> used = new TreeSet<>();
        for (Path source : sources) {
            USE.matcher(COMMENT.matcher(Files.readString(source)).replaceAll(""))
                    .results()
                    .forEach(use -> used.add(constants.get(use.group(1))));
        }
        return used;
    }

    private static Map<String, String> constants() throws IllegalAccessException {
        Map<String, String> constants = new TreeMap<>();
        for (Field field : MessageProperties.class.getFields()) {
            constants.put(field.getName(), ((String) field.get(null)).replaceFirst("bookstore\\.", ""));
        }
        return constants;
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).collect(Collectors.toList());
        }
    }
}
