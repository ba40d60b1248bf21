package com.books.bookstore.runtime;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The embedded runtime")
@AnalyzeClasses(packages = "com.books.bookstore.runtime", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    /** Package names stand for themselves: {@code com.books.bookstore.runtime} is where this code happens to live. */
    private static final Pattern NAME_OF_THE_BOOKSTORE =
            Pattern.compile("(?<!com\\.books\\.)bookstore|books\\.com", Pattern.CASE_INSENSITIVE);

    private static final Pattern STRING = Pattern.compile("\"(?:[^\"\\\\\\n]|\\\\.)*\"");

    /** Of this repository it may use what runs any CAR, and nothing of the bookstore. */
    @ArchTest
    static final ArchRule DEPENDS_ON_NOTHING_OF_THE_BOOKSTORE = classes()
            .should()
            .onlyDependOnClassesThat(JavaClass.Predicates.resideOutsideOfPackage("com.books..")
                    .or(JavaClass.Predicates.resideInAnyPackage(
                            "com.books.bookstore.runtime..",
                            "com.books.bookstore.embedded..",
                            "com.books.bookstore.mi..")));

    @ArchTest
    static final ArchRule HAS_NO_CYCLES_BETWEEN_PACKAGES =
            slices().matching("com.books.bookstore.(**)").should().beFreeOfCycles();

    @Test
    @DisplayName("does not name the bookstore in its strings and resources")
    void namesNoBookstore() throws IOException {
        List<String> found = new ArrayList<>();
        for (Path file : sources()) {
            String text = Files.readString(file);
            if (file.toString().endsWith(".java")) {
                STRING.matcher(text)
                        .results()
                        .filter(string ->
                                NAME_OF_THE_BOOKSTORE.matcher(string.group()).find())
                        .forEach(string -> found.add(file + ": " + string.group()));
            } else if (NAME_OF_THE_BOOKSTORE.matcher(text).find()) {
                found.add(file.toString());
            }
        }

        assertThat(found).isEmpty();
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src", "main"))) {
            List<Path> sources = files.filter(Files::isRegularFile).toList();
            assertThat(sources).hasSizeGreaterThan(40);
            return sources;
        }
    }
}
