package com.books.bookstore.launcher;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/**
 * {@code bookstore up} in a process of its own, on free ports.
 *
 * @param output the lines that it has printed so far, its log and access log among them
 */
record RunningBookstore(Process process, Path dataDirectory, Queue<String> output) {

    /** What Prometheus would have. */
    static final String METRICS_TOKEN = "story-metrics-token";

    private static final String LAST_LINE = "Ctrl-C stops it.";

    static RunningBookstore start(Path dataDirectory, String... options) throws IOException {
        return start(dataDirectory, Map.of(), options);
    }

    /** @param settings those that differ from their defaults */
    static RunningBookstore start(Path dataDirectory, Map<String, String> settings, String... options)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-Dbookstore.home=" + System.getProperty("bookstore.project"),
                "-DBOOKSTORE_METRICS_TOKEN=" + METRICS_TOKEN,
                // All of a class's tests register from one address.
                "-DBOOKSTORE_REGISTRATION_LIMIT_PER_ADDRESS=10000/60",
                "-DBOOKSTORE_REGISTRATION_LIMIT_IN_ALL=10000/60"));
        settings.forEach((name, value) -> command.add("-D" + name + "=" + value));
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                BookstoreCommand.class.getName(),
                "up",
                "--site-port",
                "0",
                "--port",
                "0",
                "--identity-port",
                "0",
                "--scim-port",
                "0",
                "--sign-in-port",
                "0",
                "--metrics-port",
                "0",
                "--smtp-port",
                "0",
                "--mailbox-port",
                "0",
                "--data-dir",
                dataDirectory.toString()));
        command.addAll(List.of(options));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        Queue<String> printed = new ConcurrentLinkedQueue<>();
        BufferedReader output = process.inputReader();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            printed.add(line);
            if (line.equals(LAST_LINE)) {
                keepReading(output, printed);
                return new RunningBookstore(process, dataDirectory, printed);
            }
        }
        throw new IllegalStateException("The bookstore did not start:\n" + String.join("\n", printed));
    }

    /** So that the process never waits for somebody to read what it prints. */
    private static void keepReading(BufferedReader output, Queue<String> printed) {
        Thread reader = new Thread(
                () -> {
                    try {
                        output.lines().forEach(line -> {
                            System.out.println(line);
                            printed.add(line);
                        });
                    } catch (UncheckedIOException e) {
                        // The process has ended, and its output with it.
                    }
                },
                "bookstore-output");
        reader.setDaemon(true);
        reader.start();
    }

    void stop() throws InterruptedException {
        // Not the process's own method, which closes its output: the last lines would be lost.
        process.toHandle().destroy();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException("The bookstore did not stop within a minute");
        }
    }
}
