package com.books.bookstore.tls;

import com.books.bookstore.embedded.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A directory that keeps a server's certificate from one start to the next. Its files are readable by their owner only. */
public final class TlsDirectory {

    /** Protects nothing secret (the store contains one public certificate), but Java needs one. */
    public static final String TRUST_STORE_PASSWORD = "changeit";

    private static final Logger LOG = LoggerFactory.getLogger(TlsDirectory.class);
    private static final Duration RENEW_BEFORE_END = Duration.ofDays(30);

    private final Path authority;
    private final Path server;
    private final Path key;
    private final Path trustStore;

    /** @param directory made when it is needed */
    public TlsDirectory(Path directory) {
        this.authority = directory.resolve("ca.pem");
        this.server = directory.resolve("server.pem");
        this.key = directory.resolve("server-key.pem");
        this.trustStore = directory.resolve("truststore.p12");
    }

    /** The authority to trust, in PEM. */
    public Path authority() {
        return authority;
    }

    /** The same authority in a PKCS #12 store for Java; its password is {@value #TRUST_STORE_PASSWORD}. */
    public Path trustStore() {
        return trustStore;
    }

    /**
     * Reads the certificate of an earlier start. Makes a new one when there is none, when it ends within 30 days or when it does
     * not name the host.
     *
     * @param host named beside {@code localhost} and the loopback addresses
     * @throws IOException when the certificate can be neither read nor written; says what to do
     */
    public ServerCertificate certificateFor(String host, Clock clock) throws IOException {
        PrivateFiles.createDirectory(key.getParent());
        Set<String> names = new LinkedHashSet<>(List.of(host, "localhost", "127.0.0.1", "::1"));
        if (Files.exists(key)) {
            ServerCertificate kept = read();
            if (kept.isValidAt(clock.instant().plus(RENEW_BEFORE_END)) && hasNames(kept, names)) {
                return kept;
            }
            LOG.warn(
                    "The https certificate ends soon or lacks the host {}. A new one is made; clients need the new {}",
                    host,
                    authority);
        }
        ServerCertificate made =
                ServerCertificate.issue(names, ServerCertificate.Keys.EC, ServerCertificate.LIFETIME, clock);
        made.writeTrustStore(trustStore, "books.com", TRUST_STORE_PASSWORD);
        // Its key comes last: it shows that the other files are complete.
        made.writePem(authority, server, key);
        return made;
    }

    private ServerCertificate read() throws IOException {
        try {
            return ServerCertificate.read(authority, server, key);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw unreadable(e);
        }
    }

    private boolean hasNames(ServerCertificate certificate, Set<String> names) throws IOException {
        try {
            return certificate.names(names);
        } catch (GeneralSecurityException e) {
            throw unreadable(e);
        }
    }

    private IOException unreadable(Exception cause) {
        return new IOException(
                "The https certificate in " + key.getParent()
                        + " cannot be read. Delete the directory to have a new one made",
                cause);
    }
}
