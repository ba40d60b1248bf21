package com.books.bookstore.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.books.bookstore.db.support.DatabaseRefusal;
import com.books.bookstore.db.support.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The emails that prove an applicant's address, before they are sent, and how many of them an address gets. */
@Tag("slow")
class RegistrationEmailsTest {

    private static final int DAY = 86_400;
    private static final TestDatabase DATABASE = TestDatabase.migrated();

    @AfterAll
    static void closeDatabase() {
        DATABASE.close();
    }

    @BeforeEach
    void empty() {
        DATABASE.execute("DELETE FROM mail_outbox");
        DATABASE.execute("DELETE FROM registration_windows");
    }

    @Test
    void anAddressGetsSoManyEmailsInAWindowAndTheAnswerDoesNotSay() {
        for (int i = 0; i < 5; i++) {
            assertThat(queue("jane@books.com", 3, DAY)).isEqualTo("accepted");
        }
        assertThat(queue("max@books.com", 3, DAY)).isEqualTo("accepted");

        assertThat(emailsTo("jane@books.com")).isEqualTo(3);
        assertThat(emailsTo("max@books.com")).isEqualTo(1);
        assertThat(suppressed()).isEqualTo(2);

        DATABASE.execute("UPDATE registration_windows SET ends_at = UTC_TIMESTAMP(3)");
        queue("jane@books.com", 3, DAY);
        assertThat(emailsTo("jane@books.com")).isEqualTo(4);
        assertThat(suppressed()).isZero();
    }

    @Test
    void theLimitHoldsForAllNodesTogether() throws Exception {
        ExecutorService nodes = Executors.newFixedThreadPool(8);
        List<Future<String>> answers = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            answers.add(nodes.submit(() -> queue("flooded@books.com", 5, DAY)));
        }
        for (Future<String> answer : answers) {
            assertThat(answer.get()).isEqualTo("accepted");
        }
        nodes.shutdown();

        assertThat(emailsTo("flooded@books.com")).isEqualTo(5);
        assertThat(suppressed()).isEqualTo(35);
    }

    @Test
    void onlyAHashOfTheAddressIsCounted() {
        queue("jane@books.com", 0, DAY);

        assertThat(DATABASE.value("SELECT email_hash FROM registration_windows").toString())
                .matches("[0-9a-f]{64}");
        assertThat(emailsTo("jane@books.com")).isZero();
    }

    @Test
    void namesAreDeletedAfterADayWhateverIsKept() {
        queue("sent@books.com", 5, DAY);
        queue("dead@books.com", 5, DAY);
        queue("waiting@books.com", 5, DAY);
        DATABASE.execute(
                "UPDATE mail_outbox SET status = 'sent', sent_at = created_at WHERE recipients = 'sent@books.com'");
        DATABASE.execute("UPDATE mail_outbox SET status = 'dead' WHERE recipients = 'dead@books.com'");
        assertThat(DATABASE.count("CALL purge_mails(0, 10)")).isZero();

        DATABASE.execute("UPDATE mail_outbox SET created_at = created_at - INTERVAL 25 HOUR");
        DATABASE.execute("UPDATE registration_windows SET ends_at = ends_at - INTERVAL 25 HOUR");
        assertThat(DATABASE.count("CALL purge_mails(0, 10)")).isEqualTo(2);

        assertThat(emailsTo("waiting@books.com")).isEqualTo(1);
        assertThat(DATABASE.count("SELECT COUNT(*) FROM registration_windows")).isZero();
    }

    private static String submit(String id, String kind, String recipient) {
        return DATABASE.value("CALL queue_registration_email('" + id + "', '" + kind + "', '" + recipient
                        + "', '{\"subject\":\"s\",\"text\":\"t\",\"html\":\"h\"}', 'request-1')")
                .toString();
    }

    @Test
    void anEmailOfTheIdentityServerIsTakenOnceUnderItsName() {
        String id = UUID.randomUUID().toString();

        assertThat(submit(id, "registration_not_created", "boss@books.com")).isEqualTo("queued");
        assertThat(submit(id, "registration_not_created", "boss@books.com")).isEqualTo("replayed");
        assertThat(submit(id, "registration_not_created", "jane@books.com")).isEqualTo("key_reused");
        assertThat(submit(id, "registration_failed", "boss@books.com")).isEqualTo("key_reused");

        assertThat(DATABASE.value("SELECT CONCAT_WS(' ', kind, recipients, message_id, status) FROM mail_outbox"
                        + " WHERE mail_key = 'registration-" + id + "'"))
                .hasToString("registration_not_created boss@books.com " + id + "@books.com waiting");
    }

    @Test
    void emailsAboutRegistrationsAreDeletedWithTheDecisionsOnesThatWaitStay() {
        for (String state : List.of("sent", "dead", "waiting")) {
            submit(UUID.randomUUID().toString(), "registration_rejected", state + "-30@books.com");
            submit(UUID.randomUUID().toString(), "registration_rejected", state + "-29@books.com");
            DATABASE.execute("UPDATE mail_outbox SET status = '" + state + "' WHERE recipients LIKE '" + state + "-%'");
        }
        DATABASE.execute(
                "UPDATE mail_outbox SET created_at = created_at - INTERVAL 30 DAY WHERE recipients LIKE '%-30@%'");

        assertThat(DATABASE.count("CALL purge_registration_emails(30, 1)")).isEqualTo(1);
        assertThat(DATABASE.count("CALL purge_registration_emails(30, 10)")).isEqualTo(1);
        assertThat(DATABASE.count("CALL purge_registration_emails(30, 10)")).isZero();

        assertThat(DATABASE.value("SELECT GROUP_CONCAT(recipients ORDER BY recipients) FROM mail_outbox"))
                .hasToString("dead-29@books.com,sent-29@books.com,waiting-29@books.com,waiting-30@books.com");
    }

    /** Visitors mistype addresses, and could raise the alarm on purpose. */
    @Test
    void undeliverableEmailsRaiseNoAlarm() {
        queue("typo@books.com", 5, DAY);
        DATABASE.execute("UPDATE mail_outbox SET status = 'dead'");

        assertThat(DATABASE.count("SELECT dead FROM mail_queue")).isZero();
    }

    @Test
    void otherKindsAreStillRefused() {
        assumeTrue(DATABASE.enforcesChecks(), "MySQL before 8.0.16 reads CHECK constraints and ignores them");
        assertThatThrownBy(() -> DATABASE.execute(
                        "INSERT INTO mail_outbox (mail_key, kind, recipients, message_id, document, created_at, next_attempt_at) "
                                + "VALUES ('x', 'other', '', 'x', '{}', UTC_TIMESTAMP(3), UTC_TIMESTAMP(3))"))
                .isInstanceOf(DatabaseRefusal.class);
    }

    private static String queue(String email, int limit, int window) {
        return DATABASE.value(
                        "CALL queue_registration(?, '{\"givenName\":\"J\",\"familyName\":\"R\"}', 'request-1', ?, ?)",
                        email,
                        limit,
                        window)
                .toString();
    }

    private static long emailsTo(String email) {
        return DATABASE.count(
                "SELECT COUNT(*) FROM mail_outbox WHERE kind = 'registration' AND recipients = '" + email + "'");
    }

    private static long suppressed() {
        return DATABASE.count(
                "SELECT value FROM metrics_business WHERE name = 'bookstore_registration_emails_suppressed'");
    }
}
