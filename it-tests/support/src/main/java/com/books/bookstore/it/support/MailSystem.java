package com.books.bookstore.it.support;

import com.books.bookstore.database.BookstoreDatabase;
import com.books.bookstore.database.EmbeddedMariaDb;
import com.books.bookstore.embedded.FreePort;
import com.books.bookstore.launcher.BookstoreRuntime;
import com.books.bookstore.runtime.EmbeddedRuntime;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A shop for the tests of emails, whose parts can be stopped: a database, a mail server at a fixed address, and as many
 * nodes as a test starts.
 */
public final class MailSystem implements AutoCloseable {

    /** How long a dead node's email is left alone. */
    public static final int LEASE_SECONDS = 4;

    public static final int MAX_ATTEMPTS = 3;

    private static final String USUAL_INTERVAL = "interval=\"5\"";

    private final Path databaseDirectory;
    private final TestIdentityProvider identityProvider = new TestIdentityProvider();
    private final List<EmbeddedRuntime> nodes = new ArrayList<>();
    private final int smtpPort = FreePort.next();
    private final BookstoreDatabase database;
    private final List<Path> cars;
    private EmbeddedMariaDb server;
    private GreenMail smtp;

    public MailSystem() {
        databaseDirectory = TestDatabase.directory("mail-database");
        cars = carsThatSendEverySecond(TestDatabase.directory("mail-cars"));
        server = EmbeddedMariaDb.start(databaseDirectory, 0);
        database = TestDatabase.on(server, databaseDirectory);
    }

    /** Copies of the CARs that were just built, but with a task that looks for emails every second, because nearly every test waits for it. */
    public static List<Path> carsThatSendEverySecond(Path directory) {
        List<Path> cars = new ArrayList<>();
        int tasks = 0;
        try {
            for (Path built : Checkout.cars()) {
                Path car = Files.copy(built, directory.resolve(built.getFileName()));
                try (FileSystem content = FileSystems.newFileSystem(car);
                        Stream<Path> files = Files.walk(content.getPath("/"))) {
                    for (Path task : files.filter(file -> file.toString().matches(".*/SendMailsTask-[^/]*\\.xml"))
                            .toList()) {
                        String text = Files.readString(task);
                        Files.writeString(task, text.replace(USUAL_INTERVAL, "interval=\"1\""));
                        tasks += text.contains(USUAL_INTERVAL) ? 1 : 0;
                    }
                }
                cars.add(car);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (tasks != 1) {
            throw new IllegalStateException("No task of " + Checkout.cars() + " has " + USUAL_INTERVAL);
        }
        return cars;
    }

    /** What every node of this system deploys. */
    public List<Path> cars() {
        return cars;
    }

    public int smtpPort() {
        return smtpPort;
    }

    /** A mail server without emails. */
    public GreenMail startSmtp() {
        smtp = new GreenMail(new ServerSetup(smtpPort, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        smtp.start();
        return smtp;
    }

    public void stopSmtp() {
        if (smtp != null) {
            smtp.stop();
            smtp = null;
        }
    }

    /** @param cron when summaries are due */
    public EmbeddedRuntime startNode(String cron) {
        return startNode(cron, Map.of());
    }

    /** @param settings that this node has besides the usual ones */
    public EmbeddedRuntime startNode(String cron, Map<String, String> settings) {
        EmbeddedRuntime node = BookstoreRuntime.builder()
                .cars(cars)
                .systemProperties(settings(cron))
                .systemProperties(settings)
                .start();
        nodes.add(node);
        return node;
    }

    /** The setting of a node for which it is a certain time now, when it asks which summaries are due; the time goes on from there. */
    public static Map<String, String> at(String utc) {
        return Map.of(
                "BOOKSTORE_SUMMARY_CLOCK_OFFSET",
                Duration.between(Instant.now(), Instant.parse(utc)).toString());
    }

    /** An email to the administrators that is due; its Message-ID is {@code <name@books.com>}. */
    public void queueMail(String name) {
        execute(
                "INSERT INTO mail_outbox (mail_key, kind, recipients, message_id, correlation_id, document, created_at, next_attempt_at) VALUES ('"
                        + name
                        + "', 'summary', '', '" + name + "@books.com', '" + name
                        + "', '{\"date\":\"2026-01-02\",\"ordersPlaced\":0,\"ordersCompleted\":0,"
                        + "\"ordersCancelled\":0,\"revenue\":0.00,\"discount\":0.00,\"currency\":\"USD\",\"bestSellers\":[],\"lowStock\":[]}', "
                        + "UTC_TIMESTAMP(3), UTC_TIMESTAMP(3))");
    }

    /** What a node is configured with, by system properties. */
    public Map<String, String> settings(String cron) {
        return Map.ofEntries(
                Map.entry("BOOKSTORE_DB_URL", database.jdbcUrl()),
                Map.entry("BOOKSTORE_DB_USER", database.user()),
                Map.entry("BOOKSTORE_DB_PASSWORD", database.password()),
                Map.entry("BOOKSTORE_JWKS_URL", identityProvider.jwksAddress()),
                Map.entry("BOOKSTORE_TOKEN_ISSUER", TestIdentityProvider.ISSUER),
                Map.entry("BOOKSTORE_TOKEN_AUDIENCE", TestIdentityProvider.AUDIENCE),
                Map.entry("BOOKSTORE_SMTP_HOST", "127.0.0.1"),
                Map.entry("BOOKSTORE_SMTP_PORT", Integer.toString(smtpPort)),
                Map.entry("BOOKSTORE_REGISTRATION_CLIENT_SECRET", StubIdentityServer.CLIENT_SECRET),
                Map.entry("BOOKSTORE_REGISTRATION_SECRET", BookstoreSystem.REGISTRATION_SECRET),
                Map.entry("BOOKSTORE_SHOP_URL", BookstoreSystem.SHOP_URL),
                Map.entry("BOOKSTORE_WORKFLOW_INSTANCES_URL", ""),
                Map.entry("BOOKSTORE_MAIL_FROM", "shop@books.test"),
                Map.entry("BOOKSTORE_ADMIN_MAIL", "boss@books.test,desk@books.test"),
                Map.entry("BOOKSTORE_MAIL_LEASE_SECONDS", Integer.toString(LEASE_SECONDS)),
                Map.entry("BOOKSTORE_MAIL_MAX_ATTEMPTS", Integer.toString(MAX_ATTEMPTS)),
                Map.entry("BOOKSTORE_MAIL_RETRY_SECONDS", "1"),
                Map.entry("BOOKSTORE_MAIL_RETRY_MAX_SECONDS", "1"),
                Map.entry("BOOKSTORE_SUMMARY_CRON", cron));
    }

    public void stopNodes() {
        nodes.forEach(EmbeddedRuntime::close);
        nodes.clear();
    }

    public void stopDatabase() {
        server.close();
    }

    public void startDatabase() {
        server = EmbeddedMariaDb.start(databaseDirectory, server.port(), server.password());
    }

    /** A request to a node as one of the users. */
    public RequestSpecification as(User user, EmbeddedRuntime node) {
        return RestAssured.given()
                .baseUri(node.baseUri().toString())
                .header("Authorization", "Bearer " + identityProvider.token(user))
                .contentType(ContentType.JSON);
    }

    public int newBook(EmbeddedRuntime node, String title) {
        return as(User.STAFF, node)
                .body(Map.of("title", title, "price", 12.5, "stockQuantity", 100))
                .post("/inventory/v1/books")
                .then()
                .statusCode(201)
                .extract()
                .jsonPath()
                .getInt("bookId");
    }

    public Response order(EmbeddedRuntime node, int book, int quantity, String correlationId) {
        return as(User.CUSTOMER, node)
                .header("Idempotency-Key", Shop.newKey())
                .header("X-Correlation-ID", correlationId)
                .body(Shop.lines(book, quantity))
                .post("/orders/v1/orders");
    }

    public int placedOrder(EmbeddedRuntime node, int book, String correlationId) {
        return order(node, book, 2, correlationId)
                .then()
                .statusCode(201)
                .extract()
                .jsonPath()
                .getInt("orderId");
    }

    public void execute(String sql) {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    public long count(String sql) {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The first column of all rows. */
    public List<String> texts(String sql) {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            List<String> texts = new ArrayList<>();
            while (result.next()) {
                texts.add(result.getString(1));
            }
            return texts;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        stopNodes();
        stopSmtp();
        identityProvider.close();
        database.close();
        server.close();
    }
}
