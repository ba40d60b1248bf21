package com.books.bookstore.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The folders with artifacts are projects that MI for VS Code opens, by the rules in the source of its version 4.1.1: {@code stateMachine.ts} looks for the type
 * of the project in the text of its own {@code pom.xml}, {@code onboardingUtils.ts} reads the runtime version there as it is and adds files that are missing,
 * {@code rpc-manager.ts} makes the folders of a new project, {@code runner.ts} runs unit tests.
 */
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
        // With the property in the folder or above it, the editor takes the folders in there for the projects.
        assertThat(pom).doesNotContain("is.consolidated.project");
        assertThat(Repository.text(Path.of("pom.xml"))).doesNotContain("is.consolidated.project");
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
                        "src/main/wso2mi/resources/api-definitions",
                        "src/test/wso2mi",
                        "src/main/java",
                        "deployment/docker",
                        "deployment/libs"))
                .allSatisfy(each -> assertThat(project.resolve(each)).isDirectory());
        assertThat(project.resolve(".env")).isRegularFile();
        // The editor adds an empty one where there is none, and WSO2's plugin packs it: the CAR would depend on who
        // builds it.
        assertThat(project.resolve("src/main/wso2mi/resources/conf/config.properties"))
                .isEmptyFile();
    }

    @Test
    void whatTheEditorPutsIntoAProjectIsNotCommitted() {
        assertThat(Repository.text(Path.of(".gitignore")).lines())
                .contains("mvnw", "mvnw.cmd", ".mvn/wrapper/", ".wso2mi/", "target/");
    }

    /** It is only in WSO2's repository, and needs an MI. */
    @ParameterizedTest
    @MethodSource("projects")
    void thePluginForUnitTestsRunsInAProfileOnly(String folder) {
        String pom = Repository.text(Path.of(folder, "pom.xml"));
        int profiles = pom.contains("<profiles>") ? pom.indexOf("<profiles>") : pom.length();

        assertThat(pom.substring(0, profiles)).doesNotContain("synapse-unit-test");
        assertThat(pom.substring(profiles))
                .contains("<id>test</id>")
                .contains("<artifactId>synapse-unit-test-maven-plugin</artifactId>")
                .contains("/src/test/wso2mi/${testFile}</testCasesFilePath>");
        // What the editor gives on the command line.
        for (String property : List.of("testServerType", "testServerHost", "testServerPort")) {
            assertThat(pom.substring(profiles)).contains("<" + property + ">${" + property + "}</" + property + ">");
        }
    }
}
