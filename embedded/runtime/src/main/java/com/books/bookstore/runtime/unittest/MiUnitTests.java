package com.books.bookstore.runtime.unittest;

import com.books.bookstore.runtime.EmbeddedRuntime;
import com.books.bookstore.runtime.artifact.DeploymentException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;

/**
 * The unit test suites of an MI project ({@code src/test/wso2mi}) as JUnit tests, each case one test:
 *
 * <pre>{@code
 * @TestFactory
 * Stream<DynamicNode> suites() {
 *     return MiUnitTests.of(Path.of(".")).tests();
 * }
 * }</pre>
 *
 * <p>Each suite gets a runtime with just its own artifacts; as on Micro Integrator, what an artifact refers to need not be there until a case
 * needs it. Mock services listen on free ports, whatever port they name, and named endpoints are sent to them.
 *
 * <p>Not thread-safe.
 */
public final class MiUnitTests {

    private final Path project;
    private final List<Path> mediators;
    private final Map<String, String> propertiesOfMocks = new LinkedHashMap<>();
    private Consumer<EmbeddedRuntime.Builder> configuration = builder -> {};

    private MiUnitTests(Path project, List<Path> mediators) {
        this.project = project;
        this.mediators = mediators;
    }

    /**
     * @param project   the project's folder
     * @param mediators jars and folders with the classes of mediators that are not in the project's {@code target/classes}
     */
    public static MiUnitTests of(Path project, Path... mediators) {
        return new MiUnitTests(project, List.of(mediators));
    }

    /** As {@link EmbeddedRuntime.Builder#systemProperty}, for every suite. */
    public MiUnitTests systemProperty(String name, String value) {
        configuration = configuration.andThen(builder -> builder.systemProperty(name, value));
        return this;
    }

    /**
     * Sets a system property to the address of a mock service, in the suites that have the service: for mediators that call servers themselves.
     *
     * @param service the service's name and the path of the address, such as {@code Warehouse/v1/stock}
     */
    public MiUnitTests addressOf(String service, String systemProperty) {
        propertiesOfMocks.put(systemProperty, service);
        return this;
    }

    /** One container for each suite, in the order of their names. The stream is to be closed, as JUnit does. */
    public Stream<DynamicNode> tests() {
        return suites().stream().map(this::container);
    }

    private DynamicNode container(Path file) {
        TestSuite suite = TestSuite.read(project, file);
        SuiteRun run = new SuiteRun(project, suite, mediators, configuration, propertiesOfMocks);
        return DynamicContainer.dynamicContainer(
                suite.name(),
                file.toUri(),
                suite.cases().stream()
                        .map(testCase -> DynamicTest.dynamicTest(testCase.name(), () -> run.run(testCase)))
                        .onClose(run::close));
    }

    private List<Path> suites() {
        Path folder = project.resolve("src/test/wso2mi");
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> suites = files.filter(Files::isRegularFile)
                    .filter(TestSuite::isSuite)
                    .sorted()
                    .toList();
            if (suites.isEmpty()) {
                throw new DeploymentException("There is no unit test suite in " + folder);
            }
            return suites;
        } catch (IOException e) {
            throw new DeploymentException("The folder " + folder + " cannot be read", e);
        }
    }
}
