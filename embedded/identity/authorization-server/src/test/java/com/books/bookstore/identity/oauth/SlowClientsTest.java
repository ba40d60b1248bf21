package com.books.bookstore.identity.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Clients that send a byte now and then do not stop others, and do not stay. Some at a time, since each waits for the deadline. */
@Tag("slow")
@Tag("attack")
@Execution(ExecutionMode.CONCURRENT)
class SlowClientsTest {

    private static final int CLIENTS = 70;
    private static final Duration DEADLINE = Duration.ofSeconds(2);

    private static AuthorizationServer server;

    private final List<Socket> slow = new ArrayList<>();

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        server = AuthorizationServer.start(
                RunningServer.settings(directory).requestDeadline(DEADLINE).build());
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

    static Stream<Arguments> beginnings() {
        String body = "Host: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n";
        return Stream.of(
                Arguments.of("half a request line, plain", false, "GET /log"),
                Arguments.of("half a header, plain", false, "GET /login HTTP/1.1\r\nHost: loc"),
                Arguments.of(
                        "a body that never ends, plain",
                        false,
                        "POST /oauth2/token HTTP/1.1\r\n" + body + "Content-Length: 5000\r\n\r\ngrant"),
                Arguments.of(
                        "a sign-in that never ends, plain",
                        false,
                        "POST /login HTTP/1.1\r\n" + body + "Content-Length: 5000\r\n\r\nusername=c"),
                Arguments.of(
                        "chunks that never end, plain",
                        false,
                        "POST /oauth2/token HTTP/1.1\r\n" + body + "Transfer-Encoding: chunked\r\n\r\n5\r\ngr"),
                Arguments.of("half a request line, https", true, "GET /log"),
                Arguments.of(
                        "a body that never ends, https",
                        true,
                        "POST /oauth2/token HTTP/1.1\r\n" + body + "Content-Length: 5000\r\n\r\ngrant"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("beginnings")
    @Timeout(60)
    void they_do_not_stop_others_and_do_not_stay(String label, boolean https, String beginning) throws Exception {
        for (int i = 0; i < CLIENTS; i++) {
            Socket socket = connect(https);
            socket.getOutputStream().write(beginning.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
            slow.add(socket);
        }

        assertThat(Visitor.of(server).tokens("customer", "openid").has("access_token"))
                .isTrue();
        assertThat(Visitor.inTheClear(server).authorize(Map.of()).statusCode()).isEqualTo(302);
        for (Socket socket : slow) {
            assertThat(endsWhileSending(socket)).isTrue();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("handshakes")
    @Timeout(60)
    void a_tls_handshake_that_never_ends_does_not_stay(String label, byte[] beginning) throws Exception {
        for (int i = 0; i < CLIENTS; i++) {
            Socket socket = new Socket("127.0.0.1", server.httpsAddress().getPort());
            socket.getOutputStream().write(beginning);
            slow.add(socket);
        }

        assertThat(Visitor.of(server).get("/login").statusCode()).isEqualTo(200);
        for (Socket socket : slow) {
            assertThat(endsWhileSending(socket)).isTrue();
        }
    }

    static Stream<Arguments> handshakes() {
        return Stream.of(
                Arguments.of("nothing is sent", new byte[0]),
                Arguments.of("half a client hello", new byte[] {22, 3, 1, 1, 0, 1, 0}));
    }

    private Socket connect(boolean https) throws IOException {
        URI address = https ? server.httpsAddress() : server.httpAddress().orElseThrow();
        return https
                ? server.clientSslContext().getSocketFactory().createSocket("localhost", address.getPort())
                : new Socket("127.0.0.1", address.getPort());
    }

    /** Goes on with a byte every tenth of a second until the server closes the connection or answers with an error. */
    private static boolean endsWhileSending(Socket socket) throws IOException {
        socket.setSoTimeout(100);
        InputStream answers = socket.getInputStream();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (System.nanoTime() < end) {
            try {
                if (answers.read() < 0) {
                    return true;
                }
            } catch (SocketTimeoutException e) {
                try {
                    socket.getOutputStream().write('x');
                    socket.getOutputStream().flush();
                } catch (IOException closed) {
                    return true;
                }
            } catch (IOException closed) {
                return true;
            }
        }
        return false;
    }
}
