package com.books.bookstore.identity.kernel;

import com.books.bookstore.tls.ServerCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/**
 * Key and certificate of this server. Those of the distribution have expired, and their private key is public: every server gets its
 * own at its first start.
 */
final class KeyStores {

    static final String KEY_STORE = "wso2carbon.p12";
    static final String TRUST_STORE = "client-truststore.p12";
    static final String KEY_ALIAS = "wso2carbon";

    private static final String DIRECTORY = "repository/resources/security";
    private static final Duration LIFETIME = Duration.ofDays(3650);

    private KeyStores() {}

    /** Makes the stores unless this server has its own already. */
    static void create(Path home, Secrets secrets) throws IOException {
        Path mark = home.resolve(DIRECTORY).resolve(".own-keys");
        if (Files.exists(mark)) {
            return;
        }
        ServerCertificate certificate = ServerCertificate.issue(
                List.of("localhost", "127.0.0.1"), ServerCertificate.Keys.RSA, LIFETIME, Clock.systemUTC());
        Files.createDirectories(mark.getParent());
        for (Path old : List.of(home.resolve(DIRECTORY).resolve(KEY_STORE), trustStore(home), certificate(home))) {
            Files.deleteIfExists(old);
        }
        certificate.writeKeyStore(home.resolve(DIRECTORY).resolve(KEY_STORE), KEY_ALIAS, secrets.keyStorePassword());
        certificate.writeTrustStore(trustStore(home), KEY_ALIAS, secrets.keyStorePassword());
        certificate.writeAuthority(certificate(home));
        Files.createFile(mark);
    }

    static Path trustStore(Path home) {
        return home.resolve(DIRECTORY).resolve(TRUST_STORE);
    }

    /** In PEM, for clients to trust. */
    static Path certificate(Path home) {
        return home.resolve(DIRECTORY).resolve("bookstore-identity.pem");
    }
}
