package com.books.bookstore.launcher;

import com.books.bookstore.database.BookstoreDatabase;
import com.books.bookstore.embedded.StartException;
import com.books.bookstore.launcher.mailbox.Mailbox;
import com.books.bookstore.observability.ObservabilityHandler;
import com.books.bookstore.runtime.EmbeddedRuntime;
import com.books.bookstore.runtime.mail.SmtpSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Starts everything in the foreground: database, identity provider, and the CARs in the embedded runtime. Ctrl-C stops it. */
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Starts the bookstore and stays in the foreground until Ctrl-C.",
        footer = {
            "",
            "An external MySQL or MariaDB instead of the embedded one: set BOOKSTORE_DB_URL, BOOKSTORE_DB_USER and BOOKSTORE_DB_PASSWORD."
        })
final class UpCommand implements Callable<Integer> {

    private static final int MYSQL_PORT = 3306;
    private static final String VITE = "http://localhost:5173";

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--site-port",
            paramLabel = "PORT",
            defaultValue = "8080",
            description = "port of the storefront (default: ${DEFAULT-VALUE})")
    private int sitePort;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8290",
            description = "port of the APIs (default: ${DEFAULT-VALUE})")
    private int port;

    @Option(
            names = "--identity-port",
            paramLabel = "PORT",
            defaultValue = "9443",
            description = "HTTPS port of the authorization server (default: ${DEFAULT-VALUE})")
    private int identityPort;

    @Option(
            names = "--scim-port",
            paramLabel = "PORT",
            defaultValue = "9763",
            description = "HTTP port of SCIM and approvals, on this machine only (default: ${DEFAULT-VALUE})")
    private int scimPort;

    @Option(
            names = "--sign-in-port",
            paramLabel = "PORT",
            defaultValue = "9764",
            description =
                    "plain HTTP port of the authorization server for browsers, on this machine only (default: ${DEFAULT-VALUE})")
    private int signInPort;

    @Option(
            names = "--demo",
            negatable = true,
            defaultValue = "${env:BOOKSTORE_DEMO:-true}",
            fallbackValue = "true",
            description =
                    "with or without demo users and sample data; without them an administrator is made whose password is in a file"
                            + " or in BOOKSTORE_FIRST_ADMIN_PASSWORD (default: with, unless BOOKSTORE_DEMO is false)")
    private boolean demo;

    @Option(
            names = "--web-origin",
            paramLabel = "ORIGIN",
            split = ",",
            description = "where another storefront runs that signs users in, repeatable (default: " + VITE
                    + ", Vite's, with demo users only)")
    private List<String> webOrigins;

    @Option(
            names = "--db-port",
            paramLabel = "PORT",
            defaultValue = "0",
            description = "port of the embedded database, 0 for any free one (default: ${DEFAULT-VALUE})")
    private int databasePort;

    @Option(
            names = "--metrics-port",
            paramLabel = "PORT",
            defaultValue = "9290",
            description = "port of the metrics, on this machine only (default: ${DEFAULT-VALUE})")
    private int metricsPort;

    @Option(
            names = "--smtp-port",
            paramLabel = "PORT",
            defaultValue = "2525",
            description = "port of the local mail server, on this machine only (default: ${DEFAULT-VALUE})")
    private int smtpPort;

    @Option(
            names = "--mailbox-port",
            paramLabel = "PORT",
            defaultValue = "8025",
            description = "port of the page that shows the mails, on this machine only (default: ${DEFAULT-VALUE})")
    private int mailboxPort;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            defaultValue = "localhost",
            description = "address that the APIs listen at; 0.0.0.0 lets other machines in (default: ${DEFAULT-VALUE})")
    private String host;

    @Option(
            names = "--car",
            paramLabel = "FILE",
            description = "CAR to deploy, repeatable (default: carbon-apps/*/target/*.car)")
    private List<Path> cars = new ArrayList<>();

    @Mixin
    private DataDirectory data;

    private StorefrontServer storefront;

    /** In the order of their start; stopped the other way round. */
    private final Deque<AutoCloseable> running = new ArrayDeque<>();

    @Override
    public Integer call() throws InterruptedException {
        CountDownLatch stopped = new CountDownLatch(1);
        CountDownLatch stopRequested = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            stopRequested.countDown();
                            await(stopped);
                        },
                        "stop"));
        try {
            start();
            stopRequested.await();
            say("Stopping");
            return 0;
        } finally {
            stopAll();
            stopped.countDown();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void start() {
        checkPort(port, "--port");
        checkPort(identityPort, "--identity-port");
        checkPort(scimPort, "--scim-port");
        checkPort(signInPort, "--sign-in-port");
        RunningSystem.find(data.path()).ifPresent(system -> {
            throw new StartException(
                    "The bookstore is already running at " + system.api() + ", process " + system.pid());
        });
        checkPort(metricsPort, "--metrics-port");
        Optional<SmtpSettings> otherMailServer = BookstoreRuntime.smtp();
        if (otherMailServer.isEmpty()) {
            checkPort(smtpPort, "--smtp-port");
            checkPort(mailboxPort, "--mailbox-port");
        }
        Path identityDirectory = data.path().resolve("identity");
        Optional<FirstAdministrator> administrator =
                demo ? Optional.empty() : Optional.of(FirstAdministrator.of(System.getenv(), identityDirectory));
        data.createFor(demo);
        storefront = StorefrontServer.bind(host, sitePort);
        running.push(storefront);
        List<String> origins = new ArrayList<>(webOrigins != null ? webOrigins : demo ? List.of(VITE) : List.of());
        origins.add(storefront.origin().toString());
        List<Path> carFiles = cars.isEmpty() ? builtCars() : cars;

        BookstoreDatabase database = step("database", () -> {
            BookstoreDatabase opened =
                    BookstoreDatabase.open(System.getenv(), data.path().resolve("db"), databasePort, demo);
            running.push(opened);
            return opened;
        });
        Mailbox mailbox = otherMailServer.isPresent()
                ? null
                : step("mailbox", () -> {
                    Mailbox started = Mailbox.start(
                            MailsCommand.mailsBelow(data.path()), smtpPort, mailboxPort, Clock.systemUTC());
                    running.push(started);
                    return started;
                });
        SmtpSettings smtp =
                otherMailServer.orElseGet(() -> BookstoreRuntime.localSmtp(mailbox.smtpHost(), mailbox.smtpPort()));
        EmbeddedIdentity identity = step("identity server", () -> {
            EmbeddedIdentity started = EmbeddedIdentity.start(
                    home().resolve("embedded/identity/kernel/target/kernel-parts"),
                    identityDirectory,
                    identityPort,
                    scimPort,
                    signInPort,
                    origins,
                    smtp,
                    administrator,
                    sentence -> {});
            running.push(started);
            return started;
        });
        List<String> deployed = new ArrayList<>();
        ObservabilityHandler observability = observability();
        EmbeddedRuntime runtime = step("CARs", () -> {
            EmbeddedRuntime started = BookstoreRuntime.builder()
                    .cars(carFiles)
                    .host(host)
                    .httpPort(port)
                    .systemProperties(database.settings())
                    .systemProperties(identitySettings(identity))
                    .synapseHandler(observability)
                    .smtp(smtp)
                    .onDeployed(deployed::add)
                    .start();
            running.push(started);
            return started;
        });
        storefront.serve(runtime.baseUri(), identity.issuer(), identity.browserAddress(), System.getenv());
        Map<Part, String> addresses = new EnumMap<>(Part.class);
        addresses.put(Part.SHOP, storefront.origin().toString());
        addresses.put(Part.API, runtime.baseUri().toString());
        addresses.put(Part.IDENTITY, identity.issuer().toString());
        addresses.put(Part.SIGN_IN, identity.browserAddress().toString());
        addresses.put(Part.SCIM, identity.scimAddress().toString());
        addresses.put(Part.DATABASE, firstHost(database.jdbcUrl()));
        addresses.put(Part.SMTP, smtp.host() + ":" + smtp.port());
        addresses.put(Part.METRICS, "http://localhost:" + observability.metricsPort() + "/metrics");
        if (mailbox != null) {
            addresses.put(Part.MAILBOX, mailbox.address().toString());
        }
        RunningSystem.ofThisProcess(addresses).writeTo(data.path());
        running.push(() -> RunningSystem.removeFrom(data.path()));
        printAddresses(database, identity, runtime, mailbox, smtp, deployed, observability, administrator);
    }

    /** The handler that Micro Integrator is given by deployment.toml. */
    private ObservabilityHandler observability() {
        ObservabilityHandler handler = new ObservabilityHandler();
        handler.setPort(Integer.toString(metricsPort));
        handler.setAccessLog(environment("BOOKSTORE_ACCESS_LOG", environment("BOOKSTORE_LOG_FORMAT", "plain")));
        return handler;
    }

    private static String environment(String name, String otherwise) {
        String value = System.getenv(name);
        return value == null || value.isBlank() ? otherwise : value;
    }

    /** Host and port of a JDBC URL; of several hosts the first. */
    private static String firstHost(String jdbcUrl) {
        String host = jdbcUrl.replaceFirst("^[^/]*//([^/?,]*).*$", "$1");
        return host.contains(":") ? host : host + ":" + MYSQL_PORT;
    }

    /** Settings that the environment makes itself stay as they are: they belong to another identity provider. */
    private static Map<String, String> identitySettings(EmbeddedIdentity identity) {
        Map<String, String> settings = identity.settings();
        settings.keySet().removeIf(name -> System.getenv(name) != null);
        return settings;
    }

    /** Before the database is started, which takes longest. */
    private void checkPort(int number, String option) {
        if (number == 0) {
            return;
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress("--port".equals(option) ? host : "localhost", number));
        } catch (IOException e) {
            throw new StartException(
                    "Port " + number + " cannot be used: " + e.getMessage() + ". Choose another one with " + option, e);
        }
    }

    private static Path home() {
        return Path.of(System.getProperty("bookstore.home", "."))
                .toAbsolutePath()
                .normalize();
    }

    private static List<Path> builtCars() {
        Path apps = home().resolve("carbon-apps");
        List<Path> found = new ArrayList<>();
        try (Stream<Path> files = Files.isDirectory(apps) ? Files.walk(apps, 3) : Stream.empty()) {
            files.filter(file -> file.toString().endsWith(".car")
                            && "target".equals(String.valueOf(file.getParent().getFileName())))
                    .forEach(found::add);
        } catch (IOException e) {
            throw new StartException("Cannot look for CARs in " + apps + ": " + e.getMessage(), e);
        }
        if (found.isEmpty()) {
            throw new StartException("There is no CAR in " + apps + "/*/target. Build them with: mvn package");
        }
        return found;
    }

    private <T> T step(String name, Supplier<T> work) {
        PrintWriter out = spec.commandLine().getOut();
        out.printf("%-20s", name);
        out.flush();
        long begin = System.nanoTime();
        boolean done = false;
        try {
            T result = work.get();
            done = true;
            return result;
        } finally {
            out.println(
                    done ? String.format(Locale.ROOT, "ready in %.1f s", (System.nanoTime() - begin) / 1e9) : "failed");
            out.flush();
        }
    }

    private void printAddresses(
            BookstoreDatabase database,
            EmbeddedIdentity identity,
            EmbeddedRuntime runtime,
            Mailbox mailbox,
            SmtpSettings smtp,
            List<String> deployed,
            ObservabilityHandler observability,
            Optional<FirstAdministrator> administrator) {
        String api = runtime.baseUri().toString();
        say("");
        say("The bookstore is open.");
        say("  shop       " + storefront.origin());
        say("  APIs       "
                + String.join(
                        "  ",
                        runtime.apiContexts().stream()
                                .sorted()
                                .map(context -> api + context)
                                .toList()));
        say("  identity   " + identity.issuer() + "  (certificate " + identity.caCertificate() + ")");
        say("  sign-in    " + identity.browserAddress()
                + "/oauth2/authorize  (the same server for browsers of this machine)");
        say("  SCIM       " + identity.scimAddress());
        say("  users      "
                + administrator
                        .map(UpCommand::whoSignsIn)
                        .orElse("customer, staff, admin; their password is " + EmbeddedIdentity.DEMO_PASSWORD));
        say("  mails      " + (mailbox == null ? "sent by " + smtp : mailbox.address() + "  or: ./bookstore mails"));
        say("  database   " + database.jdbcUrl().replaceFirst("\\?.*", "")
                + (database.isEmbedded() ? "  (embedded)" : ""));
        say("  metrics    http://localhost:" + observability.metricsPort() + "/metrics");
        say("  CARs       " + String.join("  ", deployed));
        say("");
        say("Try it in another terminal, in this directory:");
        administrator.ifPresentOrElse(first -> suggestToAdministrator(api, first), () -> suggestToCustomer(api));
        say("");
        say("Ctrl-C stops it.");
    }

    private static String whoSignsIn(FirstAdministrator first) {
        return first.userName()
                + first.passwordFile()
                        .map(file -> "; the password is in " + file)
                        .orElse("") + ", and whom administrators let in";
    }

    private void suggestToCustomer(String api) {
        say("  curl '" + api + "/catalog/v1/books?q=dune'");
        say("  TOKEN=$(./bookstore token customer)");
        say("  curl -X POST " + api + "/orders/v1/orders -H \"Authorization: Bearer $TOKEN\" \\");
        say("       -H 'Content-Type: application/json' -H \"Idempotency-Key: $(date +%s)\" \\");
        say("       -d '{\"items\":[{\"bookId\":1,\"quantity\":2}]}'");
        say("  curl " + api + "/orders/v1/orders -H \"Authorization: Bearer $TOKEN\"");
    }

    /** The shop is empty at first. */
    private void suggestToAdministrator(String api, FirstAdministrator first) {
        String password =
                first.passwordFile().map(file -> "--password-file " + file).orElse("--password-file FILE");
        say("  ADMIN=$(./bookstore token " + first.userName() + " " + password + ")");
        say("  curl -X POST " + api + "/inventory/v1/books -H \"Authorization: Bearer $ADMIN\" \\");
        say("       -H 'Content-Type: application/json' -d '{\"title\":\"Dune\",\"price\":9.99,\"stockQuantity\":5}'");
        say("  curl '" + api + "/registrations/v1/registrations?status=pending' -H \"Authorization: Bearer $ADMIN\"");
    }

    private void say(String line) {
        spec.commandLine().getOut().println(line);
        spec.commandLine().getOut().flush();
    }

    private void stopAll() {
        while (!running.isEmpty()) {
            try {
                running.pop().close();
            } catch (Exception e) {
                say("Did not stop cleanly: " + e.getMessage());
            }
        }
    }
}
