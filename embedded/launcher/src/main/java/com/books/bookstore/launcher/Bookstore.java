package com.books.bookstore.launcher;

import com.books.bookstore.database.BookstoreDatabase;
import com.books.bookstore.embedded.FreePort;
import com.books.bookstore.embedded.StartException;
import com.books.bookstore.launcher.mailbox.Mailbox;
import com.books.bookstore.observability.ObservabilityHandler;
import com.books.bookstore.runtime.EmbeddedRuntime;
import com.books.bookstore.runtime.http.HttpFrontEnd;
import com.books.bookstore.runtime.http.TrustedProxy;
import com.books.bookstore.runtime.mail.SmtpSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * All parts of a bookstore on one machine. They are started one after the other by {@link #start} and stopped in the opposite order by
 * {@link #close}, also after a start that failed half-way. Not thread-safe.
 */
final class Bookstore implements AutoCloseable {

    private static final int MYSQL_PORT = 3306;

    private final UpOptions options;
    private final Console console;
    private final Optional<FirstAdministrator> administrator;
    private final Optional<SmtpSettings> otherMailServer;
    private final ObservabilityHandler observability;
    private final TrustedProxy proxy = TrustedProxy.create();
    private final List<String> deployedCars = new ArrayList<>();
    private final int apiPort;

    /** In the order of their start. */
    private final Deque<AutoCloseable> running = new ArrayDeque<>();

    private StorefrontServer storefront;
    private BookstoreDatabase database;
    private Mailbox mailbox;
    private SmtpSettings smtp;
    private EmbeddedIdentity identity;
    private EmbeddedRuntime runtime;

    /**
     * @param otherMailServer the one that emails are handed to; if there is none, a local mailbox takes them
     * @throws StartException in one line if the environment has settings that cannot be used
     */
    Bookstore(UpOptions options, Optional<SmtpSettings> otherMailServer, Console console) {
        this.options = options;
        this.console = console;
        this.otherMailServer = otherMailServer;
        this.apiPort =
                options.ports().api() == 0 ? FreePort.next() : options.ports().api();
        this.administrator = options.demo()
                ? Optional.empty()
                : Optional.of(FirstAdministrator.of(
                        System.getenv(), EmbeddedIdentity.passwords(), options.identityDirectory()));
        this.observability = observability();
    }

    /** @throws StartException in one line if a part does not start; those that run are stopped by {@link #close} */
    void start() {
        // Its address has to be known to the identity server, and it serves when all else runs.
        storefront = closedLater(
                StorefrontServer.bind(options.host(), options.ports().site()));
        List<Path> cars =
                options.deployedCars(BookstoreDatabase.readUrl(System.getenv()).isPresent());
        database = step("database", this::openDatabase);
        mailbox = otherMailServer.isPresent() ? null : step("mailbox", this::startMailbox);
        smtp = otherMailServer.orElseGet(() -> BookstoreRuntime.localSmtp(mailbox.smtpHost(), mailbox.smtpPort()));
        identity = step("identity server", this::startIdentity);
        runtime = step("CARs", () -> startRuntime(cars));
        observability.setBusinessMetrics(
                runtime.baseUri().resolve("/metrics/business").toString());
        storefront.serve(runtime.baseUri(), proxy, identity.issuer(), identity.browserAddress(), System.getenv());
        Path directory = options.data().path();
        RunningSystem.ofThisProcess(addresses()).writeTo(directory);
        running.push(() -> RunningSystem.removeFrom(directory));
    }

    private BookstoreDatabase openDatabase() {
        return BookstoreDatabase.open(
                System.getenv(),
                options.data().path().resolve("db"),
                options.ports().database(),
                options.demo());
    }

    private Mailbox startMailbox() {
        return Mailbox.start(
                MailsCommand.mailsBelow(options.data().path()),
                options.ports().smtp(),
                options.ports().mailbox(),
                BookstoreRuntime.PROBLEM_TYPES,
                Clock.systemUTC());
    }

    private EmbeddedIdentity startIdentity() {
        List<String> origins = new ArrayList<>(options.webOrigins());
        origins.add(storefront.origin().toString());
        return EmbeddedIdentity.start(
                UpOptions.home().resolve("embedded/identity/kernel/target/kernel-parts"),
                options.identityDirectory(),
                options.ports().identity(),
                options.ports().scim(),
                options.ports().signIn(),
                origins,
                // The APIs start later.
                HttpFrontEnd.baseUri(options.host(), apiPort),
                smtp,
                environment("BOOKSTORE_SHOP_URL", storefront.origin().toString()),
                administrator,
                sentence -> {});
    }

    private EmbeddedRuntime startRuntime(List<Path> cars) {
        return BookstoreRuntime.builder()
                .cars(cars)
                .host(options.host())
                .httpPort(apiPort)
                .systemProperties(database.settings())
                .systemProperties(identitySettings())
                .synapseHandler(observability)
                .smtp(smtp)
                .trustedProxy(proxy)
                .onDeployed(deployedCars::add)
                .start();
    }

    /** The handler that Micro Integrator is given by deployment.toml. */
    private ObservabilityHandler observability() {
        ObservabilityHandler handler = new ObservabilityHandler();
        handler.setPort(Integer.toString(options.ports().metrics()));
        handler.setAccessLog(environment("BOOKSTORE_ACCESS_LOG", environment("BOOKSTORE_LOG_FORMAT", "plain")));
        return handler;
    }

    private static String environment(String name, String otherwise) {
        String value = System.getenv(name);
        return value == null || value.isBlank() ? otherwise : value;
    }

    /** Settings in the environment take precedence: they belong to another identity server. */
    private Map<String, String> identitySettings() {
        Map<String, String> settings = identity.settings();
        settings.put("BOOKSTORE_SHOP_URL", storefront.origin().toString());
        if (options.host().equals("localhost")) {
            // Browsers on this machine show pages of other sites, too, whose names may be made to point here.
            settings.put("BOOKSTORE_ALLOWED_HOSTS", "localhost");
        }
        settings.keySet().removeIf(name -> System.getenv(name) != null);
        return settings;
    }

    private Map<Part, String> addresses() {
        Map<Part, String> addresses = new EnumMap<>(Part.class);
        addresses.put(Part.SHOP, storefront.origin().toString());
        addresses.put(Part.API, runtime.baseUri().toString());
        addresses.put(Part.IDENTITY, identity.issuer().toString());
        addresses.put(Part.SIGN_IN, identity.browserAddress().toString());
        addresses.put(Part.SCIM, identity.scimAddress().toString());
        addresses.put(Part.DATABASE, firstHost(database.jdbcUrl()));
        addresses.put(Part.SMTP, smtp.host() + ":" + smtp.port());
        addresses.put(Part.METRICS, metricsAddress().toString());
        mailbox()
                .ifPresent(
                        started -> addresses.put(Part.MAILBOX, started.address().toString()));
        return addresses;
    }

    /** Host and port of a JDBC URL; of several hosts the first. */
    private static String firstHost(String jdbcUrl) {
        String host = jdbcUrl.replaceFirst("^[^/]*//([^/?,]*).*$", "$1");
        return host.contains(":") ? host : host + ":" + MYSQL_PORT;
    }

    private <T extends AutoCloseable> T step(String name, Supplier<T> start) {
        return console.step(name, () -> closedLater(start.get()));
    }

    private <T extends AutoCloseable> T closedLater(T started) {
        running.push(started);
        return started;
    }

    StorefrontServer storefront() {
        return storefront;
    }

    EmbeddedRuntime runtime() {
        return runtime;
    }

    EmbeddedIdentity identity() {
        return identity;
    }

    BookstoreDatabase database() {
        return database;
    }

    /** The local mail server; none if emails go to another one. */
    Optional<Mailbox> mailbox() {
        return Optional.ofNullable(mailbox);
    }

    SmtpSettings smtp() {
        return smtp;
    }

    URI metricsAddress() {
        return URI.create("http://localhost:" + observability.metricsPort() + "/metrics");
    }

    List<String> deployedCars() {
        return List.copyOf(deployedCars);
    }

    /** Of a shop without demo users. */
    Optional<FirstAdministrator> administrator() {
        return administrator;
    }

    @Override
    public void close() {
        while (!running.isEmpty()) {
            try {
                running.pop().close();
            } catch (Exception e) {
                console.say("Did not stop cleanly: " + e.getMessage());
            }
        }
    }
}
