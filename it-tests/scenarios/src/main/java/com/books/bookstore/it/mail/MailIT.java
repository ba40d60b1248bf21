package com.books.bookstore.it.mail;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import com.books.bookstore.it.support.MailSystem;
import com.books.bookstore.it.support.NeedsControl;
import com.books.bookstore.it.support.NodeProcess;
import com.books.bookstore.it.support.User;
import com.books.bookstore.runtime.EmbeddedRuntime;
import com.icegreen.greenmail.user.MessageDeliveryHandler;
import com.icegreen.greenmail.user.UserException;
import com.icegreen.greenmail.user.UserManager;
import com.icegreen.greenmail.util.GreenMail;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.mail.Address;
import javax.mail.MessagingException;
import javax.mail.internet.MimeMessage;
import javax.mail.internet.MimeMultipart;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Emails from an order to a real mail server, while parts in between fail and return. */
@NeedsControl
class MailIT {

    /** Long enough for a task to run twice on a busy machine. */
    private static final int PATIENCE = 40;

    private static final String NEVER = "0 0 6 * * ? 2020";
    private static final String AT_SIX = "0 0 6 * * ?";

    private static MailSystem system;

    @BeforeAll
    static void start() {
        system = new MailSystem();
    }

    @AfterAll
    static void stop() {
        system.close();
    }

    @BeforeEach
    void emptyOutbox() {
        system.execute("DELETE FROM mail_outbox");
    }

    @AfterEach
    void stopEverythingButTheDatabase() {
        system.stopNodes();
        system.stopSmtp();
    }

    @Test
    void everyStepOfAnOrderIsMailedToItsCustomerOnce() throws Exception {
        GreenMail smtp = system.startSmtp();
        EmbeddedRuntime node = system.startNode(NEVER);
        int book = system.newBook(node, "Emma & <friends>");
        int completed = system.placedOrder(node, book, "place-1");
        system.as(User.STAFF, node)
                .header("X-Correlation-ID", "complete-1")
                .post("/orders/v1/orders/" + completed + "/complete")
                .then()
                .statusCode(200);
        int cancelled = system.placedOrder(node, book, "place-2");
        system.as(User.CUSTOMER, node)
                .header("X-Correlation-ID", "cancel-2")
                .post("/orders/v1/orders/" + cancelled + "/cancel")
                .then()
                .statusCode(200);

        Map<String, MimeMessage> mails = received(smtp, 4);

        MimeMessage placed = mails.get("Your order " + completed + " at books.com");
        assertThat(addresses(placed.getFrom())).containsExactly("shop@books.test");
        assertThat(addresses(placed.getAllRecipients())).containsExactly(User.CUSTOMER.email());
        assertThat(placed.getHeader("X-Correlation-ID")).containsExactly("place-1");
        assertThat(placed.getHeader("Message-ID")[0]).matches("<[0-9a-f-]{36}@books\\.com>");
        assertThat(placed.getHeader("SOAPAction")).containsExactly("");
        assertThat(placed.getContentType()).startsWith("multipart/alternative");
        MimeMultipart parts = (MimeMultipart) placed.getContent();
        assertThat(parts.getBodyPart(0).getContentType()).startsWith("text/plain");
        assertThat((String) parts.getBodyPart(0).getContent())
                .contains("Order " + completed, "pending", "2 x Emma & <friends>", "25.00 USD");
        assertThat(parts.getBodyPart(1).getContentType()).startsWith("text/html");
        assertThat((String) parts.getBodyPart(1).getContent())
                .contains("Order " + completed, "pending", "Emma &amp; &lt;friends&gt;", "25.00 USD");
        assertThat(text(mails.get("Your order " + completed + " at books.com is completed")))
                .contains("Status: completed");
        MimeMessage cancellation = mails.get("Your order " + cancelled + " at books.com is cancelled");
        assertThat(text(cancellation)).contains("Status: cancelled");
        assertThat(cancellation.getHeader("X-Correlation-ID")).containsExactly("cancel-2");
        allAreNotedAsSent(4);
        system.as(User.ADMIN, node)
                .get("/mails/v1/mails?status=sent&limit=2")
                .then()
                .statusCode(200)
                .body("total", equalTo(4))
                .body("items.size()", equalTo(2))
                .body("items[0].lastError", equalTo(null));
    }

    @Test
    void anOrderThatIsNotPaidInTimeIsCancelledAndItsCustomerIsTold() throws Exception {
        // The task ends at the first pending order that is young enough; other tests may have left some.
        system.execute("UPDATE orders SET payment_status = 'completed' WHERE payment_status = 'pending'");
        GreenMail smtp = system.startSmtp();
        EmbeddedRuntime node = system.startNode(NEVER);
        int order = system.placedOrder(node, system.newBook(node, "Unpaid"), "unpaid");
        received(smtp, 1);
        system.execute("UPDATE orders SET order_date = order_date - INTERVAL 25 HOUR WHERE order_id = " + order);
        system.stopNodes();

        EmbeddedRuntime next = system.startNode(NEVER, Map.of("BOOKSTORE_CANCEL_UNPAID_HOURS", "24"));

        assertThat(text(received(smtp, 2).get("Your order " + order + " at books.com is cancelled")))
                .contains("not paid in time");
        system.as(User.STAFF, next)
                .get("/orders/v1/orders/" + order + "/history")
                .then()
                .statusCode(200)
                .body("items.event", contains("placed", "cancelled"))
                .body("items[1].actor", equalTo("system"));
    }

    @Test
    void anOrderThatIsRefusedLeavesNoMail() {
        system.startSmtp();
        EmbeddedRuntime node = system.startNode(NEVER);
        int book = system.newBook(node, "Scarce");
        system.order(node, book, 101, "x").then().statusCode(409);
        assertThat(system.count("SELECT COUNT(*) FROM mail_outbox")).isZero();
    }

    @Test
    void withoutTheMailServerEmailsWaitAndGoOutOnceWhenItIsBack() throws Exception {
        EmbeddedRuntime node = system.startNode(NEVER);
        int book = system.newBook(node, "Patience");
        int order = system.placedOrder(node, book, "while-down");
        await().atMost(PATIENCE, SECONDS)
                .until(() -> system.count("SELECT COUNT(*) FROM mail_outbox WHERE last_error IS NOT NULL") == 1);
        system.as(User.ADMIN, node)
                .get("/mails/v1/mails?status=waiting")
                .then()
                .statusCode(200)
                .body("items.lastError", hasItem(containsString("ConnectException")));

        GreenMail smtp = system.startSmtp();

        assertThat(received(smtp, 1)).containsKey("Your order " + order + " at books.com");
        allAreNotedAsSent(1);
    }

    @Test
    void aRefusedRecipientDelaysNoOthersAndIsFinallyGivenUp() throws Exception {
        GreenMail smtp = system.startSmtp();
        UserManager mailboxes = smtp.getManagers().getUserManager();
        MessageDeliveryHandler accepting = mailboxes.getMessageDeliveryHandler();
        mailboxes.setMessageDeliveryHandler((message, address) -> {
            if (address.getEmail().equals(User.CUSTOMER.email())) {
                throw new UserException("mailbox unavailable");
            }
            return accepting.handle(message, address);
        });
        EmbeddedRuntime node = system.startNode(NEVER);
        int book = system.newBook(node, "Refused");
        system.placedOrder(node, book, "refused");
        system.as(User.ADMIN, node)
                .post("/reports/v1/summaries/2026-01-01/mail")
                .then()
                .statusCode(202);

        await().atMost(PATIENCE, SECONDS)
                .until(() -> system.count("SELECT COUNT(*) FROM mail_outbox WHERE kind = 'summary' AND status = 'sent'")
                        == 1);
        await().atMost(PATIENCE, SECONDS)
                .until(() -> system.count("SELECT COUNT(*) FROM mail_outbox WHERE status = 'dead'") == 1);
        String dead = system.as(User.ADMIN, node)
                .get("/mails/v1/mails?status=dead")
                .then()
                .statusCode(200)
                .body("items[0].attempts", equalTo(MailSystem.MAX_ATTEMPTS))
                .body("items[0].kind", equalTo("order_placed"))
                .extract()
                .jsonPath()
                .getString("items[0].mailId");

        mailboxes.setMessageDeliveryHandler(accepting);
        system.as(User.ADMIN, node)
                .post("/mails/v1/mails/" + dead + "/requeue")
                .then()
                .statusCode(202)
                .body("status", equalTo("waiting"));
        await().atMost(PATIENCE, SECONDS)
                .until(() -> system.count("SELECT COUNT(*) FROM mail_outbox WHERE status = 'sent'") == 2);
    }

    @Test
    void aMailForAnImpossibleAddressIsGivenUpAtOnce() {
        system.startSmtp();
        system.queueMail("impossible");
        system.execute("UPDATE mail_outbox SET recipients = 'a@b.c\\r\\nBcc: all@example.com'");
        system.startNode(NEVER);
        await().atMost(PATIENCE, SECONDS)
                .until(() -> system.count("SELECT COUNT(*) FROM mail_outbox WHERE status = 'dead' AND attempts = 1 "
                                + "AND last_error LIKE '%is not a valid email address%'")
                        == 1);
    }

    /** The mail server never answers, so the node is certainly between claiming and sending when it is killed. */
    @Test
    void aNodeKilledWhileSendingLosesNoMail(@TempDir Path directory) throws Exception {
        try (ServerSocket silent = new ServerSocket(system.smtpPort(), 50, InetAddress.getByName("127.0.0.1"))) {
            silent.setSoTimeout((int) SECONDS.toMillis(PATIENCE));
            Process node = startNodeProcess(directory.resolve("log"));
            try (Socket connection = silent.accept()) {
                assertThat(connection.isConnected()).isTrue();
                assertThat(system.count("SELECT COUNT(*) FROM mail_outbox WHERE claim IS NOT NULL"))
                        .isEqualTo(1);
            } finally {
                node.destroyForcibly().waitFor();
            }
        }
        GreenMail smtp = system.startSmtp();
        system.startNode(NEVER);

        Map<String, MimeMessage> mails = received(smtp, 1);

        assertThat(mails.values().iterator().next().getHeader("Message-ID")).containsExactly("<killed@books.com>");
        allAreNotedAsSent(1);
        assertThat(system.count("SELECT attempts FROM mail_outbox")).isEqualTo(2);
    }

    @Test
    void aRegistrationEmailSurvivesARestartAndTheDatabaseHoldsNoToken() throws Exception {
        EmbeddedRuntime node = system.startNode(NEVER);
        system.as(User.CUSTOMER, node)
                .body("{\"email\":\"jane@books.test\",\"givenName\":\"Jane\",\"familyName\":\"Reader\"}")
                .post("/registrations/v1/registrations")
                .then()
                .statusCode(202);
        await().atMost(PATIENCE, SECONDS)
                .until(() -> system.count("SELECT COUNT(*) FROM mail_outbox WHERE last_error IS NOT NULL") == 1);
        system.stopNodes();
        GreenMail smtp = system.startSmtp();
        system.startNode(NEVER);

        MimeMessage email = received(smtp, 1).get("Confirm your email address at books.com");
        assertThat(addresses(email.getAllRecipients())).containsExactly("jane@books.test");
        assertThat(text(email)).contains("/register/confirm#token=eyJ").doesNotContain("Jane");
        allAreNotedAsSent(1);
        assertThat(system.texts("SELECT CONCAT_WS(' ', document, mail_key, last_error) FROM mail_outbox"))
                .noneMatch(row -> row.contains("eyJ"));
    }

    private static Process startNodeProcess(Path log) throws IOException {
        system.queueMail("killed");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path")));
        system.settings(NEVER).forEach((name, value) -> command.add("-D" + name + "=" + value));
        command.add(NodeProcess.class.getName());
        system.cars().forEach(car -> command.add(car.toString()));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .directory(new File("."))
                .start();
    }

    @Test
    void theDatabaseRestartsAndNothingIsLostOrDoubled() throws Exception {
        GreenMail smtp = system.startSmtp();
        EmbeddedRuntime node = system.startNode(NEVER);
        int book = system.newBook(node, "Persistent");
        int before = system.placedOrder(node, book, "before");
        system.stopDatabase();
        try {
            system.order(node, book, 1, "during").then().statusCode(503);
        } finally {
            system.startDatabase();
        }
        await().atMost(PATIENCE, SECONDS)
                .until(() -> system.as(User.CUSTOMER, node)
                                .get("/catalog/v1/books/" + book)
                                .statusCode()
                        == 200);
        int after = system.placedOrder(node, book, "after");

        assertThat(received(smtp, 2))
                .containsKeys("Your order " + before + " at books.com", "Your order " + after + " at books.com");
        allAreNotedAsSent(2);
    }

    @Test
    void theSummaryOfYesterdayGoesOutAtSixInTheMorning() throws Exception {
        GreenMail smtp = system.startSmtp();
        EmbeddedRuntime node = system.startNode(AT_SIX, MailSystem.at("2026-03-10T05:45:00Z"));
        await().atMost(PATIENCE, SECONDS).until(() -> summaries().equals(List.of("2026-03-08")));
        int order = system.placedOrder(node, system.newBook(node, "Yesterday"), "yesterday");
        system.execute("UPDATE order_history SET occurred_at = '2026-03-09 23:59:59.999' WHERE order_id = " + order);
        system.execute("INSERT IGNORE INTO figures_pending SELECT order_history_id FROM order_history WHERE order_id = "
                + order);
        system.stopNodes();

        system.startNode(AT_SIX, MailSystem.at("2026-03-10T06:00:00Z"));

        await().atMost(PATIENCE, SECONDS)
                .until(() -> Arrays.stream(smtp.getReceivedMessages())
                        .anyMatch(mail -> subject(mail).startsWith("books.com on 2026-03-09")));
        assertThat(summaries()).containsExactly("2026-03-08", "2026-03-09");
        MimeMessage summary = Arrays.stream(smtp.getReceivedMessages())
                .filter(mail -> subject(mail).startsWith("books.com on 2026-03-09"))
                .findFirst()
                .orElseThrow();
        assertThat(text(summary)).contains("Monday, 9 March 2026", "Orders placed      1");
        assertThat(addresses(summary.getAllRecipients())).containsExactly("boss@books.test", "desk@books.test");
    }

    @Test
    void twoNodesSendEveryMailOnceAndOneSummary() throws Exception {
        GreenMail smtp = system.startSmtp();
        EmbeddedRuntime one = system.startNode(AT_SIX, MailSystem.at("2026-03-10T06:00:00Z"));
        EmbeddedRuntime two = system.startNode(AT_SIX, MailSystem.at("2026-03-10T06:00:00Z"));
        int book = system.newBook(one, "Shared");
        for (int i = 0; i < 10; i++) {
            system.placedOrder(i % 2 == 0 ? one : two, book, "shared-" + i);
        }

        // One email to two administrators arrives in two mailboxes.
        await().atMost(PATIENCE, SECONDS).until(() -> smtp.getReceivedMessages().length >= 12);
        allAreNotedAsSent(11);
        List<String> subjects =
                Arrays.stream(smtp.getReceivedMessages()).map(MailIT::subject).toList();
        assertThat(subjects).hasSize(12);
        assertThat(subjects.stream().filter(subject -> subject.startsWith("books.com on 2026-03-09")))
                .hasSize(2);
        assertThat(subjects.stream()
                        .filter(subject -> subject.startsWith("Your order"))
                        .distinct())
                .hasSize(10);
    }

    @Test
    void afterANightWithoutANodeTheSummaryGoesOutWhenOneStarts() throws Exception {
        GreenMail smtp = system.startSmtp();
        system.startNode(AT_SIX, MailSystem.at("2026-03-09T22:00:00Z"));
        allAreNotedAsSent(1);
        system.stopNodes();

        system.startNode(AT_SIX, MailSystem.at("2026-03-10T09:30:00Z"));

        allAreNotedAsSent(2);
        assertThat(summaries()).containsExactly("2026-03-08", "2026-03-09");
        assertThat(Arrays.stream(smtp.getReceivedMessages())
                        .map(mail -> header(mail, "Message-ID"))
                        .distinct())
                .hasSize(2);
    }

    @Test
    void afterDaysWithoutANodeEachDayHasItsSummary() throws Exception {
        GreenMail smtp = system.startSmtp();
        system.startNode(AT_SIX, MailSystem.at("2026-03-09T06:00:00Z"));
        allAreNotedAsSent(1);
        system.stopNodes();

        system.startNode(AT_SIX, MailSystem.at("2026-03-12T09:30:00Z"));

        allAreNotedAsSent(4);
        assertThat(summaries()).containsExactly("2026-03-08", "2026-03-09", "2026-03-10", "2026-03-11");
        assertThat(Arrays.stream(smtp.getReceivedMessages())
                        .map(mail -> subject(mail).substring(13, 23))
                        .distinct())
                .containsExactlyInAnyOrder("2026-03-08", "2026-03-09", "2026-03-10", "2026-03-11");
    }

    @Test
    void aSummaryCanBeTriggeredAndSentAgainUnderTheSameMessageId() throws Exception {
        GreenMail smtp = system.startSmtp();
        EmbeddedRuntime node = system.startNode(NEVER);
        for (int time = 1; time <= 2; time++) {
            system.as(User.ADMIN, node)
                    .header("X-Correlation-ID", "by-hand")
                    .post("/reports/v1/summaries/2026-01-03/mail")
                    .then()
                    .statusCode(202)
                    .body("mailKey", equalTo("summary-2026-01-03"));
            int mails = 2 * time;
            await().atMost(PATIENCE, SECONDS).until(() -> smtp.getReceivedMessages().length == mails);
            allAreNotedAsSent(1);
        }
        assertThat(Arrays.stream(smtp.getReceivedMessages())
                        .map(mail -> header(mail, "Message-ID"))
                        .distinct())
                .hasSize(1);
        assertThat(addresses(smtp.getReceivedMessages()[0].getAllRecipients()))
                .containsExactly("boss@books.test", "desk@books.test");
        assertThat(text(smtp.getReceivedMessages()[0])).contains("Saturday, 3 January 2026", "Orders placed      0");
    }

    @Test
    void mailsThatWereSentLongAgoAreDeleted() {
        List.of("old", "recent", "dead").forEach(system::queueMail);
        system.execute(
                "UPDATE mail_outbox SET status = IF(mail_key = 'dead', 'dead', 'sent'), sent_at = UTC_TIMESTAMP(3) - INTERVAL IF(mail_key = 'old', 91, 89) DAY, "
                        + "next_attempt_at = sent_at");
        system.startNode(NEVER);

        await().atMost(PATIENCE, SECONDS)
                .until(() -> system.count("SELECT COUNT(*) FROM mail_outbox WHERE mail_key = 'old'") == 0);
        assertThat(system.count("SELECT COUNT(*) FROM mail_outbox")).isEqualTo(2);
    }

    /** The emails by subject, when so many have arrived; an email that arrived twice has no room among them. */
    private static Map<String, MimeMessage> received(GreenMail smtp, int number) {
        await().atMost(PATIENCE, SECONDS)
                .until(() -> Stream.of(smtp.getReceivedMessages())
                                .map(MailIT::subject)
                                .distinct()
                                .count()
                        == number);
        return Stream.of(smtp.getReceivedMessages())
                .collect(Collectors.toMap(MailIT::subject, mail -> mail, (one, other) -> {
                    if (header(one, "Message-ID").equals(header(other, "Message-ID")) && recipients(one) > 1) {
                        return one;
                    }
                    throw new AssertionError("Arrived twice: " + subject(one));
                }));
    }

    private static void allAreNotedAsSent(int number) {
        await().atMost(PATIENCE, SECONDS)
                .until(() -> system.count("SELECT COUNT(*) FROM mail_outbox WHERE status = 'sent'") == number);
        assertThat(system.count("SELECT COUNT(*) FROM mail_outbox")).isEqualTo(number);
    }

    /** The days whose summary is in the outbox. */
    private static List<String> summaries() {
        return system.texts(
                "SELECT summary_date FROM mail_outbox WHERE summary_date IS NOT NULL ORDER BY summary_date");
    }

    private static String subject(MimeMessage mail) {
        return header(mail, "Subject");
    }

    private static String header(MimeMessage mail, String name) {
        try {
            return mail.getHeader(name)[0];
        } catch (MessagingException e) {
            throw new AssertionError(e);
        }
    }

    private static int recipients(MimeMessage mail) {
        try {
            return mail.getAllRecipients().length;
        } catch (MessagingException e) {
            throw new AssertionError(e);
        }
    }

    private static String text(MimeMessage mail) throws Exception {
        return (String) ((MimeMultipart) mail.getContent()).getBodyPart(0).getContent();
    }

    private static List<String> addresses(Address[] addresses) {
        return Arrays.stream(addresses).map(Address::toString).toList();
    }
}
