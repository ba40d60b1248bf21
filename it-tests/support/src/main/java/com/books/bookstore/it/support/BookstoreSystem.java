package com.books.bookstore.it.support;

import com.books.bookstore.database.BookstoreDatabase;
import com.books.bookstore.database.EmbeddedMariaDb;
import com.books.bookstore.launcher.BookstoreRuntime;
import com.books.bookstore.observability.ObservabilityHandler;
import com.books.bookstore.runtime.EmbeddedRuntime;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.mail.MessagingException;
import javax.mail.internet.MimeMessage;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.opentest4j.TestAbortedException;

/**
 * The whole system, started once for all tests: a real database, a mail server, and the runtime with the CARs that were just built. Ports are free ones.
 * Or a {@link Deployment} that runs already, if the tests are told to {@link #use} one.
 */
public final class BookstoreSystem implements BeforeAllCallback {

    /** Small, so that a test reaches it. Clients are told apart by X-Forwarded-For: the tests play the proxy before the server. */
    public static final int REGISTRATIONS_PER_ADDRESS = 4;

    /** The key of confirmation links and registration ids. */
    public static final String REGISTRATION_SECRET = "canary-registration-secret-of-32-characters";

    /** Of the links in emails. */
    public static final String SHOP_URL = "https://shop.books.test";

    /** What Prometheus would have. */
    public static final String METRICS_TOKEN = "canary-metrics-token";

    private static Running running;
    private static Optional<Deployment> deployment = Optional.empty();

    @Override
    public void beforeAll(ExtensionContext context) {
        synchronized (BookstoreSystem.class) {
            if (running == null && deployment.isEmpty()) {
                running = new Running();
                context.getRoot()
                        .getStore(ExtensionContext.Namespace.GLOBAL)
                        .put(BookstoreSystem.class, (ExtensionContext.Store.CloseableResource) running::close);
            }
        }
    }

    /** From now on the tests are about this deployment, and start no system of their own. */
    public static synchronized void use(Deployment other) {
        deployment = Optional.of(other);
    }

    /** The deployment that is tested; nothing when the tests start a system of their own. */
    public static synchronized Optional<Deployment> deployment() {
        return deployment;
    }

    public static String apiAddress() {
        return deployment
                .map(Deployment::apiAddress)
                .orElseGet(() -> running.runtime.baseUri().toString());
    }

    /** A second node beside the one of all tests, on the same database; the caller closes it. */
    public static EmbeddedRuntime startAnotherNode(Map<String, String> settings) {
        return configured(Checkout.cars()).systemProperties(settings).start();
    }

    /** A node that reads the catalog and reports from this database; the caller closes it. */
    static EmbeddedRuntime startNodeWithReplica(String url) {
        List<Path> cars =
                Checkout.cars().stream().map(BookstoreRuntime::forReplica).toList();
        return configured(cars)
                .systemProperty(BookstoreDatabase.READ_URL_VARIABLE, url)
                .start();
    }

    /** Of the account of the bookstore. */
    static String databasePassword() {
        return controlled().server.password();
    }

    /** A node as Micro Integrator is when it refused the data services, because their database was down; the caller closes it. */
    public static EmbeddedRuntime startNodeWithoutDataServices() {
        List<Path> integration = Checkout.cars().stream()
                .filter(car -> car.getFileName().toString().startsWith("bookstore-integration"))
                .toList();
        return configured(integration).withoutReferenceCheck().start();
    }

    private static EmbeddedRuntime.Builder configured(List<Path> cars) {
        try {
            return running.configured(cars);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A valid token of a user, with the scopes of the user's role. */
    public static String token(User user) {
        return deployment.map(known -> known.token(user)).orElseGet(() -> running.identityProvider.token(user));
    }

    /** @throws TestAbortedException if the system is not the tests' own, which leaves the test out; {@link NeedsControl} says so earlier */
    private static Running controlled() {
        if (running == null) {
            throw new TestAbortedException("This needs a system that the tests have started themselves");
        }
        return running;
    }

    /** Everything that the running system has logged so far. */
    public static CapturedLogs logs() {
        return controlled().logs;
    }

    /** What Prometheus would read now. */
    public static String metrics() {
        try {
            URI address =
                    URI.create("http://127.0.0.1:" + controlled().observability.metricsPort() + "/metrics");
            return HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public static TestIdentityProvider identityProvider() {
        return controlled().identityProvider;
    }

    public static StubIdentityServer identityServer() {
        return controlled().identityServer;
    }

    /** Changes rows behind the back of the running system. */
    public static void execute(String sql) {
        try (Connection connection = controlled().database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The emails that the mail server has taken, oldest first. */
    public static MimeMessage[] emails() {
        return controlled().smtp.getReceivedMessages();
    }

    /** The only recipient of an email. */
    public static String recipient(MimeMessage email) {
        try {
            return email.getAllRecipients()[0].toString();
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The token of a link that was emailed to an applicant, without waiting for the email. */
    public static String confirmationToken(String email) {
        return ConfirmationTokens.of(REGISTRATION_SECRET, email, Instant.now().plus(Duration.ofHours(1)));
    }

    public static void stopDatabase() {
        controlled().server.close();
    }

    /** Where the database is, which was stopped: something that takes connections and says nothing, until it is closed. */
    public static ServerSocket hangingDatabase() {
        try {
            return new ServerSocket(controlled().server.port(), 0, InetAddress.getByName("127.0.0.1"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static void startDatabase() {
        controlled().server =
                EmbeddedMariaDb.start(running.databaseDirectory, running.server.port(), running.server.password());
    }

    /** The status of a GET whose path no client library would send. */
    public static int statusOfRawGet(String path) {
        URI address = URI.create(apiAddress());
        try (Socket socket = connect(address)) {
            socket.getOutputStream()
                    .write(("GET " + address.getPath() + path + " HTTP/1.1\r\nHost: " + address.getAuthority()
                                    + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            InputStream answer = socket.getInputStream();
            String statusLine = new String(answer.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .findFirst()
                    .orElseThrow();
            return Integer.parseInt(statusLine.split(" ")[1]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A connection to the system, with TLS if its address says so.
     *
     * @param address scheme, host and port
     */
    public static Socket connect(URI address) throws IOException {
        if ("https".equals(address.getScheme())) {
            return deployment
                    .orElseThrow()
                    .tls()
                    .getSocketFactory()
                    .createSocket(address.getHost(), address.getPort() < 0 ? 443 : address.getPort());
        }
        return new Socket(address.getHost(), address.getPort() < 0 ? 80 : address.getPort());
    }

    private static final class Running {

        private final CapturedLogs logs = CapturedLogs.open();
        private final ObservabilityHandler observability = new ObservabilityHandler();
        private final Path databaseDirectory;
        private final BookstoreDatabase database;
        private final TestIdentityProvider identityProvider;
        private final StubIdentityServer identityServer;
        private final GreenMail smtp =
                new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP).dynamicPort());
        private final EmbeddedRuntime runtime;
        private EmbeddedMariaDb server;

        Running() {
            try {
                databaseDirectory = TestDatabase.directory("database");
                server = EmbeddedMariaDb.start(databaseDirectory, 0);
                database = TestDatabase.on(server, databaseDirectory);
                identityProvider = new TestIdentityProvider();
                identityServer = new StubIdentityServer();
                smtp.start();
                observability.setPort("0");
                runtime = configured(Checkout.cars())
                        .synapseHandler(observability)
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private EmbeddedRuntime.Builder configured(List<Path> cars) throws IOException {
            return BookstoreRuntime.builder()
                    .cars(cars)
                    .systemProperties(database.settings())
                    .systemProperty("BOOKSTORE_JWKS_URL", identityProvider.jwksAddress())
                    .systemProperty("BOOKSTORE_TOKEN_ISSUER", TestIdentityProvider.ISSUER)
                    .systemProperty("BOOKSTORE_TOKEN_AUDIENCE", TestIdentityProvider.AUDIENCE)
                    .systemProperty("BOOKSTORE_SCIM_URL", identityServer.address("/scim2"))
                    .systemProperty("BOOKSTORE_TOKEN_URL", identityServer.address("/oauth2/token"))
                    .systemProperty(
                            "BOOKSTORE_WORKFLOW_INSTANCES_URL",
                            identityServer.address("/api/server/v1/workflow-instances"))
                    .systemProperty(
                            "BOOKSTORE_APPROVALS_URL", identityServer.address("/api/users/v2/me/approval-tasks"))
                    .systemProperty("BOOKSTORE_REGISTRATION_CLIENT_SECRET", StubIdentityServer.CLIENT_SECRET)
                    .systemProperty("BOOKSTORE_REGISTRATION_SECRET", REGISTRATION_SECRET)
                    .systemProperty("BOOKSTORE_SHOP_URL", SHOP_URL)
                    .systemProperty("BOOKSTORE_IDENTITY_TIMEOUT_SECONDS", "2")
                    .systemProperty("BOOKSTORE_SMTP_HOST", "127.0.0.1")
                    .systemProperty(
                            "BOOKSTORE_SMTP_PORT",
                            Integer.toString(smtp.getSmtp().getPort()))
                    .systemProperty("BOOKSTORE_METRICS_TOKEN", METRICS_TOKEN)
                    .systemProperty("BOOKSTORE_HEALTH_CACHE_SECONDS", "1")
                    .systemProperty("BOOKSTORE_TRUSTED_PROXIES", "1")
                    .systemProperty("BOOKSTORE_ALLOWED_HOSTS", "api.books.test")
                    .systemProperty("BOOKSTORE_REGISTRATION_LIMIT_PER_ADDRESS", REGISTRATIONS_PER_ADDRESS + "/3600")
                    .systemProperty("BOOKSTORE_REGISTRATION_LIMIT_IN_ALL", "100000/60");
        }

        void close() {
            runtime.close();
            smtp.stop();
            identityProvider.close();
            identityServer.close();
            database.close();
            server.close();
            try {
                // Half a gigabyte with the server's program.
                FileUtils.deleteDirectory(databaseDirectory.toFile());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
