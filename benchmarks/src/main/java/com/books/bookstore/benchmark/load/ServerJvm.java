package com.books.bookstore.benchmark.load;

import com.books.bookstore.database.BookstoreDatabase;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One of the measured servers, in a JVM of its own. */
final class ServerJvm implements AutoCloseable {

    /** Those of the launcher script. */
    static final String OPTIONS = "-Xmx512m -XX:+UseParallelGC";

    private static final int STOP_LIMIT_SECONDS = 20;
    /** Only the script mediator that is measured in memory needs these, and some register themselves with the engine. */
    private static final List<String> NOT_PART_OF_THE_RUNTIME =
            List.of("synapse-extensions-", "bsf-all-", "rhino-", "xmlbeans-", "nashorn-core-");

    private final Process process;
    private final URI address;

    private ServerJvm(Process process, URI address) {
        this.process = process;
        this.address = address;
    }

    /** Starts a server and waits until it listens. */
    static ServerJvm start(
            MeasuredSystem system,
            Path project,
            BookstoreDatabase database,
            TokenIssuer issuer,
            List<String> jvmOptions)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(OPTIONS.split(" ")));
        command.addAll(jvmOptions);
        command.add("-D" + ServerMain.PROJECT + "=" + project);
        command.add("-D" + ServerMain.JWKS + "=" + issuer.jwksUri());
        command.add("-D" + ServerMain.ISSUER + "=" + TokenIssuer.ISSUER);
        command.add("-D" + ServerMain.AUDIENCE + "=" + TokenIssuer.AUDIENCE);
        command.addAll(system.program(project));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment()
                .putAll(Map.of(
                        ServerMain.DB_URL,
                        database.jdbcUrl(),
                        ServerMain.DB_USER,
                        database.user(),
                        ServerMain.DB_PASSWORD,
                        database.password()));
        Process process = builder.start();
        try {
            return new ServerJvm(process, awaitAddress(process));
        } catch (IOException | RuntimeException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    /** This JVM's, without what only measurements in memory need. */
    static String classPath() {
        return Stream.of(System.getProperty("java.class.path").split(java.io.File.pathSeparator))
                .filter(entry -> NOT_PART_OF_THE_RUNTIME.stream()
                        .noneMatch(Path.of(entry).getFileName().toString()::startsWith))
                .collect(Collectors.joining(java.io.File.pathSeparator));
    }

    private static URI awaitAddress(Process process) throws IOException {
        BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith(ServerMain.READY)) {
                Thread rest = new Thread(() -> forward(output), "server-output");
                rest.setDaemon(true);
                rest.start();
                return URI.create(line.substring(ServerMain.READY.length()));
            }
            System.err.println(line);
        }
        throw new IllegalStateException("The server did not start");
    }

    /** What a server says while it runs (warnings) belongs beside the figures, not into them. */
    private static void forward(BufferedReader output) {
        try {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                System.err.println(line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI address() {
        return address;
    }

    ProcessHandle process() {
        return process.toHandle();
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        try {
            if (!process.waitFor(STOP_LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
