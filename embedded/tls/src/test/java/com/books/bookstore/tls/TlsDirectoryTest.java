package com.books.bookstore.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsDirectoryTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    @TempDir
    private Path directory;

    private void load(String host, Instant now) throws Exception {
        new TlsDirectory(directory).certificateFor(host, Clock.fixed(now, ZoneOffset.UTC));
    }

    private X509Certificate read(String file) throws Exception {
        try (var input = Files.newInputStream(directory.resolve(file))) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(input);
        }
    }

    @BeforeEach
    void first() throws Exception {
        load("localhost", NOW);
    }

    @Test
    void the_certificate_names_the_host_and_is_signed_by_the_authority_that_clients_trust() throws Exception {
        X509Certificate authority = read("ca.pem");
        X509Certificate server = read("server.pem");

        server.verify(authority.getPublicKey());
        assertThat(server.getBasicConstraints()).as("it issues no certificates").isNegative();
        assertThat(server.getSubjectAlternativeNames().toString())
                .contains("localhost", "127.0.0.1", "0:0:0:0:0:0:0:1");
        KeyStore trust =
                KeyStore.getInstance(directory.resolve("truststore.p12").toFile(), "changeit".toCharArray());
        assertThat(trust.getCertificate("books.com")).isEqualTo(authority);
    }

    @Test
    void the_authoritys_key_is_kept_nowhere() throws Exception {
        try (var files = Files.list(directory)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("ca.pem", "server.pem", "server-key.pem", "truststore.p12");
        }
    }

    @Test
    void it_is_kept_until_it_ends_soon() throws Exception {
        X509Certificate before = read("server.pem");

        load("localhost", NOW.plus(Duration.ofDays(300)));
        assertThat(read("server.pem")).isEqualTo(before);
        load("localhost", NOW.plus(Duration.ofDays(380)));
        assertThat(read("server.pem").getNotAfter()).isAfter(before.getNotAfter());
    }

    @Test
    void another_host_gets_another_certificate() throws Exception {
        load("identity.books.test", NOW);

        assertThat(read("server.pem").getSubjectAlternativeNames().toString())
                .contains("identity.books.test", "localhost");
    }
}
