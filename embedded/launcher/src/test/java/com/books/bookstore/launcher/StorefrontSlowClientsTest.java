package com.books.bookstore.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.books.bookstore.runtime.http.TrustedProxy;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many clients of the storefront that send byte by byte, or do not read their answers, neither stop others nor stay. */
@Tag("slow")
@Tag("attack")
class StorefrontSlowClientsTest {

    private static final int CLIENTS = 70;
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static StorefrontServer storefront;

    private final List<Socket> clients = new ArrayList<>();

    @BeforeAll
    static void start() {
        storefront = StorefrontServer.bind("localhost", 0);
        storefront.serve(
                // Nothing listens there, and nothing asks.
                URI.create("http://127.0.0.1:1"),
                TrustedProxy.create(),
                URI.create("https://localhost:9443/oauth2/token"),
                URI.create("http://localhost:9764"),
                Map.of(),
                Duration.ofSeconds(3));
    }

    @AfterAll
    static void stop() throws Exception {
        storefront.close();
    }

    @AfterEach
    void disconnect() throws IOException {
        for (Socket client : clients) {
            client.close();
        }
    }

    @Test
    @Timeout(60)
    void clientsThatSendAByteNowAndThen() throws Exception {
        for (int i = 0; i < CLIENTS; i++) {
            connect()
                    .getOutputStream()
                    .write((i % 2 == 0
                                    ? "GET / HT"
                                    : "POST /orders/v1/orders HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n{")
                            .getBytes(StandardCharsets.US_ASCII));
        }

        othersSeeThePage();
        while (!clients.isEmpty()) {
            clients.removeIf(StorefrontSlowClientsTest::hasEnded);
        }
    }

    @Test
    @Timeout(60)
    void clientsThatDoNotRead() throws Exception {
        Matcher script = Pattern.compile("src=\"(/assets/[^\"]+\\.js)\"").matcher(othersSeeThePage());
        assertThat(script.find()).isTrue();
        // More than the buffers between the two can hold.
        byte[] requests = ("GET " + script.group(1) + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                .repeat(40)
                .getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < CLIENTS; i++) {
            connect().getOutputStream().write(requests);
        }

        othersSeeThePage();
        while (!clients.isEmpty()) {
            clients.removeIf(client -> !sends(client));
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    private Socket connect() throws IOException {
        Socket client = new Socket();
        client.setReceiveBufferSize(4096);
        client.setSoTimeout(20);
        client.connect(new InetSocketAddress("localhost", storefront.origin().getPort()));
        clients.add(client);
        return client;
    }

    private String othersSeeThePage() throws Exception {
        long start = System.nanoTime();
        HttpResponse<String> page =
                HTTP.send(HttpRequest.newBuilder(storefront.origin()).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .as("before the deadline of the others")
                .isLessThan(Duration.ofMillis(2_500));
        return page.body();
    }

    /** Sends one more byte, unless the server has closed the connection. */
    private static boolean hasEnded(Socket client) {
        try {
            while (client.getInputStream().read() >= 0) {
                // An answer, and then the end.
            }
            return true;
        } catch (SocketTimeoutException open) {
            return !sends(client);
        } catch (IOException closed) {
            return true;
        }
    }

    private static boolean sends(Socket client) {
        try {
            client.getOutputStream().write('x');
            return true;
        } catch (IOException closed) {
            return false;
        }
    }
}
