package com.books.bookstore.observability;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetricsServerTest {

    private final List<Socket> slow = new ArrayList<>();
    private MetricsServer server;

    @BeforeEach
    void start() throws IOException {
        server = new MetricsServer("127.0.0.1", 0, () -> "up 1");
    }

    @AfterEach
    void stop() throws IOException {
        for (Socket socket : slow) {
            socket.close();
        }
        server.close();
    }

    @Test
    @Tag("attack")
    @Timeout(30)
    void aFewSlowClientsDoNotKeepOthersWaiting() throws IOException {
        sendSlowly(40);

        long start = System.nanoTime();
        assertThat(get("localhost:9290")).endsWith("up 1");
        assertThat(System.nanoTime() - start).isLessThan(1_500_000_000L);
    }

    /** With more of them than threads, requests fail only until the first are given up; this module's tests give them two seconds. */
    @Test
    @Tag("attack")
    @Timeout(60)
    void manySlowClientsAreGivenUp() throws IOException {
        sendSlowly(70);

        String answer = "";
        while (!answer.endsWith("up 1")) {
            try {
                answer = get("localhost:9290");
            } catch (SocketException e) {
                answer = "";
            }
        }
        for (Socket socket : slow) {
            assertThat(isClosed(socket)).isTrue();
        }
    }

    private static boolean isClosed(Socket socket) throws IOException {
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketException reset) {
            return true;
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "127.0.0.1:9290",
                "[::1]:9290",
                "10.0.3.7:9290",
                "micro-integrator:9290",
                "mi.books.svc:9290",
                "mi.books.svc.cluster.local"
            })
    void hostsOfTheNetworkAreTaken(String host) throws IOException {
        assertThat(get(host)).startsWith("HTTP/1.1 200").containsIgnoringCase("x-content-type-options: nosniff");
    }

    /** Names that anybody can have point to this machine. */
    @ParameterizedTest
    @ValueSource(strings = {"evil.example:9290", "rebind.attacker.com", "127.0.0.1.evil.example", "", "a b"})
    void otherHostsAreRefused(String host) throws IOException {
        assertThat(get(host)).startsWith("HTTP/1.1 400").doesNotContain("up 1");
    }

    @Test
    void headIsGetWithoutABody() throws IOException {
        assertThat(request("HEAD", "localhost"))
                .startsWith("HTTP/1.1 200")
                .containsIgnoringCase("content-type: text/plain")
                .containsIgnoringCase("content-length: 4")
                .endsWith("\r\n\r\n");
    }

    @Test
    void otherMethodsAreRefused() throws IOException {
        assertThat(request("DELETE", "localhost")).startsWith("HTTP/1.1 405").containsIgnoringCase("allow: GET, HEAD");
    }

    /** Half a request line each, which never ends. */
    private void sendSlowly(int clients) throws IOException {
        for (int i = 0; i < clients; i++) {
            Socket socket = new Socket("127.0.0.1", server.port());
            slow.add(socket);
            socket.getOutputStream().write("GET /met".getBytes(StandardCharsets.US_ASCII));
        }
    }

    private String get(String host) throws IOException {
        return request("GET", host);
    }

    private String request(String method, String host) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", server.port())) {
            socket.getOutputStream()
                    .write((method + " /metrics HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
