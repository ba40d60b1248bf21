package com.books.bookstore.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What the storefront exports (csv.ts) is read as it was. */
class CsvLawsTest {

    @Property
    void anExportedTableIsReadAsItWas(
            @ForAll("tables") List<List<String>> table, @ForAll("separators") char separator) {
        String csv = "\uFEFF"
                + table.stream()
                        .map(row -> row.stream()
                                .map(cell -> exported(cell, separator))
                                .collect(Collectors.joining(String.valueOf(separator))))
                        .collect(Collectors.joining("\r\n"))
                + "\r\n";

        assertThat(Csv.read(csv).stream()
                        .map(line -> line.cells().stream().map(Csv::unguarded).collect(Collectors.toList())))
                .isEqualTo(table);
    }

    private static String exported(String cell, char separator) {
        String safe = cell.matches("(?s)'*[=+\\-@\t\r].*") ? "'" + cell : cell;
        boolean quoted = safe.chars().anyMatch(c -> c == '"' || c == separator || c == '\r' || c == '\n');
        return quoted ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
    }

    /** The header has as many separators as the rows, which is how they are recognized. */
    @Provide
    Arbitrary<List<List<String>>> tables() {
        Arbitrary<String> cell = Arbitraries.strings()
                .withChars("ab1,;\t\"'=+-@ \n\u00E9")
                .ofMaxLength(8)
                .filter(text -> !text.isBlank());
        return cell.list().ofSize(3).list().ofMaxSize(5).map(rows -> {
            List<List<String>> table = new ArrayList<>(rows);
            table.add(0, List.of("title", "author", "price"));
            return table;
        });
    }

    @Provide
    Arbitrary<Character> separators() {
        return Arbitraries.of(',', ';', '\t');
    }
}
