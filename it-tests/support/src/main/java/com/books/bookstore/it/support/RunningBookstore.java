package com.books.bookstore.it.support;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * {@code ./bookstore up} in a process of its own, on free ports, as it was just built. Its addresses are those that it leaves in its data
 * directory for the other commands. Not thread-safe.
 */
public final class RunningBookstore {

    /** What Prometheus would have. */
    public static final String METRICS_TOKEN = "story-metrics-token";

    /** Of the users customer, staff and admin. */
    public static final String DEMO_PASSWORD = "Bookstore-1";

    private static final String LAST_LINE = "Ctrl-C stops it.";
    private static final long STOP_SECONDS = 60;
    private static final List<String> PORTS = List.of(
            "--site-port",
            "--port",
            "--identity-port",
            "--scim-port",
            "--sign-in-port",
            "--metrics-port",
            "--smtp-port",
            "--mailbox-port");

    private final Path dataDirectory;
    private final Map<String, String> settings;
    private final List<String> options;
    private final Queue<String> output = new ConcurrentLinkedQueue<>();
    private Process process;

    private RunningBookstore(Path dataDirectory, Map<String, String> settings, List<String> options) {
        this.dataDirectory = dataDirectory;
        this.settings = settings;
        this.options = options;
    }

    /** @param options of {@code ./bookstore up} */
    public static RunningBookstore start(Path dataDirectory, String... options) throws IOException {
        return start(dataDirectory, Map.of(), options);
    }

    /**
     * @param settings those that differ from their defaults; names without BOOKSTORE_ are system properties
     * @param options  of {@code ./bookstore up}
     * @throws IllegalStateException if it does not start, with what it printed
     */
    public static RunningBookstore start(Path dataDirectory, Map<String, String> settings, String... options)
            throws IOException {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("BOOKSTORE_METRICS_TOKEN", METRICS_TOKEN);
        // All of a class's tests register from one address.
        all.put("BOOKSTORE_REGISTRATION_LIMIT_PER_ADDRESS", "10000/60");
        all.put("BOOKSTORE_REGISTRATION_LIMIT_IN_ALL", "10000/60");
        // Tests sign in often; with the default each password costs a second.
        all.put("BOOKSTORE_PASSWORD_ITERATIONS", "1000");
        // Tests wait for figures that are cached for so long.
        all.put("BOOKSTORE_HEALTH_CACHE_SECONDS", "1");
        all.putAll(settings);
        RunningBookstore bookstore = new RunningBookstore(dataDirectory.toAbsolutePath(), all, List.of(options));
        bookstore.start();
        return bookstore;
    }

    private void start() throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                // It lives for minutes, of which it should spend none on compiling what runs a few times.
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Dbookstore.home=" + Checkout.DIRECTORY));
        Map<String, String> environment = new HashMap<>();
        settings.forEach((name, value) -> {
            if (name.startsWith("BOOKSTORE_")) {
                environment.put(name, value);
            } else {
                command.add("-D" + name + "=" + value);
            }
        });
        command.addAll(List.of("-cp", classPath(), "com.books.bookstore.launcher.BookstoreCommand", "up"));
        PORTS.forEach(option -> command.addAll(List.of(option, "0")));
        command.addAll(List.of("--data-dir", dataDirectory.toString()));
        command.addAll(options);
        ProcessBuilder up = new ProcessBuilder(command).redirectErrorStream(true);
        up.environment().putAll(environment);
        process = up.start();
        BufferedReader reader = process.inputReader();
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            output.add(line);
            if (line.equals(LAST_LINE)) {
                keepReading(reader);
                return;
            }
        }
        throw new IllegalStateException("The bookstore did not start:\n" + String.join("\n", output));
    }

    /** That of the script {@code bookstore}. */
    private static String classPath() throws IOException {
        Path target = Checkout.DIRECTORY.resolve("embedded/launcher/target");
        try (Stream<Path> files = Files.list(target)) {
            Path jar = files.filter(file ->
                            file.getFileName().toString().matches("bookstore-launcher-[\\d.]+(-SNAPSHOT)?\\.jar"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("Build the launcher first, with 'mvn package'"));
            return jar + ":" + target.resolve("lib") + "/*";
        }
    }

    /** So that the process never waits for a reader of its output. */
    private void keepReading(BufferedReader reader) {
        Thread thread = new Thread(
                () -> {
                    try {
                        reader.lines().forEach(output::add);
                    } catch (UncheckedIOException e) {
                        // The process has ended, and its output with it.
                    }
                },
                "bookstore-output");
        thread.setDaemon(true);
        thread.start();
    }

    /** Where everything is kept. */
    public Path dataDirectory() {
        return dataDirectory;
    }

    /** The lines that it has printed so far, its log and access log among them. */
    public Queue<String> output() {
        return output;
    }

    /** The address of the APIs. */
    public URI api() {
        return address("api");
    }

    /** The issuer of its tokens. */
    public URI identity() {
        return address("identity");
    }

    /** The certificate that clients of {@link #identity()} have to trust, in PEM. */
    public Path caCertificate() {
        return dataDirectory.resolve("identity/tls/ca.pem");
    }

    /** The address of one of its parts, by the name that {@code running.properties} has for it. */
    public URI address(String part) {
        Properties running = new Properties();
        try (Reader in = Files.newBufferedReader(dataDirectory.resolve("running.properties"), StandardCharsets.UTF_8)) {
            running.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException("The bookstore does not run", e);
        }
        String address = running.getProperty(part);
        if (address == null) {
            throw new IllegalArgumentException("There is no part " + part + " among " + running.stringPropertyNames());
        }
        return URI.create(address);
    }

    /** Stops it as Ctrl-C would, if it runs. */
    public void stop() throws InterruptedException {
        if (!process.isAlive()) {
            return;
        }
        // Not the process's own method, which closes its output: the last lines would be lost.
        process.toHandle().destroy();
        if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException("The bookstore did not stop within a minute");
        }
    }

    /** Ends it and all that it has started at once, as a power failure would. */
    public void kill() throws InterruptedException {
        List<ProcessHandle> parts = process.descendants().toList();
        process.toHandle().destroyForcibly();
        parts.forEach(ProcessHandle::destroyForcibly);
        process.waitFor();
        parts.forEach(part -> part.onExit().join());
    }

    /** Starts it again on the same data, on other ports. It must have been stopped or killed. */
    public void startAgain() throws IOException {
        start();
    }
}
