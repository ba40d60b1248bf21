package com.books.bookstore.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.books.bookstore.runtime.http.HttpFrontEnd;
import com.books.bookstore.runtime.http.HttpOptions;
import com.books.bookstore.runtime.support.HttpApi;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many clients that send byte by byte, or do not read their answers, neither stop others nor stay. */
@Tag("slow")
@Tag("attack")
class SlowClientsTest {

    private static final int THREADS = 8;
    private static final int CLIENTS = 70;
    private static final String HEAD = "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";

    private static final byte[] LARGE = new byte[4 * 1024 * 1024];

    private static HttpFrontEnd server;

    private final List<Socket> slow = new ArrayList<>();

    @BeforeAll
    static void start() {
        server = new HttpFrontEnd(
                new HttpOptions("slow", "127.0.0.1", 0, THREADS, 1_000_000, "").withDeadline(Duration.ofSeconds(1)),
                exchange -> exchange.answer(
                        200, Map.of(), "GET".equals(exchange.method()) ? LARGE : exchange.requestBody()));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @AfterEach
    void disconnect() throws IOException {
        for (Socket socket : slow) {
            socket.close();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /",
                "GET / HTTP/1.1\r\nHost: loc",
                HEAD + "Content-Length: 500\r\n\r\n{",
                HEAD + "Content-Length: 5000000\r\n\r\n{",
                HEAD + "Transfer-Encoding: chunked\r\n\r\n5\r\n{"
            })
    @Timeout(60)
    void slowClientsNeitherStopOthersNorStay(String beginning) throws IOException {
        for (int i = 0; i < CLIENTS; i++) {
            Socket socket = new Socket("127.0.0.1", server.port());
            slow.add(socket);
            socket.getOutputStream().write(beginning.getBytes(StandardCharsets.US_ASCII));
        }

        othersAreAnsweredAtOnce();
        for (Socket socket : slow) {
            assertThat(endsWhileSending(socket)).isTrue();
        }
    }

    @Test
    @Timeout(60)
    void clientsThatDoNotReadNeitherStopOthersNorStay() throws Exception {
        for (int i = 0; i < CLIENTS; i++) {
            Socket socket = new Socket();
            socket.setReceiveBufferSize(4096);
            slow.add(socket);
            socket.connect(new InetSocketAddress("127.0.0.1", server.port()));
            socket.getOutputStream()
                    .write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        }

        othersAreAnsweredAtOnce();
        // A byte that is refused tells that the server has closed the connection.
        while (!slow.isEmpty()) {
            slow.removeIf(socket -> !sends(socket));
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    private static void othersAreAnsweredAtOnce() {
        long start = System.nanoTime();
        assertThat(new HttpApi(server.baseUri()).postJson("/", "{}").body()).isEqualTo("{}");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(1_500));
    }

    /** Goes on with a byte every tenth of a second, whatever the server answers meanwhile. */
    private static boolean endsWhileSending(Socket socket) throws IOException {
        socket.setSoTimeout(100);
        long end = System.nanoTime() + Duration.ofSeconds(15).toNanos();
        while (System.nanoTime() < end) {
            try {
                if (socket.getInputStream().read() < 0) {
                    return true;
                }
            } catch (SocketTimeoutException e) {
                if (!sends(socket)) {
                    return true;
                }
            } catch (IOException reset) {
                return true;
            }
        }
        return false;
    }

    private static boolean sends(Socket socket) {
        try {
            socket.getOutputStream().write(' ');
            return true;
        } catch (IOException closed) {
            return false;
        }
    }
}
