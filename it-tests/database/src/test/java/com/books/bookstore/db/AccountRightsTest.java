package com.books.bookstore.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.books.bookstore.db.support.DatabaseRefusal;
import com.books.bookstore.db.support.Shop;
import com.books.bookstore.db.support.Shop.Line;
import com.books.bookstore.db.support.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The account of Micro Integrator has the rights that docs/deployment.md gives it: they are enough, and no more than that. */
@Tag("slow")
class AccountRightsTest {

    private static final Path GUIDE = Path.of("../../docs/deployment.md");
    private static final String PASSWORD = "Of-the-test-1";
    private static final TestDatabase OWNER = TestDatabase.migrated();
    private static TestDatabase account;

    @BeforeAll
    static void giveTheRightsOfTheGuide() throws IOException {
        String schema = (String) OWNER.value("SELECT DATABASE()");
        String user = schema + "_mi";
        List<String> grants = Pattern.compile("(?m)^GRANT (.*) ON bookstore\\.(\\S+) TO bookstore;$")
                .matcher(Files.readString(GUIDE))
                .results()
                .map((MatchResult grant) -> "GRANT " + grant.group(1) + " ON " + schema + "." + grant.group(2) + " TO ")
                .toList();
        assertThat(grants).isNotEmpty();
        for (String host : List.of("%", "localhost")) {
            String name = "'" + user + "'@'" + host + "'";
            OWNER.execute("CREATE USER " + name + " IDENTIFIED BY '" + PASSWORD + "'");
            grants.forEach(grant -> OWNER.execute(grant + name));
        }
        account = OWNER.as(user, PASSWORD);
    }

    @AfterAll
    static void close() {
        account.close();
        OWNER.close();
    }

    @Test
    void theShopWorks() {
        Shop shop = new Shop(account);
        int book = shop.addBook("Emma", 5);
        int completed = shop.place(Line.of(book, 1)).id("orderId");
        assertThat(shop.complete(completed).outcome()).isEqualTo("completed");
        int cancelled = shop.place(Line.of(book, 2)).id("orderId");
        assertThat(shop.cancel(cancelled, "").outcome()).isEqualTo("cancelled");
        assertThat(shop.deleteBook(shop.addBook("Persuasion", 1), "*").outcome())
                .isEqualTo("deleted");
        OWNER.execute("INSERT INTO book_imports (import_id, actor, created_at) VALUES ('old', 'staff', '2020-01-01')");
        account.rows(
                "CALL stage_import('new', 'staff', 'title,price', '[{\"line\":2,\"title\":\"Emma\",\"price\":9}]')");
        assertThat(account.rows("CALL apply_import('new', 'staff', 1)").get(0).get("outcome"))
                .isEqualTo("applied");
        assertThat(account.rows("SELECT * FROM metrics_business")).isNotEmpty();
    }

    @Test
    void oldMailsAreDeleted() {
        OWNER.execute(
                "INSERT INTO mail_outbox (mail_key, kind, recipients, message_id, document, status, created_at, next_attempt_at, sent_at) VALUES ('old', "
                        + "'order_placed', '', 'id', '{}', 'sent', '2020-01-01', '2020-01-01', '2020-01-01')");
        assertThat(account.count("CALL purge_mails(90, 100)")).isEqualTo(1);
    }

    @Test
    void oldDecisionsAreDeleted() {
        OWNER.execute("INSERT INTO audit_events (kind, subject, actor, details, occurred_at) VALUES "
                + "('registration_rejected', 'old', 'admin', '{}', '2020-01-01')");
        assertThat(account.count("CALL purge_decisions(30, 100)")).isEqualTo(1);
    }

    @Test
    void nothingElseIsDeletedAndNoTableChanged() {
        for (String statement : List.of(
                "DELETE FROM orders",
                "DELETE FROM books",
                "DROP TABLE payments",
                "ALTER TABLE books ADD COLUMN x INT")) {
            assertThatThrownBy(() -> account.execute(statement)).as(statement).isInstanceOf(DatabaseRefusal.class);
        }
    }
}
