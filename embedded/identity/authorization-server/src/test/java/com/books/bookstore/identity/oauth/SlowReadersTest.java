package com.books.bookstore.identity.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Clients that send many requests and read no answer. */
@Tag("slow")
@Tag("attack")
@Isolated
class SlowReadersTest {

    private static final int CLIENTS = 100;
    private static final byte[] REQUESTS =
            "GET /login.css HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(100).getBytes(StandardCharsets.US_ASCII);

    @TempDir
    private Path directory;

    private AuthorizationServer server;

    @Test
    @Timeout(60)
    void they_do_not_stop_others_and_do_not_stay() throws Exception {
        List<Socket> clients = new ArrayList<>();
        try (AuthorizationServer started = AuthorizationServer.start(RunningServer.settings(directory)
                .requestDeadline(Duration.ofSeconds(3))
                .build())) {
            server = started;
            // The first visit of all takes longer.
            assertThat(Visitor.of(server).get("/login").statusCode()).isEqualTo(200);
            for (int i = 0; i < CLIENTS; i++) {
                Socket client = connect();
                clients.add(client);
                client.getOutputStream().write(REQUESTS);
                client.getOutputStream().flush();
            }

            long start = System.nanoTime();
            assertThat(Visitor.of(server).get("/login").statusCode()).isEqualTo(200);
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .as("before the deadline of the others")
                    .isLessThan(Duration.ofMillis(2_500));
            while (!clients.isEmpty()) {
                clients.removeIf(SlowReadersTest::hasEnded);
                TimeUnit.MILLISECONDS.sleep(100);
            }
        } finally {
            for (Socket client : clients) {
                client.close();
            }
        }
    }

    private Socket connect() throws IOException {
        Socket client = new Socket();
        client.setReceiveBufferSize(4096);
        client.connect(new InetSocketAddress(
                "127.0.0.1", server.httpAddress().orElseThrow().getPort()));
        return client;
    }

    /** Sends one more byte, unless the server has closed the connection. */
    private static boolean hasEnded(Socket client) {
        try {
            client.getOutputStream().write('x');
            client.getOutputStream().flush();
            return false;
        } catch (IOException closed) {
            return true;
        }
    }
}
