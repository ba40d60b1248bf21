package com.books.bookstore.identity.registration.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.books.bookstore.identity.registration.Registration;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.threeten.extra.MutableClock;

class MailOutboxTest {

    private static final Registration ANNA =
            new Registration("r-1", "PRIMARY", "anna", "anna@example.com", "Anna Reader");
    private static final OutgoingMail APPROVED =
            new OutgoingMail(MailKind.APPROVED, "anna@example.com", ANNA, null, "carbon.super", "c-1");
    private static final OutgoingMail REJECTED =
            new OutgoingMail(MailKind.REJECTED, "anna@example.com", ANNA, "Too far away.", "carbon.super", null);

    private final MutableClock time = MutableClock.of(Instant.parse("2026-11-22T10:00:00Z"), ZoneOffset.UTC);
    private final List<OutgoingMail> left = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private boolean serverIsAway;
    private boolean classIsMissing;
    private boolean refusedForGood;
    private JdbcDataSource database;

    /** A clock that stands still until it is moved. */
    /** An outbox without its worker: the test does each round. */
    private MailOutbox open(String mode) throws Exception {
        database = new JdbcDataSource();
        database.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1" + mode);
        return reopen();
    }

    private MailOutbox reopen() throws Exception {
        MailStore store = new MailStore(database);
        store.createTable();
        MailOutbox outbox = new MailOutbox(
                store,
                mail -> {
                    if (classIsMissing) {
                        throw new NoClassDefFoundError("javax/activation/DataHandler");
                    }
                    if (refusedForGood) {
                        throw new MailNotSentException("The email is wrong", null, true);
                    }
                    if (serverIsAway) {
                        throw new MailNotSentException("The mail server is unavailable", null);
                    }
                    left.add(mail);
                },
                Duration.ofDays(30),
                time,
                (warning, cause) -> warnings.add(warning));
        outbox.close();
        return outbox;
    }

    @Test
    void aTableOfAnEarlierReleaseIsGivenWhatItLacks() throws Exception {
        open("").close();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("ALTER TABLE BOOKSTORE_REGISTRATION_MAIL DROP COLUMN CORRELATION_ID");
        }
        MailOutbox outbox = reopen();
        outbox.send(APPROVED);
        outbox.sendDue();
        assertThat(left).extracting(OutgoingMail::correlationId).containsExactly("c-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ";MODE=MySQL;DATABASE_TO_LOWER=TRUE", ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE"})
    void aMailLeavesOnceAndIsForgotten(String mode) throws Exception {
        MailOutbox outbox = open(mode);

        outbox.send(REJECTED);
        outbox.send(REJECTED);
        outbox.sendDue();
        outbox.send(REJECTED);
        reopen().sendDue();

        assertThat(left).hasSize(1).first().satisfies(mail -> {
            assertThat(mail.id()).isEqualTo(REJECTED.id());
            assertThat(mail.reason()).isEqualTo("Too far away.");
            assertThat(mail.registration().displayName()).isEqualTo("Anna Reader");
        });
        assertThat(rows()).hasSize(1).first().asString().contains("SENT").doesNotContain("anna", "Too far");
        assertThat(warnings).isEmpty();
    }

    @Test
    void aClassThatTheServerLacksDelaysAnEmailAndIsReported() throws Exception {
        MailOutbox outbox = open("");
        classIsMissing = true;
        outbox.send(APPROVED);
        outbox.sendDue();
        assertThat(warnings).singleElement().asString().contains("attempt 1 of 80", "javax/activation/DataHandler");

        classIsMissing = false;
        time.add(Duration.ofSeconds(10));
        outbox.sendDue();
        assertThat(left).hasSize(1);
    }

    @Test
    void aMailThatWasRefusedLeavesAfterARestart() throws Exception {
        MailOutbox outbox = open("");
        serverIsAway = true;
        outbox.send(APPROVED);
        outbox.sendDue();
        outbox.sendDue();
        assertThat(warnings)
                .containsExactly(
                        "Email APPROVED of request r-1 was not sent, attempt 1 of 80; next attempt in 10 s. The mail server is unavailable");

        serverIsAway = false;
        MailOutbox afterRestart = reopen();
        afterRestart.sendDue();
        assertThat(left).isEmpty();
        time.add(Duration.ofSeconds(10));
        afterRestart.sendDue();

        assertThat(left).extracting(OutgoingMail::id).containsExactly(APPROVED.id());
    }

    @Test
    void anUndeliverableEmailIsGivenUpAndNamedOnce() throws Exception {
        MailOutbox outbox = open("");
        serverIsAway = true;
        outbox.send(APPROVED);
        for (int i = 0; i < 90; i++) {
            outbox.sendDue();
            time.add(Duration.ofHours(1));
        }

        assertThat(warnings).hasSize(MailOutbox.MOST_ATTEMPTS);
        assertThat(warnings.get(MailOutbox.MOST_ATTEMPTS - 1)).contains("given up after 80 attempts");
        assertThat(rows()).first().asString().contains("DEAD");
    }

    @Test
    void anEmailThatIsRefusedForGoodIsGivenUpAtOnce() throws Exception {
        MailOutbox outbox = open("");
        refusedForGood = true;
        outbox.send(APPROVED);
        outbox.sendDue();

        assertThat(warnings)
                .singleElement()
                .asString()
                .endsWith("is given up after 1 attempts. The email is wrong")
                .doesNotContain("anna");
        assertThat(rows()).singleElement().asString().contains("DEAD");
    }

    @Test
    void theMailOfANodeThatDiedWhileSendingIsSentByAnother() throws Exception {
        MailOutbox outbox = open("");
        outbox.send(APPROVED);
        MailStore dying = new MailStore(database);
        MailStore.Due due = dying.due(time.instant()).get(0);
        assertThat(dying.take(due, time.instant().plus(MailOutbox.LEASE))).isTrue();
        assertThat(dying.take(due, time.instant().plus(MailOutbox.LEASE)))
                .as("taken by two")
                .isFalse();

        outbox.sendDue();
        assertThat(left).isEmpty();
        time.add(MailOutbox.LEASE);
        outbox.sendDue();
        assertThat(left).hasSize(1);
    }

    @Test
    void theMailOfADecisionLeavesWhenTheDecisionStands() throws Exception {
        MailOutbox outbox = open("");
        outbox.hold(APPROVED);
        outbox.hold(REJECTED);
        outbox.sendDue();
        assertThat(left).isEmpty();

        outbox.release(APPROVED);
        outbox.discard(REJECTED);
        time.add(Duration.ofHours(1));
        outbox.settleOverdue(mail -> true);
        outbox.sendDue();

        assertThat(left).extracting(OutgoingMail::kind).containsExactly(MailKind.APPROVED);
    }

    @Test
    void aDecisionInTheMidstOfWhichTheServerStoppedIsFinishedLater() throws Exception {
        MailOutbox outbox = open("");
        outbox.hold(APPROVED);
        outbox.hold(REJECTED);
        List<MailKind> finished = new ArrayList<>();
        MailOutbox.Decisions approvedOnly = mail -> {
            finished.add(mail.kind());
            return mail.kind() == MailKind.APPROVED;
        };

        outbox.settleOverdue(approvedOnly);
        assertThat(finished).isEmpty();
        time.add(MailOutbox.HOLD);
        outbox.settleOverdue(mail -> {
            throw new IllegalStateException("the user store is unavailable");
        });
        time.add(MailOutbox.HOLD);
        outbox.settleOverdue(approvedOnly);
        outbox.settleOverdue(approvedOnly);
        outbox.sendDue();

        assertThat(finished).containsExactlyInAnyOrder(MailKind.APPROVED, MailKind.REJECTED);
        assertThat(left).extracting(OutgoingMail::kind).containsExactly(MailKind.APPROVED);
    }

    @Test
    void pausesGrowToAnHour() {
        assertThat(List.of(1, 2, 3, 6, 7, 12))
                .map(MailOutbox::pause)
                .map(Duration::toSeconds)
                .containsExactly(10L, 30L, 90L, 2430L, 3600L, 3600L);
    }

    private List<String> rows() throws Exception {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT * FROM BOOKSTORE_REGISTRATION_MAIL")) {
            List<String> found = new ArrayList<>();
            while (rows.next()) {
                StringBuilder row = new StringBuilder();
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    row.append(rows.getString(i)).append(' ');
                }
                found.add(row.toString());
            }
            return found;
        }
    }
}
