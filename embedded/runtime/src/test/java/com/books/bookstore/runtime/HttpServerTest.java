package com.books.bookstore.runtime;

import static com.books.bookstore.runtime.support.CarBuilder.car;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.books.bookstore.embedded.StartException;
import com.books.bookstore.runtime.support.HttpApi;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the HTTP server does before and after the mediation. */
class HttpServerTest {

    private static EmbeddedRuntime runtime;
    private static HttpApi http;
    private static Path echoCar;

    @BeforeAll
    static void start(@TempDir Path directory) {
        echoCar = car("server").flow("EchoAPI", "/echo", "<respond/>").writeTo(directory);
        runtime = EmbeddedRuntime.builder().car(echoCar).start();
        http = new HttpApi(runtime.baseUri());
    }

    @AfterAll
    static void stop() {
        runtime.close();
    }

    @Test
    void aBodyOfOneMebibyteIsTakenAndALargerOneRefused() {
        String largest = "x".repeat(1024 * 1024);

        assertThat(http.post("/echo", largest, "Content-Type", "text/plain").body())
                .isEqualTo(largest);
        HttpResponse<String> refused = http.post("/echo", largest + "x", "Content-Type", "text/plain");
        assertThat(refused.statusCode()).isEqualTo(413);
        assertThat(refused.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(refused.body()).contains("\"type\":\"about:blank\"", "\"code\":\"payload_too_large\"");
    }

    @Test
    void aLargeBodyOfUnknownLengthIsRefused() throws IOException {
        try (Socket socket = new Socket("localhost", runtime.port())) {
            OutputStream out = socket.getOutputStream();
            out.write("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII));
            byte[] chunk = ("10001\r\n" + "x".repeat(0x10001) + "\r\n").getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i < 16; i++) {
                out.write(chunk);
            }
            out.flush();

            assertThat(firstLine(socket.getInputStream())).isEqualTo("HTTP/1.1 413 Payload Too Large");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /echo HTTP/1.1\r\nNo colon here\r\n\r\n",
                "GET /echo HTTP/1.1\r\n\r\n",
                "nonsense\r\n\r\n",
                "GET /echo HTTP/1.1\r\nHost: x\r\nContent-Length: abc\r\n\r\n",
            })
    void aMalformedRequestIs400(String request) throws IOException {
        String answer = exchange(request);

        assertThat(answer).startsWith("HTTP/1.1 400 ").containsIgnoringCase("\r\nX-Content-Type-Options: nosniff\r\n");
        assertThat(answer).doesNotContainIgnoringCase("jetty").doesNotContain("Exception");
    }

    @Test
    void severalRequestsShareAConnection() throws IOException {
        String request = "GET /echo HTTP/1.1\r\nHost: x\r\n\r\n";
        String answers = exchange(request + request + "GET /echo HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

        assertThat(answers.split("HTTP/1.1 200 OK", -1)).hasSize(4);
    }

    @Test
    void noAnswerNamesTheServer() {
        assertThat(http.get("/echo").headers().firstValue("Server")).isEmpty();
        assertThat(http.get("/nowhere").headers().firstValue("Server")).isEmpty();
    }

    @Test
    void aPortInUseIsOneClearLine() throws IOException {
        try (ServerSocket taken = new ServerSocket(0)) {
            assertThatThrownBy(() -> EmbeddedRuntime.builder()
                            .car(echoCar)
                            .host("0.0.0.0")
                            .httpPort(taken.getLocalPort())
                            .start())
                    .isInstanceOf(StartException.class)
                    .hasMessageContaining("port " + taken.getLocalPort())
                    .hasMessageContaining("in use")
                    .message()
                    .doesNotContain("\n");
        }
    }

    @Test
    void severalRuntimesLiveBesideEachOther(@TempDir Path directory) {
        Path other = car("other").flow("OtherAPI", "/other", "<respond/>").writeTo(directory);
        try (EmbeddedRuntime second = EmbeddedRuntime.builder().car(other).start()) {
            HttpApi secondHttp = new HttpApi(second.baseUri());

            assertThat(secondHttp.get("/other").statusCode()).isEqualTo(200);
            assertThat(secondHttp.get("/echo").statusCode()).isEqualTo(404);
            assertThat(http.get("/other").statusCode()).isEqualTo(404);
        }
        assertThat(http.get("/echo").statusCode()).isEqualTo(200);
    }

    @Test
    void systemPropertiesLastAsLongAsTheRuntime() {
        System.setProperty("bookstore.test.setting", "before");
        try (EmbeddedRuntime configured = EmbeddedRuntime.builder()
                .car(echoCar)
                .systemProperty("bookstore.test.setting", "during")
                .start()) {
            assertThat(configured.apiContexts()).containsExactly("/echo");
            assertThat(System.getProperty("bookstore.test.setting")).isEqualTo("during");
        }
        assertThat(System.getProperty("bookstore.test.setting")).isEqualTo("before");
        System.clearProperty("bookstore.test.setting");
    }

    private static String exchange(String request) throws IOException {
        try (Socket socket = new Socket("localhost", runtime.port())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String firstLine(InputStream in) throws IOException {
        return new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII)).readLine();
    }
}
