package com.books.bookstore.identity.oauth;

import com.books.bookstore.embedded.PrivateFiles;
import com.books.bookstore.identity.oauth.access.AccessLevels;
import com.books.bookstore.identity.oauth.clients.ClientRegistrations;
import com.books.bookstore.identity.oauth.protocol.Endpoints;
import com.books.bookstore.identity.oauth.settings.ServerSettings;
import com.books.bookstore.identity.oauth.store.StateDatabase;
import com.books.bookstore.identity.oauth.tokens.SigningKeys;
import com.books.bookstore.identity.oauth.web.DiscoveryDocument;
import com.books.bookstore.identity.oauth.web.WebServer;
import com.books.bookstore.tls.ServerCertificate;
import com.books.bookstore.tls.TlsDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running authorization server. It answers from the moment {@link #start} returns until {@link #close}. Thread safe.
 */
public final class AuthorizationServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AuthorizationServer.class);

    private final Path dataDirectory;
    private final URI httpsAddress;
    private final URI httpAddress;
    private final SigningKeys keys;
    private final TlsDirectory tlsDirectory;
    private final ServerCertificate certificate;
    private final Map<String, String> clientSecrets;
    /** What was opened, last first. */
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    /**
     * Starts the server; on first start it makes keys, a certificate and the clients' secrets in the data directory.
     *
     * @throws IOException when a port is taken, or the data directory cannot be used or is in use
     */
    public static AuthorizationServer start(ServerSettings settings) throws IOException {
        return start(settings, Clock.systemUTC());
    }

    /** As {@link #start(ServerSettings)}, with the time by which waiting times and the ages of sign-ins are reckoned. */
    static AuthorizationServer start(ServerSettings settings, Clock clock) throws IOException {
        return new AuthorizationServer(settings, clock);
    }

    private AuthorizationServer(ServerSettings settings, Clock clock) throws IOException {
        try {
            dataDirectory = settings.dataDirectory();
            PrivateFiles.createDirectory(dataDirectory);
            Path state = dataDirectory.resolve("state");
            PrivateFiles.createDirectory(state);
            opened(lock(state));
            ServerSocketChannel https = opened(WebServer.bind(settings.bindAddress(), settings.httpsPort()));
            ServerSocketChannel http = settings.httpPort().isPresent()
                    ? opened(WebServer.bind("127.0.0.1", settings.httpPort().getAsInt()))
                    : null;
            httpsAddress = URI.create("https://" + settings.host() + ":" + port(https));
            httpAddress = http == null ? null : URI.create("http://127.0.0.1:" + port(http));
            StateDatabase database = opened(StateDatabase.open(state));
            tlsDirectory = new TlsDirectory(dataDirectory.resolve("tls"));
            certificate = tlsDirectory.certificateFor(settings.host(), clock);
            keys = SigningKeys.load(dataDirectory.resolve("signing-keys.json"));
            clientSecrets = ClientRegistrations.secrets(dataDirectory.resolve("clients"), settings);
            database.purge(clock.instant());
            ServerConfiguration.Parts parts = new ServerConfiguration.Parts(
                    settings, httpsAddress.toString(), keys, database, AccessLevels.load(), clientSecrets, clock);
            opened(WebServer.start(
                    https,
                    http,
                    certificate,
                    ServerConfiguration.context(parts),
                    new DiscoveryDocument(parts.address(), parts.accessLevels()),
                    settings.webOrigins(),
                    settings.requestDeadline()));
            purgeHourly(database, clock);
            LOG.info("Authorization server at {}, issuer {}", httpsAddress, issuer());
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    private <T extends AutoCloseable> T opened(T resource) {
        opened.push(resource);
        return resource;
    }

    private static FileChannel lock(Path directory) throws IOException {
        FileChannel channel =
                FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            LOG.debug("The other server runs in this very process", e);
        }
        channel.close();
        throw new IOException(directory + " is in use by another server");
    }

    private static int port(ServerSocketChannel channel) throws IOException {
        return ((InetSocketAddress) channel.getLocalAddress()).getPort();
    }

    @SuppressWarnings("FutureReturnValueIgnored") // The task catches and logs its own failures.
    private void purgeHourly(StateDatabase database, Clock clock) {
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "authorization-server-purge");
            thread.setDaemon(true);
            return thread;
        });
        timer.scheduleWithFixedDelay(
                () -> {
                    try {
                        database.purge(clock.instant());
                    } catch (RuntimeException e) {
                        LOG.warn("Ended sign-ins could not be removed; the next attempt is in an hour", e);
                    }
                },
                1,
                1,
                TimeUnit.HOURS);
        opened(timer::shutdownNow);
    }

    /** What tokens carry as {@code iss}: {@code https://host:port/oauth2/token}. */
    public URI issuer() {
        return URI.create(Endpoints.issuer(httpsAddress.toString()));
    }

    /** Scheme, host and port, such as {@code https://localhost:9443}. */
    public URI httpsAddress() {
        return httpsAddress;
    }

    /** The plain http address, when the settings asked for one. */
    public Optional<URI> httpAddress() {
        return Optional.ofNullable(httpAddress);
    }

    /** Where the public keys are served; over plain http when there is such a port, so that no trust need be set up. */
    public URI jwksUri() {
        return URI.create((httpAddress == null ? httpsAddress : httpAddress) + Endpoints.JWKS);
    }

    /** The discovery document, over https. */
    public URI discoveryUri() {
        return URI.create(httpsAddress + Endpoints.DISCOVERY);
    }

    /** The authority to trust, in PEM, as for {@code curl --cacert}. */
    public Path caCertificate() {
        return tlsDirectory.authority();
    }

    /** The same authority as a PKCS #12 trust store for Java; its password is {@code changeit}. */
    public Path trustStore() {
        return tlsDirectory.trustStore();
    }

    /** For Java clients in this process: trusts this server and nothing else. */
    public SSLContext clientSslContext() {
        return certificate.clientContext();
    }

    /**
     * The secret of a confidential client, such as {@link ServerSettings#REGISTRATION_CLIENT}.
     *
     * @throws IllegalArgumentException when there is no such confidential client
     */
    public String clientSecret(String clientId) {
        String secret = clientSecrets.get(clientId);
        if (secret == null) {
            throw new IllegalArgumentException("There is no confidential client " + clientId);
        }
        return secret;
    }

    /** Signs with a new key from now on; the key before it stays published, the one before that goes. */
    public void rotateSigningKey() {
        try {
            keys.rotate();
        } catch (IOException e) {
            throw new UncheckedIOException("The new signing key could not be kept, so the old one goes on", e);
        }
    }

    /** Stops answering, then closes the state. May be called again. */
    @Override
    public void close() {
        while (!opened.isEmpty()) {
            AutoCloseable resource = opened.pop();
            try {
                resource.close();
            } catch (Exception e) {
                LOG.warn(
                        "The authorization server did not close {} in order",
                        resource.getClass().getSimpleName(),
                        e);
            }
        }
    }
}
