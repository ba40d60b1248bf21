package com.books.bookstore.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The release script, as far as it goes without building everything again. */
class ReleaseTest {

    private static final String SCRIPT = Repository.text("build-tools/release");

    @Test
    void refusesToOverwriteARelease(@TempDir Path there) throws Exception {
        Process process = new ProcessBuilder(
                        Repository.ROOT.resolve("build-tools/release").toString(),
                        "--preview",
                        "--out",
                        there.toString())
                .redirectErrorStream(true)
                .start();
        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains("is there already");
        assertThat(process.waitFor()).isEqualTo(1);
        assertThat(there).isEmptyDirectory();
    }

    /** Sources and Javadoc, the list of parts and the artifacts come from the same modules. */
    @Test
    void everyModuleThatShipsIsReleasedOrSaysThatItIsNot() {
        Set<String> released = new TreeSet<>();
        Pattern.compile("(?m)^modules=(?:\\$modules,)?(.*)$")
                .matcher(SCRIPT)
                .results()
                .forEach(list -> released.addAll(List.of(list.group(1).split(","))));
        for (Path pom : Repository.poms()) {
            String module = pom.getParent() == null ? "" : pom.getParent().toString();
            var project = Repository.xml(pom);
            // Stand-ins have it from their parent unless they say otherwise.
            String inherited = String.valueOf(module.startsWith("embedded/"));
            boolean skipped = Repository.children(project, "properties").stream()
                    .map(properties -> Repository.value(properties, "maven.deploy.skip"))
                    .filter(value -> !value.isEmpty())
                    .findFirst()
                    .orElse(inherited)
                    .equals("true");
            boolean parent = !Repository.children(project, "modules").isEmpty();
            if (!parent && !skipped) {
                assertThat(released).as("released, or maven.deploy.skip").contains(module);
            }
        }
        assertThat(released)
                .allSatisfy(module -> assertThat(Repository.ROOT.resolve(module).resolve("pom.xml"))
                        .exists());
    }

    /** A project that takes the mediators, a connector or the runtime from the folder finds what these need there, too. */
    @Test
    void theMavenRepositoryOfAReleaseIsComplete() {
        Matcher list = Pattern.compile("# A Maven repository[^\\n]*\\nfor module in ([^;]*); do")
                .matcher(SCRIPT);
        assertThat(list.find()).isTrue();
        List<String> folders = List.of(list.group(1).split(" "));
        List<Module> published = Module.all().stream()
                .filter(module -> folders.contains(module.folder()))
                .toList();
        assertThat(published).hasSameSizeAs(folders);
        List<String> artifacts = published.stream().map(Module::name).toList();

        assertThat(artifacts)
                .contains(
                        "bookstore-mediators",
                        "bookstore-connector",
                        "bookstore-registration-connector",
                        "bookstore-rules-connector",
                        "bookstore-embedded-runtime");
        for (Module module : published) {
            assertThat(artifacts)
                    .as(module.name())
                    .containsAll(module.arrows().stream()
                            .filter(arrow -> arrow.scope().equals("compile"))
                            .map(Module.Arrow::to)
                            .toList());
        }
    }

    @Test
    void theChangelogHasNotesForTheNextRelease() {
        assertThat(Repository.text("CHANGELOG.md")).containsPattern("(?m)^## \\[Unreleased]\\n\\n### ");
    }
}
