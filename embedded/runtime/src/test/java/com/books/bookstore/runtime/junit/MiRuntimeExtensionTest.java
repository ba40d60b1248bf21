package com.books.bookstore.runtime.junit;

import static com.books.bookstore.runtime.support.CarBuilder.car;
import static org.assertj.core.api.Assertions.assertThat;

import com.books.bookstore.runtime.EmbeddedRuntime;
import com.books.bookstore.runtime.support.HttpApi;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class MiRuntimeExtensionTest {

    private static final Path DIRECTORY = directory();

    @RegisterExtension
    static final MiRuntimeExtension SHARED =
            MiRuntimeExtension.withCar(echo("shared")).systemProperty("bookstore.test.extension", "set");

    @RegisterExtension
    final MiRuntimeExtension own =
            MiRuntimeExtension.withCar(echo("own")).configure(builder -> builder.car(echo("late")));

    private static Path directory() {
        try {
            // The extensions are made before JUnit makes a directory.
            return Files.createDirectories(Path.of("target", "extension-cars"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path echo(String name) {
        return car(name).flow(name + "API", "/" + name, "<respond/>").writeTo(DIRECTORY);
    }

    @Test
    void aStaticExtensionRunsItsCarForTheClass() {
        assertThat(new HttpApi(SHARED.baseUri()).get("/shared").statusCode()).isEqualTo(200);
        assertThat(System.getProperty("bookstore.test.extension")).isEqualTo("set");
    }

    @Test
    void anInstanceExtensionRunsItsCarsForOneTest() {
        assertThat(new HttpApi(own.baseUri()).get("/own").statusCode()).isEqualTo(200);
        assertThat(new HttpApi(own.baseUri()).get("/late").statusCode()).isEqualTo(200);
    }

    static class WithParameter {

        @RegisterExtension
        static final MiRuntimeExtension ONLY = MiRuntimeExtension.withCar(echo("only"));

        @Test
        void aTestMayTakeTheRuntimeAsAParameter(EmbeddedRuntime runtime) {
            assertThat(runtime.apiContexts()).containsExactly("/only");
        }
    }
}
