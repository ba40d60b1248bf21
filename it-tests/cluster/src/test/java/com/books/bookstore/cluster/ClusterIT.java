package com.books.bookstore.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.books.bookstore.database.BookstoreDatabase;
import com.books.bookstore.it.support.BookstoreSystem;
import com.books.bookstore.it.support.MailSystem;
import com.books.bookstore.it.support.StubIdentityServer;
import com.books.bookstore.it.support.TestIdentityProvider;
import com.books.bookstore.it.support.User;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.mail.MessagingException;
import javax.mail.internet.MimeMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Customers order from two nodes of the bookstore, which use three database servers, while a database server is killed, frozen, cut off and
 * comes back, and a node is killed: what was acknowledged is there once, no book is sold that is not there, and every email goes out.
 */
class ClusterIT {

    private static final int CLIENTS = 16;
    private static final int BOOKS = 40;
    /** The first books, which are ordered most, run out. */
    private static final int SCARCE_BOOKS = 5;

    private static final int SCARCE = 60;
    private static final int PLENTY = 1_000_000;
    private static final int FIRST_BOOK = 1001;
    private static final String NO_LIMIT = "999999999/1";
    private static final Duration FREEZE = Duration.ofSeconds(12);
    private static final Duration ISOLATION = Duration.ofSeconds(15);

    private static final Path TARGET = Path.of("target").toAbsolutePath();

    private final List<String> report = new ArrayList<>();

    @Test
    void nothingIsLostOrDoubledWhileServersFail(@TempDir Path temporary) throws Exception {
        Path directory = Files.createDirectories(temporary.resolve("cluster"));
        // Its own account reads the programs and owns the data.
        for (Path folder : List.of(temporary, directory)) {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        DebianPackages packages = DebianPackages.unpackedInto(Files.createDirectories(directory.resolve("mariadb")));
        GreenMail smtp = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP).dynamicPort());
        TestIdentityProvider identity = new TestIdentityProvider();
        smtp.start();
        try (GaleraCluster cluster = GaleraCluster.start(packages, directory)) {
            Map<String, String> settings = settings(cluster, identity, smtp);
            List<Path> cars = MailSystem.carsThatSendEverySecond(Files.createTempDirectory(TARGET, "cars"));
            try (BookstoreNode one = new BookstoreNode(settings, cars, TARGET.resolve("node1.log"));
                    BookstoreNode two = new BookstoreNode(settings, cars, TARGET.resolve("node2.log"))) {
                one.start();
                two.start();
                run(cluster, one, two, identity, smtp);
            }
        } finally {
            smtp.stop();
            identity.close();
        }
    }

    private Map<String, String> settings(GaleraCluster cluster, TestIdentityProvider identity, GreenMail smtp)
            throws SQLException {
        String parameters;
        try (BookstoreDatabase database = BookstoreDatabase.open(
                Map.of(
                        BookstoreDatabase.URL_VARIABLE,
                        cluster.urlOfFirstNode(),
                        BookstoreDatabase.USER_VARIABLE,
                        "root",
                        BookstoreDatabase.PASSWORD_VARIABLE,
                        ""),
                TARGET,
                0,
                false)) {
            parameters = database.jdbcUrl()
                    .replaceFirst("^[^?]*", "")
                    .replaceAll("[?&](sslMode|socketTimeout|connectTimeout)=[^&]*", "");
            try (Connection connection = database.dataSource().getConnection();
                    Statement statement = connection.createStatement()) {
                for (int book : books()) {
                    int stock = book < FIRST_BOOK + SCARCE_BOOKS ? SCARCE : PLENTY;
                    statement.execute("INSERT INTO books (book_id, title, price, stock_quantity) VALUES (" + book
                            + ", 'Book " + book + "', 10.00, " + stock + ")");
                    statement.execute(
                            "INSERT INTO stock_movements (book_id, type, stock_change, stock_after, actor) VALUES ("
                                    + book + ", 'counted', " + stock + ", " + stock + ", 'test')");
                }
            }
        }
        Map<String, String> settings = new HashMap<>();
        settings.put("BOOKSTORE_DB_URL", cluster.failoverUrl(parameters.replaceFirst("^\\?", "&")));
        settings.put("BOOKSTORE_DB_USER", "root");
        settings.put("BOOKSTORE_DB_PASSWORD", "");
        settings.put("BOOKSTORE_JWKS_URL", identity.jwksAddress());
        settings.put("BOOKSTORE_TOKEN_ISSUER", TestIdentityProvider.ISSUER);
        settings.put("BOOKSTORE_TOKEN_AUDIENCE", TestIdentityProvider.AUDIENCE);
        settings.put("BOOKSTORE_SMTP_HOST", "127.0.0.1");
        settings.put("BOOKSTORE_SMTP_PORT", Integer.toString(smtp.getSmtp().getPort()));
        settings.put("BOOKSTORE_MAIL_FROM", "shop@books.test");
        settings.put("BOOKSTORE_ADMIN_MAIL", "boss@books.test");
        settings.put("BOOKSTORE_MAIL_LEASE_SECONDS", "20");
        settings.put("BOOKSTORE_MAIL_RETRY_SECONDS", "1");
        settings.put("BOOKSTORE_REGISTRATION_CLIENT_SECRET", StubIdentityServer.CLIENT_SECRET);
        settings.put("BOOKSTORE_REGISTRATION_SECRET", BookstoreSystem.REGISTRATION_SECRET);
        settings.put("BOOKSTORE_SHOP_URL", BookstoreSystem.SHOP_URL);
        settings.put("BOOKSTORE_WORKFLOW_INSTANCES_URL", "");
        settings.put("BOOKSTORE_SUMMARY_CRON", "0 0 6 * * ?");
        // The summary of the day before falls due while servers fail.
        settings.putAll(MailSystem.at("2026-03-10T05:59:00Z"));
        for (String limit : List.of("PER_USER", "OF_USERS_IN_ALL", "PER_ADDRESS", "OF_VISITORS_IN_ALL")) {
            settings.put("BOOKSTORE_LIMIT_" + limit, NO_LIMIT);
        }
        return settings;
    }

    private static List<Integer> books() {
        return IntStream.range(FIRST_BOOK, FIRST_BOOK + BOOKS).boxed().toList();
    }

    private void run(
            GaleraCluster cluster, BookstoreNode one, BookstoreNode two, TestIdentityProvider identity, GreenMail smtp)
            throws Exception {
        List<URI> addresses = List.of(one.address(), two.address());
        try (OrderTraffic traffic = new OrderTraffic(CLIENTS, addresses, identity.token(User.CUSTOMER), books())) {
            event(traffic, "nothing fails", cluster, () -> TimeUnit.SECONDS.sleep(10));
            event(traffic, "the database server in use is killed, and started again after 10 s", cluster, () -> {
                cluster.node(0).kill();
                TimeUnit.SECONDS.sleep(10);
                cluster.node(0).start();
            });
            event(traffic, "a database server is frozen for " + FREEZE.toSeconds() + " s", cluster, () -> {
                cluster.node(1).freeze();
                TimeUnit.SECONDS.sleep(FREEZE.toSeconds());
                cluster.node(1).thaw();
            });
            event(traffic, "the first database server is frozen for " + FREEZE.toSeconds() + " s", cluster, () -> {
                cluster.node(0).freeze();
                TimeUnit.SECONDS.sleep(FREEZE.toSeconds());
                cluster.node(0).thaw();
            });
            event(
                    traffic,
                    "the first database server is cut off from the others for " + ISOLATION.toSeconds() + " s",
                    cluster,
                    () -> {
                        cluster.node(0).isolate(true);
                        TimeUnit.SECONDS.sleep(ISOLATION.toSeconds());
                        cluster.node(0).isolate(false);
                    });
            event(traffic, "a node of the bookstore is killed, and started again", cluster, () -> {
                two.kill();
                two.start();
            });
            traffic.finish();
            check(cluster, traffic, smtp);
        }
    }

    /** Something that fails, with some seconds of orders before the next. */
    private interface Event {

        void happen() throws Exception;
    }

    private void event(OrderTraffic traffic, String name, GaleraCluster cluster, Event event) throws Exception {
        Instant begin = Instant.now();
        event.happen();
        Instant over = Instant.now();
        cluster.awaitSynced();
        // As before: orders are placed again.
        await(name)
                .atMost(GaleraCluster.PATIENCE)
                .until(() -> traffic.since(over).placed() > CLIENTS);
        TimeUnit.SECONDS.sleep(5);
        OrderTraffic.Answers answers = traffic.since(begin);
        report.add(String.format(
                Locale.ROOT,
                "| %s | %d | %d | %.1f | %.1f | %.0f |",
                name,
                answers.placed(),
                answers.failed(),
                answers.failing().toMillis() / 1e3,
                answers.longest().toMillis() / 1e3,
                Duration.between(begin, Instant.now()).toMillis() / 1e3));
        System.out.println(report.get(report.size() - 1));
    }

    private void check(GaleraCluster cluster, OrderTraffic traffic, GreenMail smtp) throws Exception {
        int orders = traffic.acknowledged().size();
        System.out.println("Requests by status: " + traffic.statuses() + "; orders: " + orders);
        assertThat(traffic.statuses().keySet())
                .as("a cluster that fails is no internal error")
                .isSubsetOf(0, 201, 409, 503);
        assertThat(new HashSet<>(traffic.acknowledged()))
                .as("an order for each key")
                .hasSize(orders);
        assertThat(cluster.agreed("SELECT COUNT(*) FROM orders")).isEqualTo(orders);
        assertThat(cluster.agreed("SELECT COUNT(DISTINCT idempotency_key) FROM orders"))
                .isEqualTo(orders);
        String ids = String.join(
                ",", traffic.acknowledged().stream().map(String::valueOf).toList());
        assertThat(cluster.agreed("SELECT COUNT(*) FROM orders WHERE order_id IN (" + ids + ")"))
                .isEqualTo(orders);

        assertThat(cluster.agreed("SELECT MIN(stock_quantity) FROM books")).isNotNegative();
        assertThat(cluster.agreed("SELECT SUM(stock_quantity) FROM books"))
                .isEqualTo((long) SCARCE_BOOKS * SCARCE
                        + (long) (BOOKS - SCARCE_BOOKS) * PLENTY
                        - cluster.agreed("SELECT SUM(quantity) FROM order_items"));
        assertThat(cluster.agreed("SELECT COUNT(*) FROM books b WHERE b.stock_quantity <>"
                        + " (SELECT SUM(m.stock_change) FROM stock_movements m WHERE m.book_id = b.book_id)"))
                .isZero();

        await("all emails are sent")
                .atMost(Duration.ofMinutes(5))
                .until(() -> cluster.agreed("SELECT COUNT(*) FROM mail_outbox WHERE status <> 'sent'") == 0);
        assertThat(cluster.agreed("SELECT COUNT(*) FROM mail_outbox WHERE kind = 'order_placed'"))
                .isEqualTo(orders);
        assertThat(cluster.agreed("SELECT COUNT(*) FROM mail_outbox WHERE kind = 'summary'"))
                .isEqualTo(2);
        assertThat(cluster.agreed("SELECT COUNT(*) FROM mail_outbox WHERE mail_key LIKE '%2026-03-09%'"))
                .isEqualTo(1);
        MimeMessage[] received = smtp.getReceivedMessages();
        Map<String, Long> byMessageId = new HashMap<>();
        for (MimeMessage email : received) {
            byMessageId.merge(messageId(email), 1L, Long::sum);
        }
        assertThat(byMessageId).as("one email for each row of the outbox").hasSize(orders + 2);
        long repeated = (long) received.length - byMessageId.size();
        byMessageId.forEach((messageId, count) -> {
            if (count > 1) {
                System.out.println("Sent " + count + " times: " + messageId + ", email "
                        + cluster.agreed("SELECT mail_id FROM mail_outbox WHERE CONCAT('<', message_id, '>') = '"
                                + messageId + "'"));
            }
        });
        report.add(0, "|---|---:|---:|---:|---:|---:|");
        report.add(
                0,
                "| what happens | orders placed | requests failed | s from the first to the last of these | s without any order | s in all |");
        report.add("");
        report.add(orders + " orders, each once; requests by status (0: connection lost): " + traffic.statuses() + "; "
                + byMessageId.size() + " emails, of which " + repeated + " went out a second time.");
        Files.write(TARGET.resolve("cluster.md"), report);
        report.forEach(System.out::println);
        // One that was sent when its server or node failed, and could not be noted, goes out again under the same
        // Message-ID.
        assertThat(repeated).isLessThanOrEqualTo(8);
        assertThat(Arrays.stream(received).filter(ClusterIT::isSummary).count()).isEqualTo(2);
    }

    private static String messageId(MimeMessage email) {
        try {
            return email.getMessageID();
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isSummary(MimeMessage email) {
        try {
            return email.getSubject().startsWith("books.com on ");
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }
}
