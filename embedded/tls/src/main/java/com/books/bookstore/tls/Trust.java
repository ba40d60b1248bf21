package com.books.bookstore.tls;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** TLS for clients that trust given certificates and no others. */
public final class Trust {

    private Trust() {}

    /**
     * Trusts the certificates in this PEM file.
     *
     * @throws IOException when the file cannot be read or contains no certificate
     */
    public static SSLContext in(Path pemFile) throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers(store("ca", certificates(pemFile))), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JVM cannot use TLS", e);
        }
    }

    static TrustManager[] managers(KeyStore trusted) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        return factory.getTrustManagers();
    }

    /** A store with these certificates; the first has the alias, the others have it with a number. */
    static KeyStore store(String alias, Collection<? extends Certificate> certificates)
            throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        for (Certificate certificate : certificates) {
            store.setCertificateEntry(store.size() == 0 ? alias : alias + "-" + store.size(), certificate);
        }
        return store;
    }

    static List<Certificate> certificates(Path pemFile) throws IOException {
        try (InputStream in = Files.newInputStream(pemFile)) {
            List<Certificate> certificates =
                    List.copyOf(CertificateFactory.getInstance("X.509").generateCertificates(in));
            if (certificates.isEmpty()) {
                throw new IOException(pemFile + " contains no certificate");
            }
            return certificates;
        } catch (CertificateException e) {
            throw new IOException(pemFile + " contains no certificate", e);
        }
    }
}
