package com.books.bookstore.tls;

import com.books.bookstore.embedded.PrivateFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
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
import java.security.cert.CertificateParsingException;
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
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
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
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * The certificate of a server with its key, issued by a certificate authority made for this one purpose. The authority's key is
 * discarded as soon as it has signed: trusting the authority means trusting this one certificate. Immutable.
 */
public final class ServerCertificate {

    /** The kind of key. */
    public enum Keys {
        /** Elliptic curve P-256: small and fast, the usual choice. */
        EC("EC", "SHA256withECDSA"),
        /** RSA with 3072 bits, for servers that also sign with this key. */
        RSA("RSA", "SHA256withRSA");

        private final String algorithm;
        private final String signature;

        Keys(String algorithm, String signature) {
            this.algorithm = algorithm;
            this.signature = signature;
        }

        private KeyPair generate() throws GeneralSecurityException {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            if (this == EC) {
                generator.initialize(new ECGenParameterSpec("secp256r1"));
            } else {
                generator.initialize(RSA_BITS);
            }
            return generator.generateKeyPair();
        }
    }

    /** What browsers and operating systems accept at most. */
    static final Duration LIFETIME = Duration.ofDays(397);

    private static final int RSA_BITS = 3072;
    private static final Duration CLOCK_TOLERANCE = Duration.ofDays(1);
    private static final int DNS_NAME = 2;
    private static final int IP_ADDRESS = 7;
    private static final int PEM_LINE = 64;

    private final X509Certificate authority;
    private final X509Certificate server;
    private final PrivateKey key;

    private ServerCertificate(X509Certificate authority, X509Certificate server, PrivateKey key) {
        this.authority = authority;
        this.server = server;
        this.key = key;
    }

    /** A new certificate with an EC key that is good for 397 days from now. */
    public static ServerCertificate forHosts(String... names) {
        return issue(List.of(names), Keys.EC, LIFETIME, Clock.systemUTC());
    }

    /**
     * Issues a certificate.
     *
     * @param names    host names and IP addresses of the server; the first is also the subject
     * @param lifetime from now on; the certificate is valid a day earlier for clients whose clock is slow
     */
    public static ServerCertificate issue(Collection<String> names, Keys keys, Duration lifetime, Clock clock) {
        try {
            KeyPair authorityKeys = keys.generate();
            KeyPair serverKeys = keys.generate();
            X500Name authorityName = new X500Name(
                    "CN=books.com development authority " + serialNumber().toString(Character.MAX_RADIX));
            X500Name serverName = new X500Name("CN=" + names.iterator().next());
            Instant from = clock.instant().minus(CLOCK_TOLERANCE);
            Instant to = clock.instant().plus(lifetime);

            X509v3CertificateBuilder authority = builder(
                            authorityName, authorityName, authorityKeys.getPublic(), from, to)
                    .addExtension(Extension.basicConstraints, true, new BasicConstraints(0))
                    .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign));
            X509v3CertificateBuilder server = builder(authorityName, serverName, serverKeys.getPublic(), from, to)
                    .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
                    .addExtension(Extension.keyUsage, true, keyUsage(keys))
                    .addExtension(
                            Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth))
                    .addExtension(
                            Extension.subjectAlternativeName,
                            false,
                            new GeneralNames(names.stream()
                                    .map(ServerCertificate::generalName)
                                    .toArray(GeneralName[]::new)));
            return new ServerCertificate(
                    sign(authority, keys, authorityKeys), sign(server, keys, authorityKeys), serverKeys.getPrivate());
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new IllegalStateException("This JVM cannot make a certificate", e);
        }
    }

    private static KeyUsage keyUsage(Keys keys) {
        // TLS 1.2 without forward secrecy encrypts with the RSA key.
        return new KeyUsage(
                keys == Keys.RSA ? KeyUsage.digitalSignature | KeyUsage.keyEncipherment : KeyUsage.digitalSignature);
    }

    private static X509v3CertificateBuilder builder(
            X500Name issuer, X500Name subject, PublicKey key, Instant from, Instant to) {
        return new JcaX509v3CertificateBuilder(issuer, serialNumber(), Date.from(from), Date.from(to), subject, key);
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

    private static X509Certificate sign(X509v3CertificateBuilder builder, Keys keys, KeyPair authorityKeys)
            throws OperatorCreationException, GeneralSecurityException {
        return new JcaX509CertificateConverter()
                .getCertificate(
                        builder.build(new JcaContentSignerBuilder(keys.signature).build(authorityKeys.getPrivate())));
    }

    /** Reads what {@link #writePem} wrote. */
    static ServerCertificate read(Path authorityFile, Path serverFile, Path keyFile)
            throws IOException, GeneralSecurityException {
        X509Certificate server =
                (X509Certificate) Trust.certificates(serverFile).get(0);
        String key = Files.readString(keyFile).replaceAll("-----[A-Z ]+-----|\\s", "");
        return new ServerCertificate(
                (X509Certificate) Trust.certificates(authorityFile).get(0),
                server,
                KeyFactory.getInstance(server.getPublicKey().getAlgorithm())
                        .generatePrivate(
                                new PKCS8EncodedKeySpec(Base64.getDecoder().decode(key))));
    }

    boolean isValidAt(Instant time) {
        return !server.getNotAfter().toInstant().isBefore(time);
    }

    boolean names(Collection<String> names) throws CertificateParsingException {
        Collection<List<?>> alternatives = server.getSubjectAlternativeNames();
        List<String> present = new ArrayList<>();
        for (List<?> alternative : alternatives == null ? List.<List<?>>of() : alternatives) {
            int kind = (Integer) alternative.get(0);
            if (kind == DNS_NAME || kind == IP_ADDRESS) {
                present.add(canonical(alternative.get(1).toString()));
            }
        }
        return names.stream().map(ServerCertificate::canonical).allMatch(present::contains);
    }

    /** IPv6 addresses have many spellings; a literal address is parsed without asking a name server. */
    private static String canonical(String name) {
        try {
            return isIpAddress(name) ? InetAddress.getByName(name).getHostAddress() : name;
        } catch (UnknownHostException e) {
            return name;
        }
    }

    /** Writes authority, certificate and key in PEM, readable by their owner only; the key last. */
    void writePem(Path authorityFile, Path serverFile, Path keyFile) throws IOException {
        writeAuthority(authorityFile);
        PrivateFiles.write(serverFile, pem("CERTIFICATE", encoded(server)));
        PrivateFiles.write(keyFile, pem("PRIVATE KEY", key.getEncoded()));
    }

    /** Writes the authority in PEM, for clients to trust, as with {@code curl --cacert}. */
    public void writeAuthority(Path file) throws IOException {
        PrivateFiles.write(file, pem("CERTIFICATE", encoded(authority)));
    }

    /** Writes a PKCS #12 store with key, certificate and authority, readable by its owner only. */
    public void writeKeyStore(Path file, String alias, String password) throws IOException {
        try {
            write(file, keyStore(alias, password.toCharArray()), password);
        } catch (GeneralSecurityException e) {
            throw new IOException("The key store " + file + " cannot be made", e);
        }
    }

    /** Writes a PKCS #12 store with the authority, for Java clients to trust. */
    public void writeTrustStore(Path file, String alias, String password) throws IOException {
        try {
            write(file, Trust.store(alias, List.of(authority)), password);
        } catch (GeneralSecurityException e) {
            throw new IOException("The trust store " + file + " cannot be made", e);
        }
    }

    private static void write(Path file, KeyStore store, String password) throws IOException, GeneralSecurityException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        store.store(content, password.toCharArray());
        PrivateFiles.write(file, content.toByteArray());
    }

    private KeyStore keyStore(String alias, char[] password) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry(alias, key, password, new Certificate[] {server, authority});
        return store;
    }

    private static byte[] encoded(X509Certificate certificate) throws IOException {
        try {
            return certificate.getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IOException("The certificate cannot be encoded", e);
        }
    }

    private static String pem(String kind, byte[] content) {
        return "-----BEGIN " + kind + "-----\n"
                + Base64.getMimeEncoder(PEM_LINE, new byte[] {'\n'}).encodeToString(content) + "\n-----END " + kind
                + "-----\n";
    }

    /** For a server that shows this certificate, and for clients that trust it and no other. */
    public SSLContext context() {
        try {
            char[] password = new char[0];
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(keyStore("server", password), password);
            return context(keys.getKeyManagers());
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("This JVM cannot serve TLS", e);
        }
    }

    /** For clients that trust this certificate and no other. */
    public SSLContext clientContext() {
        try {
            return context(null);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("This JVM cannot use TLS", e);
        }
    }

    private SSLContext context(KeyManager[] keys) throws GeneralSecurityException, IOException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys, Trust.managers(Trust.store("server", List.of(authority))), null);
        return context;
    }
}
