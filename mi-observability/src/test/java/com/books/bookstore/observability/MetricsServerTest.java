package com.books.bookstore.observability;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
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
    private BusinessMetrics business;

    @BeforeEach
    void start() throws IOException {
        server = new MetricsServer("127.0.0.1", 0, () -> "up 1", () -> business);
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

    /** Names that an attacker can point to this machine. */
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

    @Test
    void withoutTheFiguresTheirAddressIsNotThere() throws IOException {
        assertThat(request("GET", "/metrics/business", "localhost", "")).startsWith("HTTP/1.1 404");
    }

    /** The API decides who may see them. */
    @Test
    void theFiguresAreThoseOfTheApiForTheCallersToken() throws IOException {
        try (HttpApi api = new HttpApi()) {
            business = new BusinessMetrics(api.address());
            assertThat(request("GET", "/metrics/business", "localhost", "Authorization: Bearer t\r\n"))
                    .startsWith("HTTP/1.1 200")
                    .containsIgnoringCase("content-type: text/plain; of=api")
                    .endsWith("orders 7");
            assertThat(request("HEAD", "/metrics/business", "localhost", "Authorization: Bearer t\r\n"))
                    .startsWith("HTTP/1.1 200")
                    .containsIgnoringCase("content-length: 8")
                    .endsWith("\r\n\r\n");
            for (String header : new String[] {"", "Authorization: Bearer x\r\n"}) {
                assertThat(request("GET", "/metrics/business", "localhost", header))
                        .startsWith("HTTP/1.1 401")
                        .doesNotContain("orders");
            }
            assertThat(request("POST", "/metrics/business", "localhost", "")).startsWith("HTTP/1.1 405");
            assertThat(request("GET", "/metrics/business", "evil.example", "Authorization: Bearer t\r\n"))
                    .startsWith("HTTP/1.1 400");
        }
        assertThat(request("GET", "/metrics/business", "localhost", "Authorization: Bearer t\r\n"))
                .startsWith("HTTP/1.1 503");
        assertThat(get("localhost")).endsWith("up 1");
    }

    /** Has figures for the bearer of "t". */
    private static final class HttpApi implements AutoCloseable {

        private final HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);

        HttpApi() throws IOException {
            server.createContext("/metrics/business", exchange -> {
                boolean known = "Bearer t".equals(exchange.getRequestHeaders().getFirst("Authorization"));
                exchange.getResponseHeaders().set("Content-Type", "text/plain; of=api");
                exchange.sendResponseHeaders(known ? 200 : 401, known ? 8 : -1);
                if (known) {
                    exchange.getResponseBody().write("orders 7".getBytes(StandardCharsets.US_ASCII));
                }
                exchange.close();
            });
            server.start();
        }

        URI address() {
            return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/metrics/business");
        }

        @Override
        public void close() {
            server.stop(0);
        }
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
        return request(method, "/metrics", host, "");
    }

    private String request(String method, String path, String host, String header) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", server.port())) {
            socket.getOutputStream()
                    .write((method + " " + path + " HTTP/1.1\r\nHost: " + host + "\r\n" + header
                                    + "Connection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
