package com.books.bookstore.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The version stands in the root POM and nowhere else. */
class VersionTest {

    private static final String VERSION = Repository.value(
            Repository.children(Repository.xml(Path.of("pom.xml")), "properties")
                    .get(0),
            "revision");

    /** The names of our files and images, followed by a version. */
    private static final Pattern COPY = Pattern.compile(
            "(?:bookstore(?:-[a-z]+)*[-_:@]|books\\.com )v?" + Pattern.quote(VERSION) + "(?![0-9.]*[0-9])");

    @Test
    void noFileNamesTheVersionOfAnArtifact() {
        Stream<String> copies = Repository.files().stream()
                // The changelog is the history of versions.
                .filter(file -> !file.endsWith("CHANGELOG.md"))
                .flatMap(file -> Repository.text(file)
                        .lines()
                        .filter(line -> COPY.matcher(line).find())
                        .map(line -> file + ": " + line.strip()));
        assertThat(copies)
                .as("take it from build-tools/version or ${project.version}")
                .isEmpty();
    }

    @Test
    void everyPomTakesTheVersionFromTheProperty() {
        for (Path pom : Repository.poms()) {
            for (String owner : List.of("", "parent")) {
                var project = Repository.xml(pom);
                var element = owner.isEmpty()
                        ? project
                        : Repository.children(project, owner).stream()
                                .findFirst()
                                .orElse(null);
                if (element != null && Repository.value(element, "groupId").equals("com.books.bookstore")) {
                    assertThat(Repository.value(element, "version"))
                            .as(pom.toString())
                            .isEqualTo("${revision}");
                }
            }
        }
    }

    @Test
    void packagesOfNodeHaveNoVersionOfTheirOwn() {
        assertThat(Repository.files().stream().filter(file -> file.endsWith("package.json")))
                .isNotEmpty()
                .allSatisfy(file -> assertThat(Repository.text(file)).doesNotContainPattern("(?m)^  \"version\""));
    }

    @Test
    void theScriptsReadTheSameVersion() throws Exception {
        Process process =
                new ProcessBuilder(Repository.ROOT.resolve("bookstore").toString(), "--version").start();
        assertThat(new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8).strip())
                .isEqualTo("books.com " + VERSION);
        assertThat(process.waitFor()).isZero();
    }
}
