package com.books.bookstore.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The folders with artifacts are projects that MI for VS Code opens. It reads some files as text, so the text counts. */
class MiProjectsTest {

    private static final String RUNTIME_VERSION = Repository.value(
            Repository.children(Repository.xml(Path.of("pom.xml")), "properties")
                    .get(0),
            "wso2.mi.runtime.version");

    static Stream<String> projects() {
        return Repository.poms().stream()
                .filter(pom -> Repository.text(pom).contains("<projectType>integration-project</projectType>"))
                .map(pom -> String.valueOf(pom.getParent()))
                // The parent of the modules that pack the CARs.
                .filter(folder -> !folder.equals("carbon-apps"));
    }

    @Test
    void theProjectsAreTheFlowsAndTheSamples() {
        assertThat(projects())
                .containsExactlyInAnyOrder("sequences", "data-services", "samples/connectors", "samples/price-order");
    }

    @ParameterizedTest
    @MethodSource("projects")
    void theEditorRecognizesTheProject(String folder) {
        String pom = Repository.text(Path.of(folder, "pom.xml"));

        assertThat(pom)
                .contains("<projectType>integration-project</projectType>")
                .contains("<project.runtime.version>" + RUNTIME_VERSION + "</project.runtime.version>")
                .contains("<artifactId>vscode-car-plugin</artifactId>");
        assertThat(Repository.text(Path.of("pom.xml"))).doesNotContain("<module>" + folder + "</module>");
    }

    @ParameterizedTest
    @MethodSource("projects")
    void theFoldersAreThoseOfTheGenerator(String folder) {
        Path project = Repository.ROOT.resolve(folder);

        assertThat(List.of(
                        "src/main/wso2mi/artifacts",
                        "src/main/wso2mi/resources/connectors",
                        "src/main/wso2mi/resources/metadata",
                        "src/main/java",
                        "deployment/docker",
                        "deployment/libs"))
                .allSatisfy(each -> assertThat(project.resolve(each)).isDirectory());
        assertThat(project.resolve(".env")).isRegularFile();
    }

    /** It is only in WSO2's repository, and needs an MI. */
    @ParameterizedTest
    @MethodSource("projects")
    void thePluginForUnitTestsRunsInAProfileOnly(String folder) {
        String pom = Repository.text(Path.of(folder, "pom.xml"));
        int profiles = pom.contains("<profiles>") ? pom.indexOf("<profiles>") : pom.length();

        assertThat(pom.substring(0, profiles)).doesNotContain("synapse-unit-test");
        if (Files.isDirectory(Repository.ROOT.resolve(folder).resolve("src/test/wso2mi"))) {
            assertThat(pom).contains("<artifactId>synapse-unit-test-maven-plugin</artifactId>");
        }
    }
}
