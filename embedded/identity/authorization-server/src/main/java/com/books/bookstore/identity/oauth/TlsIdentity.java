package com.books.bookstore.identity.oauth;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificate of the https port, issued by a certificate authority made for this one purpose. The authority's key is
 * thrown away as soon as it has signed: whoever trusts the authority trusts this certificate and no other, ever. Immutable.
 */
final class TlsIdentity {

    /** Guards nothing secret (the store holds one public certificate), but Java wants one. */
    static final String TRUST_STORE_PASSWORD = "changeit";

    private static final Logger LOG = LoggerFactory.getLogger(TlsIdentity.class);
    private static final Duration LIFETIME = Duration.ofDays(397);
    private static final Duration RENEW_BEFORE_END = Duration.ofDays(30);
    private static final Duration CLOCK_TOLERANCE = Duration.ofDays(1);
    private static final String SIGNATURE = "SHA256withECDSA";
    private static final int DNS_NAME = 2;
    private static final int IP_ADDRESS = 7;
    private static final char[] NO_PASSWORD = new char[0];

    private final X509Certificate authority;
    private final X509Certificate server;
    private final PrivateKey serverKey;

    private TlsIdentity(X509Certificate authority, X509Certificate server, PrivateKey serverKey) {
        this.authority = authority;
        this.server = server;
        this.serverKey = serverKey;
    }

    /**
     * Reads the certificate of an earlier start; makes a new one when there is none, when it ends within 30 days or when it
     * does not name the host.
     *
     * @param directory holds {@code ca.pem}, {@code truststore.p12}, {@code server.pem} and {@code server-key.pem}
     */
    static TlsIdentity load(Path directory, String host, Clock clock) throws IOException {
        PrivateFiles.createDirectory(directory);
        Set<String> names = new LinkedHashSet<>(List.of(host, "localhost", "127.0.0.1", "::1"));
        try {
            if (Files.exists(directory.resolve("server-key.pem"))) {
                TlsIdentity kept = read(directory);
                if (kept.isGoodFor(names, clock.instant())) {
                    return kept;
                }
                LOG.warn(
                        "The https certificate ends soon or lacks the host {}: a new one is made, and clients need the new {}",
                        host,
                        directory.resolve("ca.pem"));
            }
            TlsIdentity made = make(names, clock.instant());
            made.write(directory);
            return made;
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IOException(
                    "The https certificate in " + directory + " can be neither read nor made; delete the "
                            + "directory to have a new one made",
                    e);
        }
    }

    private static TlsIdentity make(Set<String> names, Instant now)
            throws GeneralSecurityException, OperatorCreationException, IOException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair authorityKeys = generator.generateKeyPair();
        KeyPair serverKeys = generator.generateKeyPair();
        X500Name authorityName = new X500Name(
                "CN=books.com development authority " + serialNumber().toString(36));
        X500Name serverName = new X500Name("CN=" + names.iterator().next());

        X509v3CertificateBuilder authority = certificate(authorityName, authorityName, authorityKeys.getPublic(), now)
                .addExtension(Extension.basicConstraints, true, new BasicConstraints(0))
                .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign));
        X509v3CertificateBuilder server = certificate(authorityName, serverName, serverKeys.getPublic(), now)
                .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
                .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
                .addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth))
                .addExtension(
                        Extension.subjectAlternativeName,
                        false,
                        new GeneralNames(
                                names.stream().map(TlsIdentity::generalName).toArray(GeneralName[]::new)));
        return new TlsIdentity(sign(authority, authorityKeys), sign(server, authorityKeys), serverKeys.getPrivate());
    }

    private static X509v3CertificateBuilder certificate(X500Name issuer, X500Name subject, PublicKey key, Instant now) {
        return new JcaX509v3CertificateBuilder(
                issuer,
                serialNumber(),
                Date.from(now.minus(CLOCK_TOLERANCE)),
                Date.from(now.plus(LIFETIME)),
                subject,
                key);
    }

    private static BigInteger serialNumber() {
        return new BigInteger(127, new SecureRandom()).setBit(126);
    }

    private static GeneralName generalName(String name) {
        return new GeneralName(isIpAddress(name) ? GeneralName.iPAddress : GeneralName.dNSName, name);
    }

    private static boolean isIpAddress(String name) {
        return name.contains(":") || name.matches("[0-9.]+");
    }

    private static X509Certificate sign(X509v3CertificateBuilder builder, KeyPair authorityKeys)
            throws OperatorCreationException, GeneralSecurityException {
        return new JcaX509CertificateConverter()
                .getCertificate(
                        builder.build(new JcaContentSignerBuilder(SIGNATURE).build(authorityKeys.getPrivate())));
    }

    private boolean isGoodFor(Set<String> names, Instant now) throws GeneralSecurityException {
        if (server.getNotAfter().toInstant().isBefore(now.plus(RENEW_BEFORE_END))) {
            return false;
        }
        Collection<List<?>> alternatives = server.getSubjectAlternativeNames();
        List<String> present = new ArrayList<>();
        for (List<?> alternative : alternatives == null ? List.<List<?>>of() : alternatives) {
            int kind = (Integer) alternative.get(0);
            if (kind == DNS_NAME || kind == IP_ADDRESS) {
                present.add(canonical(alternative.get(1).toString()));
            }
        }
        return names.stream().map(TlsIdentity::canonical).allMatch(present::contains);
    }

    /** IPv6 addresses have many spellings; a literal address is parsed without asking any name server. */
    private static String canonical(String name) {
        try {
            return isIpAddress(name) ? InetAddress.getByName(name).getHostAddress() : name;
        } catch (UnknownHostException e) {
            return name;
        }
    }

    private static TlsIdentity read(Path directory) throws IOException, GeneralSecurityException {
        String key = Files.readString(directory.resolve("server-key.pem")).replaceAll("-----[A-Z ]+-----|\\s", "");
        PrivateKey privateKey = KeyFactory.getInstance("EC")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(key)));
        return new TlsIdentity(
                readCertificate(directory.resolve("ca.pem")),
                readCertificate(directory.resolve("server.pem")),
                privateKey);
    }

    private static X509Certificate readCertificate(Path file) throws IOException, GeneralSecurityException {
        try (InputStream pem = new ByteArrayInputStream(Files.readAllBytes(file))) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(pem);
        }
    }

    private void write(Path directory) throws IOException, GeneralSecurityException {
        PrivateFiles.write(directory.resolve("ca.pem"), pem(authority));
        PrivateFiles.write(directory.resolve("server.pem"), pem(server));
        ByteArrayOutputStream trustStore = new ByteArrayOutputStream();
        trustStore().store(trustStore, TRUST_STORE_PASSWORD.toCharArray());
        PrivateFiles.write(directory.resolve("truststore.p12"), trustStore.toByteArray());
        // Last: its presence says that the others are complete.
        PrivateFiles.write(
                directory.resolve("server-key.pem"),
                "-----BEGIN PRIVATE KEY-----\n"
                        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(serverKey.getEncoded())
                        + "\n-----END PRIVATE KEY-----\n");
    }

    private static String pem(X509Certificate certificate) throws IOException {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(certificate);
        }
        return text.toString();
    }

    private KeyStore trustStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("books.com", authority);
        return store;
    }

    /** For the https port. */
    SSLContext serverContext() {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("server", serverKey, NO_PASSWORD, new Certificate[] {server, authority});
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, NO_PASSWORD);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("This JVM cannot serve TLS", e);
        }
    }

    /** For clients: trusts the authority of this server and nothing else. */
    SSLContext clientContext() {
        return trusting(authority);
    }

    /** For clients that have the exported {@code ca.pem}: trusts this authority and nothing else. */
    static SSLContext trusting(Path caFile) throws IOException {
        try {
            return trusting(readCertificate(caFile));
        } catch (GeneralSecurityException e) {
            throw new IOException(caFile + " holds no certificate", e);
        }
    }

    private static SSLContext trusting(X509Certificate authority) {
        try {
            KeyStore store = new TlsIdentity(authority, null, null).trustStore();
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("This JVM cannot use TLS", e);
        }
    }
}
