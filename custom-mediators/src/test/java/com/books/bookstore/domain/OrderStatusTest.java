package com.books.bookstore.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The states of an order are the same in Java, in the API definition, in the database and in the storefront. */
class OrderStatusTest {

    private static final Path ROOT = Path.of("..");
    private static final Path API = ROOT.resolve("sequences/src/main/wso2mi/resources/api-definitions/OrderAPI.yaml");
    private static final Path MIGRATIONS = ROOT.resolve("db/src/main/resources/db/migration");
    private static final Path STOREFRONT = ROOT.resolve("storefront/src");

    private static final List<String> CODES =
            Stream.of(OrderStatus.values()).map(OrderStatus::code).collect(Collectors.toList());

    @Test
    void inTheApiDefinition() throws IOException {
        assertThat(found("OrderStatus:\\s+type: string\\s+description: [^\\n]*\\s+enum: \\[([^]]*)]", API))
                .as("the schema OrderStatus of OrderAPI.yaml")
                .hasSize(1)
                .allSatisfy(list -> assertThat(words(list)).isEqualTo(CODES));
    }

    /** The last definition of the columns is the one that counts. */
    @Test
    void inTheColumnsOfOrdersAndPayments() throws IOException {
        List<String> definitions = foundBelow("payment_status ENUM \\(([^)]*)\\)", MIGRATIONS, "V*.sql");

        assertThat(definitions).hasSizeGreaterThanOrEqualTo(2);
        definitions
                .subList(definitions.size() - 2, definitions.size())
                .forEach(list -> assertThat(words(list)).isEqualTo(CODES));
    }

    @Test
    void inTheMetrics() throws IOException {
        List<String> selected =
                found("FROM \\((SELECT 'pending' AS status[^)]*)\\)", MIGRATIONS.resolve("R__metrics_business.sql"));

        assertThat(selected)
                .isNotEmpty()
                .allSatisfy(list -> assertThat(quoted(list)).isEqualTo(CODES));
    }

    /** Each procedure changes an order from one state to another, and there is a procedure for each change. */
    @Test
    void inTheProceduresThatChangeThem() throws IOException {
        List<String> changes = Stream.of("complete_order", "cancel_order", "return_order")
                .map(procedure -> change(MIGRATIONS.resolve("R__" + procedure + ".sql")))
                .collect(Collectors.toList());
        List<String> allowed = Stream.of(OrderStatus.values())
                .flatMap(status -> status.next().stream().map(next -> status.code() + " -> " + next.code()))
                .collect(Collectors.toList());

        assertThat(changes).containsExactlyInAnyOrderElementsOf(allowed);
    }

    @Test
    void inTheStorefront() throws IOException {
        List<String> lists = foundBelow("=\\s*\\[([^]]*'completed'[^]]*)]", STOREFRONT, "*.{ts,tsx}");

        assertThat(lists)
                .as("lists of states in storefront/src")
                .isNotEmpty()
                .allSatisfy(list -> assertThat(words(list)).isEqualTo(CODES));
    }

    private static String change(Path procedure) {
        try {
            String from = only(found("IF v_status <> '(\\w+)'", procedure));
            String to = only(found("UPDATE orders SET payment_status = '(\\w+)'", procedure));
            return from + " -> " + to;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String only(List<String> found) {
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    private static List<String> words(String list) {
        return Stream.of(list.split(","))
                .map(word -> word.replaceAll("[\\s'\"]", ""))
                .filter(word -> !word.isEmpty())
                .collect(Collectors.toList());
    }

    private static List<String> quoted(String text) {
        return Pattern.compile("'(\\w+)'")
                .matcher(text)
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toList());
    }

    private static List<String> found(String pattern, Path file) throws IOException {
        return Pattern.compile(pattern)
                .matcher(Files.readString(file))
                .results()
                .map((MatchResult match) -> match.group(1))
                .collect(Collectors.toList());
    }

    /** In the order of the versions of migrations: V9 before V10. */
    private static List<String> foundBelow(String pattern, Path folder, String names) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder)) {
            files = all.filter(file -> folder.getFileSystem()
                            .getPathMatcher("glob:" + names)
                            .matches(file.getFileName()))
                    .sorted((one, other) -> Integer.compare(version(one), version(other)))
                    .collect(Collectors.toList());
        }
        Stream.Builder<String> found = Stream.builder();
        for (Path file : files) {
            found(pattern, file).forEach(found);
        }
        return found.build().collect(Collectors.toList());
    }

    private static int version(Path migration) {
        String digits = migration.getFileName().toString().replaceFirst("^V(\\d+)__.*", "$1");
        return digits.matches("\\d+") ? Integer.parseInt(digits) : 0;
    }
}
