package com.books.bookstore.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("slow")
class ServerCertificateTest {

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource
    void clients_that_trust_the_authority_reach_the_server(ServerCertificate.Keys keys) throws Exception {
        ServerCertificate certificate =
                ServerCertificate.issue(List.of("localhost"), keys, Duration.ofDays(1), Clock.systemUTC());
        certificate.writeAuthority(directory.resolve("ca.pem"));

        assertThat(handshake(certificate.context(), certificate.clientContext()))
                .isTrue();
        assertThat(handshake(certificate.context(), Trust.in(directory.resolve("ca.pem"))))
                .isTrue();
    }

    @Test
    void other_clients_do_not_trust_the_server() {
        assertThatExceptionOfType(SSLHandshakeException.class)
                .isThrownBy(() -> handshake(
                        ServerCertificate.forHosts("localhost").context(),
                        ServerCertificate.forHosts("localhost").clientContext()));
    }

    @Test
    void a_server_of_another_name_is_not_trusted() {
        ServerCertificate certificate = ServerCertificate.forHosts("other.example");

        assertThatExceptionOfType(SSLHandshakeException.class)
                .isThrownBy(() -> handshake(certificate.context(), certificate.clientContext()));
    }

    @Test
    void the_stores_have_the_alias_and_the_password() throws Exception {
        ServerCertificate certificate = ServerCertificate.forHosts("localhost");
        Path keys = directory.resolve("keys.p12");
        Path trust = directory.resolve("trust.p12");

        certificate.writeKeyStore(keys, "carbon", "secret");
        certificate.writeTrustStore(trust, "carbon", "secret");

        KeyStore keyStore = KeyStore.getInstance(keys.toFile(), "secret".toCharArray());
        assertThat(keyStore.getKey("carbon", "secret".toCharArray())).isNotNull();
        assertThat(keyStore.getCertificateChain("carbon")).hasSize(2);
        assertThat(KeyStore.getInstance(trust.toFile(), "secret".toCharArray()).isCertificateEntry("carbon"))
                .isTrue();
    }

    @Test
    void a_file_without_a_certificate_is_named() throws Exception {
        Path file = Files.writeString(directory.resolve("empty.pem"), "");

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> Trust.in(file))
                .withMessageContaining("empty.pem contains no certificate");
    }

    private static boolean handshake(SSLContext server, SSLContext client) throws Exception {
        try (SSLServerSocket listener = (SSLServerSocket)
                server.getServerSocketFactory().createServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> answering = CompletableFuture.runAsync(() -> {
                try (var accepted = listener.accept()) {
                    accepted.getInputStream().read();
                } catch (IOException e) {
                    // The client says what was wrong.
                }
            });
            try (SSLSocket socket =
                    (SSLSocket) client.getSocketFactory().createSocket("localhost", listener.getLocalPort())) {
                SSLParameters parameters = socket.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
                socket.setSSLParameters(parameters);
                socket.startHandshake();
            }
            answering.join();
            return true;
        }
    }
}
