package com.books.bookstore.identity.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
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

    private static final byte[] HALF_A_CLIENT_HELLO = {22, 3, 1, 1, 0, 1, 0};

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

    @Test
    @Timeout(120)
    @DisplayName("60 clients with half a TLS handshake or none, and one that has an answer over https")
    void handshakes() throws Exception {
        int port = kernel.httpsUrl().getPort();
        for (int i = 0; i < OF_EACH_KIND; i++) {
            open(port, new byte[0]);
            open(port, HALF_A_CLIENT_HELLO);
        }

        assertThat(statusOverHttps()).isEqualTo(200);
        long end = System.nanoTime() + LONGEST.toNanos();
        while (!clients.isEmpty() && System.nanoTime() < end) {
            clients.removeIf(SlowClientsIT::isClosed);
        }
        assertThat(clients).as("connections that stay").isEmpty();
    }

    private static int statusOverHttps() throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        try (InputStream pem = Files.newInputStream(kernel.certificate())) {
            trusted.setCertificateEntry(
                    "kernel", CertificateFactory.getInstance("X.509").generateCertificate(pem));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(null, trust.getTrustManagers(), null);
        return HttpClient.newBuilder()
                .sslContext(tls)
                .build()
                .send(
                        HttpRequest.newBuilder(kernel.httpsUrl().resolve("/scim2/ServiceProviderConfig"))
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private Socket send(String beginning) throws IOException {
        return open(kernel.httpPort(), beginning.getBytes(StandardCharsets.US_ASCII));
    }

    private Socket open(int port, byte[] beginning) throws IOException {
        Socket client = new Socket("127.0.0.1", port);
        client.setSoTimeout(10);
        client.getOutputStream().write(beginning);
        clients.add(client);
        return client;
    }

    private static boolean isClosed(Socket client) {
        try {
            return client.getInputStream().read() < 0;
        } catch (SocketTimeoutException open) {
            return false;
        } catch (IOException closed) {
            return true;
        }
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
