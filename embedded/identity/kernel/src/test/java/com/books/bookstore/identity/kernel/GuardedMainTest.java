package com.books.bookstore.identity.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class GuardedMainTest {

    /** A program that never ends by itself. */
    public static final class Endless {

        private Endless() {}

        public static void main(String[] arguments) throws InterruptedException {
            System.out.println("runs with " + String.join(" ", arguments));
            new CountDownLatch(1).await();
        }
    }

    @Test
    void endsWithTheProcessThatStartedIt() throws IOException, InterruptedException {
        Process program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        GuardedMain.class.getName(),
                        Endless.class.getName(),
                        "one",
                        "two")
                .start();
        try (BufferedReader output = program.inputReader()) {
            assertThat(output.readLine()).isEqualTo("runs with one two");
            assertThat(program.isAlive()).isTrue();

            // What the operating system does when the parent is gone.
            program.getOutputStream().close();

            assertThat(program.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            program.destroyForcibly();
        }
    }
}
