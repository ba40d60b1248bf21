package com.books.bookstore.connector.api;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** The certificates that a connection trusts in the place of those of the JVM. */
final class Trust {

    private Trust() {}

    /**
     * @param file path of a PEM file
     * @throws ApiException if it cannot be read or has no certificate
     */
    static SSLContext of(String file) {
        try {
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            for (Certificate certificate : certificates(Path.of(file))) {
                trusted.setCertificateEntry("certificate-" + trusted.size(), certificate);
            }
            if (trusted.size() == 0) {
                throw unreadable(file, "it has no certificate");
            }
            TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers.getTrustManagers(), null);
            return context;
        } catch (IOException | InvalidPathException | GeneralSecurityException e) {
            throw unreadable(file, e.toString());
        }
    }

    private static Collection<? extends Certificate> certificates(Path file)
            throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(file)) {
            return CertificateFactory.getInstance("X.509").generateCertificates(in);
        }
    }

    private static ApiException unreadable(String file, String reason) {
        return ApiException.configuration(
                "The file " + file + " of the setting trustedCertificates cannot be used: " + reason);
    }
}
