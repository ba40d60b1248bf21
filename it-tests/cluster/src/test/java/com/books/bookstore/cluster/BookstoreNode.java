package com.books.bookstore.cluster;

import static org.awaitility.Awaitility.await;

import com.books.bookstore.embedded.FreePort;
import com.books.bookstore.it.support.NodeProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** An embedded runtime with the CARs in a process of its own, always at the same address. Not thread-safe. */
final class BookstoreNode implements AutoCloseable {

    private final HttpClient http = HttpClient.newHttpClient();
    private final int port = FreePort.next();
    private final Map<String, String> settings;
    private final List<Path> cars;
    private final Path log;
    private Process process;

    BookstoreNode(Map<String, String> settings, List<Path> cars, Path log) {
        this.settings = settings;
        this.cars = cars;
        this.log = log;
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** Starts it and waits until it says that it is ready. */
    void start() throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx384m",
                "-cp",
                System.getProperty("java.class.path"),
                "-D" + NodeProcess.PORT + "=" + port));
        settings.forEach((name, value) -> command.add("-D" + name + "=" + value));
        command.add(NodeProcess.class.getName());
        cars.forEach(car -> command.add(car.toString()));
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        await(log + " says why it does not start")
                .atMost(GaleraCluster.PATIENCE)
                .until(this::isReady);
    }

    private boolean isReady() throws InterruptedException {
        if (!process.isAlive()) {
            throw new IllegalStateException("The node has ended: see " + log);
        }
        try {
            return http.send(
                                    HttpRequest.newBuilder(address().resolve("/health/ready"))
                                            .build(),
                                    HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        }
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        if (process != null) {
            process.destroyForcibly().onExit().join();
        }
    }
}
