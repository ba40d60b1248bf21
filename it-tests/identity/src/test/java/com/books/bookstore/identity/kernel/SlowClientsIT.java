package com.books.bookstore.identity.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients that send a byte now and then stop no others, and those for which a thread waits do not stay. */
@Tag("attack")
class SlowClientsIT {

    private static final int OF_EACH_KIND = 30;
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private static final String HEADERS = " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/scim+json\r\n";

    private static TestKernel kernel;

    private final List<Socket> clients = new ArrayList<>();

    @BeforeAll
    static void start() throws Exception {
        kernel = TestKernel.get();
    }

    @AfterEach
    void disconnect() throws IOException {
        for (Socket client : clients) {
            client.close();
        }
    }

    @Test
    @Timeout(120)
    @DisplayName("150 clients with endless bodies and 60 with endless headers, and one that wants an answer")
    void endless() throws Exception {
        String admin = "Authorization: " + kernel.administrator() + "\r\n";
        List<Socket> bodies = new ArrayList<>();
        for (int i = 0; i < OF_EACH_KIND; i++) {
            bodies.add(send("POST /scim2/Users" + HEADERS + admin + "Content-Length: 5000\r\n\r\n{"));
            bodies.add(send("POST /scim2/Users" + HEADERS + "Content-Length: 5000\r\n\r\n{"));
            bodies.add(send("POST /scim2/Users" + HEADERS + admin + "Transfer-Encoding: chunked\r\n\r\n5\r\n{"));
            bodies.add(send("POST /internal/authenticate HTTP/1.1\r\nHost: localhost\r\n"
                    + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 5000\r\n\r\na="));
            bodies.add(send("POST /services/Any" + HEADERS + "Content-Length: 5000\r\n\r\n{"));
            send("GET /sci");
            send("GET /scim2/Users HTTP/1.1\r\nHost: loc");
        }

        assertThat(kernel.call("GET", "/scim2/Me", TestKernel.basic("customer"), null)
                        .status())
                .isEqualTo(200);
        assertThat(kernel.signIn("customer", TestKernel.DEMO_PASSWORD).status()).isEqualTo(200);
        long end = System.nanoTime() + LONGEST.toNanos();
        while (!bodies.isEmpty() && System.nanoTime() < end) {
            bodies.removeIf(SlowClientsIT::hasEnded);
        }
        assertThat(bodies).as("connections that stay").isEmpty();
    }

    private Socket send(String beginning) throws IOException {
        Socket client = new Socket("127.0.0.1", kernel.httpPort());
        client.setSoTimeout(10);
        client.getOutputStream().write(beginning.getBytes(StandardCharsets.US_ASCII));
        clients.add(client);
        return client;
    }

    /** Sends one more byte, unless the server has closed the connection. */
    private static boolean hasEnded(Socket client) {
        try {
            while (client.getInputStream().read() >= 0) {
                // An answer, and then the end.
            }
            return true;
        } catch (SocketTimeoutException open) {
            try {
                client.getOutputStream().write('x');
                return false;
            } catch (IOException closed) {
                return true;
            }
        } catch (IOException closed) {
            return true;
        }
    }
}
