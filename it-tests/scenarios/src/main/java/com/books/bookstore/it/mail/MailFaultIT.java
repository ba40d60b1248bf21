package com.books.bookstore.it.mail;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.books.bookstore.it.support.CapturedLogs;
import com.books.bookstore.it.support.MailSystem;
import com.books.bookstore.it.support.NeedsControl;
import com.books.bookstore.it.support.ScriptedSmtp;
import com.books.bookstore.tls.ServerCertificate;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.subethamail.smtp.RejectException;

/** Mail servers that are slow, refuse, or are not trusted, and a database that fails between sending and recording. */
@NeedsControl
class MailFaultIT {

    /** Long enough for a task to run twice on a busy machine. */
    private static final int PATIENCE = 40;

    private static final Duration SLOW = Duration.ofMillis(50);
    private static final String NEVER = "0 0 6 * * ? 2020";
    private static final int MAILBOX_BUSY = 450;
    private static final String USER = "books";
    private static final String PASSWORD = "the-password-of-the-mail-server";

    private static MailSystem system;
    private static CapturedLogs logs;
    private static SSLContext usualTrust;

    @BeforeAll
    static void start() throws Exception {
        usualTrust = SSLContext.getDefault();
        system = new MailSystem();
        logs = CapturedLogs.open();
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
    void stopNodes() {
        system.stopNodes();
        SSLContext.setDefault(usualTrust);
    }

    /**
     * Each report waits for a connection for five seconds. If the fault sequence of every email that the run has sent before tried it again, the run
     * would take longer than the patience of this test. An email that was accepted before is recorded when the database is back, if its lease has
     * not ended; one that was refused is sent again.
     */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aDatabaseThatIsLostInTheMiddleOfARunEndsIt(boolean refused) {
        int mails = 12;
        IntStream.rangeClosed(1, mails).forEach(number -> system.queueMail("lost-" + refused + number));
        ScriptedSmtp.Script script = new ScriptedSmtp.Script() {

            @Override
            public void mail(int number) throws RejectException {
                if (number == mails) {
                    system.stopDatabase();
                    if (refused) {
                        throw new RejectException(MAILBOX_BUSY, "try again later");
                    }
                }
            }
        };
        try (ScriptedSmtp smtp = new ScriptedSmtp(system.smtpPort(), script)) {
            system.startNode(
                    NEVER,
                    Map.of(
                            "BOOKSTORE_MAIL_PARALLEL",
                            "1",
                            "BOOKSTORE_MAIL_LEASE_SECONDS",
                            Long.toString(refused ? MailSystem.LEASE_SECONDS : 2 * PATIENCE)));
            try {
                await().atMost(PATIENCE, SECONDS).until(() -> smtp.messageIds().size() == mails);
                String last = smtp.messageIds().get(mails - 1).replaceAll("[<>]|@.*", "");
                await().atMost(PATIENCE, SECONDS)
                        .until(() -> logs.of(last).stream().anyMatch(line -> line.contains("Sending emails failed")));
                assertThat(logs.of(last)).singleElement().asString().contains("SQLState 08");
            } finally {
                system.startDatabase();
            }
            await().atMost(PATIENCE, SECONDS).until(() -> sent() == mails);

            List<String> arrived = smtp.messageIds();
            assertThat(arrived).hasSize(refused ? mails + 1 : mails).endsWith(arrived.get(mails - 1));
            assertThat(arrived.stream().distinct()).hasSize(mails);
        }
    }

    /** Several at a time, and those of one order one after the other. */
    @Test
    void aBurstAtASlowMailServerGoesOutOnceAndInTheOrderOfEachOrder() {
        int orders = 30;
        int emails = 2 * orders;
        for (String step : List.of("placed", "completed")) {
            IntStream.rangeClosed(1, orders).forEach(number -> system.queueMail("order-" + number + "-" + step));
        }
        AtomicInteger busy = new AtomicInteger();
        AtomicInteger busiest = new AtomicInteger();
        ScriptedSmtp.Script script = new ScriptedSmtp.Script() {

            @Override
            public void mail(int number) {
                busiest.accumulateAndGet(busy.incrementAndGet(), Math::max);
                LockSupport.parkNanos(SLOW.toNanos());
                busy.decrementAndGet();
            }
        };
        try (ScriptedSmtp smtp = new ScriptedSmtp(system.smtpPort(), script)) {
            system.startNode(NEVER, Map.of("BOOKSTORE_MAIL_PARALLEL", "4"));
            await().atMost(PATIENCE, SECONDS).until(() -> sent() == emails);

            List<String> arrived = smtp.messageIds();
            assertThat(arrived).hasSize(emails).doesNotHaveDuplicates();
            assertThat(IntStream.rangeClosed(1, orders))
                    .allSatisfy(number -> assertThat(arrived.indexOf("<order-" + number + "-placed@books.com>"))
                            .isLessThan(arrived.indexOf("<order-" + number + "-completed@books.com>")));
            assertThat(busiest.get()).isBetween(2, 4);
            assertThat(smtp.connections()).isLessThan(orders);
            assertThat(system.count("SELECT MAX(attempts) FROM mail_outbox")).isEqualTo(1);
        }
    }

    @Test
    void aMailServerThatTakesTooLongToAnswerGetsTheMailLater() {
        system.queueMail("slow");
        ScriptedSmtp.Script script = new ScriptedSmtp.Script() {

            @Override
            public void recipient(String address) {
                await().atMost(PATIENCE, SECONDS)
                        .until(() ->
                                system.count("SELECT COUNT(*) FROM mail_outbox WHERE last_error IS NOT NULL") == 1);
            }
        };
        system.startNode(NEVER, Map.of("BOOKSTORE_SMTP_TIMEOUT_SECONDS", "1"));
        try (ScriptedSmtp smtp = new ScriptedSmtp(system.smtpPort(), script)) {
            await().atMost(PATIENCE, SECONDS)
                    .until(() -> logs.of("slow").stream()
                            .anyMatch(line -> line.contains("was not sent and will be retried")
                                    && line.contains("SocketTimeoutException")));
            assertThat(smtp.messageIds()).isEmpty();
        }
        try (ScriptedSmtp smtp = new ScriptedSmtp(system.smtpPort(), new ScriptedSmtp.Script() {})) {
            await().atMost(PATIENCE, SECONDS).until(() -> sent() == 1);
            assertThat(smtp.messageIds()).containsExactly("<slow@books.com>");
        }
    }

    /**
     * The first attempt is answered when somebody else has the email. What it reports then counts all the same: also a mail server that takes too
     * long for every attempt does not get a third.
     */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aMailThatTakesLongerThanItsLeaseGoesOutOnceMoreAndIsRecognised(boolean always) {
        String name = always ? "always-slow" : "once-slow";
        system.queueMail(name);
        ScriptedSmtp.Script script = new ScriptedSmtp.Script() {

            @Override
            public void mail(int number) {
                if (number == 1 && always) {
                    await().atMost(PATIENCE, SECONDS)
                            .until(() -> system.count("SELECT attempts FROM mail_outbox") == 2);
                } else if (number == 1 || always) {
                    await().atMost(PATIENCE, SECONDS).until(() -> sent() == 1);
                }
            }
        };
        try (ScriptedSmtp smtp = new ScriptedSmtp(system.smtpPort(), script)) {
            system.startNode(NEVER);
            int late = always ? 2 : 1;
            await().atMost(PATIENCE, SECONDS)
                    .until(() -> logs.of(name).stream()
                                    .filter(line -> line.contains("took longer than its lease"))
                                    .count()
                            == late);

            String id = "<" + name + "@books.com>";
            assertThat(smtp.messageIds()).containsExactly(id, id);
            assertThat(sent()).isEqualTo(1);
            assertThat(system.count("SELECT attempts FROM mail_outbox")).isEqualTo(2);
        }
    }

    /** Another email goes out all the same. */
    @ParameterizedTest
    @CsvSource({"550, 5.1.1 no such user, 2", "450, 4.2.1 come back later, 3", "550, 5.7.1 your address is on a list, 3"
    })
    void aRecipientWhomTheMailServerWillNeverTakeIsGivenUpSooner(int code, String reply, int attempts) {
        String name = "refused-" + code + "-" + attempts;
        system.queueMail(name);
        system.execute("UPDATE mail_outbox SET recipients = 'nobody@example.com'");
        system.queueMail("for-others");
        ScriptedSmtp.Script script = new ScriptedSmtp.Script() {

            @Override
            public void recipient(String address) throws RejectException {
                if (address.equals("nobody@example.com")) {
                    throw new RejectException(code, reply);
                }
            }
        };
        try (ScriptedSmtp smtp = new ScriptedSmtp(system.smtpPort(), script)) {
            system.startNode(NEVER, Map.of("BOOKSTORE_MAIL_REFUSED_ATTEMPTS", "2"));
            await().atMost(PATIENCE, SECONDS)
                    .until(() -> logs.of(name).stream().anyMatch(line -> line.contains("will not be retried")));

            assertThat(system.count("SELECT attempts FROM mail_outbox WHERE status = 'dead'"))
                    .isEqualTo(attempts);
            assertThat(logs.of(name))
                    .hasSize(attempts)
                    .last()
                    .asString()
                    .contains(code + " " + reply)
                    .doesNotContain("nobody@");
            assertThat(smtp.messageIds()).containsExactly("<for-others@books.com>");
        }
    }

    @Test
    void aMailGoesOutEncryptedAndSignedIn() throws Exception {
        system.queueMail("secured");
        SSLContext tls = ServerCertificate.forHosts("localhost").context();
        SSLContext.setDefault(tls);
        try (ScriptedSmtp smtp = new ScriptedSmtp(system.smtpPort(), USER, PASSWORD, Optional.of(tls))) {
            system.startNode(NEVER, secured(PASSWORD));
            await().atMost(PATIENCE, SECONDS).until(() -> sent() == 1);
            assertThat(smtp.messageIds()).containsExactly("<secured@books.com>");
            assertThat(smtp.logins()).isEqualTo(1);
        }
    }

    @Test
    void aWrongPasswordIsOneLineOfTheLogAndNotInIt() throws Exception {
        system.queueMail("wrong-password");
        SSLContext tls = ServerCertificate.forHosts("localhost").context();
        SSLContext.setDefault(tls);
        try (ScriptedSmtp smtp = new ScriptedSmtp(system.smtpPort(), USER, PASSWORD, Optional.of(tls))) {
            system.startNode(NEVER, secured("not-the-password"));
            assertThat(firstFailure("wrong-password")).contains("AuthenticationFailedException[535");
            assertThat(smtp.messageIds()).isEmpty();
        }
        String inBase64 = Base64.getEncoder()
                .encodeToString(("\0" + USER + "\0not-the-password").getBytes(StandardCharsets.US_ASCII));
        assertThat(logs.lines()).noneMatch(line -> line.contains("not-the-password") || line.contains(inBase64));
    }

    /** The JVM's own authorities do not know this certificate. */
    @Test
    void aMailServerWithoutATrustedCertificateGetsNeitherMailNorPassword() throws Exception {
        system.queueMail("untrusted");
        SSLContext tls = ServerCertificate.forHosts("localhost").context();
        try (ScriptedSmtp smtp = new ScriptedSmtp(system.smtpPort(), USER, PASSWORD, Optional.of(tls))) {
            system.startNode(NEVER, secured(PASSWORD));
            assertThat(firstFailure("untrusted"))
                    .contains("Could not convert socket to TLS", "unable to find valid certification path");
            assertThat(smtp.logins()).isZero();
            assertThat(smtp.messageIds()).isEmpty();
        }
    }

    @Test
    void aMailServerWithTheCertificateOfAnotherHostGetsNeitherMailNorPassword() throws Exception {
        system.queueMail("other-host");
        SSLContext tls = ServerCertificate.forHosts("smtp.example.com").context();
        SSLContext.setDefault(tls);
        try (ScriptedSmtp smtp = new ScriptedSmtp(system.smtpPort(), USER, PASSWORD, Optional.of(tls))) {
            system.startNode(NEVER, secured(PASSWORD));
            assertThat(firstFailure("other-host")).contains("Could not convert socket to TLS", "localhost");
            assertThat(smtp.logins()).isZero();
            assertThat(smtp.messageIds()).isEmpty();
        }
    }

    @Test
    void aMailServerThatDoesNotEncryptGetsNeitherMailNorPassword() {
        system.queueMail("plain");
        try (ScriptedSmtp smtp = new ScriptedSmtp(system.smtpPort(), USER, PASSWORD, Optional.empty())) {
            system.startNode(NEVER, secured(PASSWORD));
            assertThat(firstFailure("plain")).contains("STARTTLS is required but host does not support STARTTLS");
            assertThat(smtp.logins()).isZero();
            assertThat(smtp.messageIds()).isEmpty();
        }
    }

    private static Map<String, String> secured(String password) {
        return Map.of(
                "BOOKSTORE_SMTP_HOST",
                "localhost",
                "BOOKSTORE_SMTP_STARTTLS",
                "true",
                "BOOKSTORE_SMTP_USER",
                USER,
                "BOOKSTORE_SMTP_PASSWORD",
                password);
    }

    /** All that the log says of the first attempt of an email: one line, without a stack trace. */
    private static String firstFailure(String name) {
        await().atMost(PATIENCE, SECONDS).until(() -> !logs.of(name).isEmpty());
        system.stopNodes();
        assertThat(logs.of(name))
                .allSatisfy(line -> assertThat(line)
                        .contains("was not sent and will be retried")
                        .hasLineCount(1));
        return logs.of(name).get(0);
    }

    private static long sent() {
        return system.count("SELECT COUNT(*) FROM mail_outbox WHERE status = 'sent'");
    }
}
