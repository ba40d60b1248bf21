package com.books.bookstore.db;

import static org.assertj.core.api.Assertions.assertThat;

import com.books.bookstore.db.support.Shop;
import com.books.bookstore.db.support.TestDatabase;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class AuditTest {

    private static final TestDatabase DATABASE = TestDatabase.migrated();
    private final Shop shop = new Shop(DATABASE);

    @AfterAll
    static void closeDatabase() {
        DATABASE.close();
    }

    @Test
    void hasEveryChangeOfAPriceAndNoOther() {
        int book = shop.createBook("Emma", "", "", new BigDecimal("9.90"), 0).id("bookId");
        shop.updateBook(book, "*", "Emma!", "", "", new BigDecimal("9.90"), "");
        shop.updateBook(book, "*", "Emma!", "", "", new BigDecimal("8.00"), "");

        assertThat(events("price_changed", book))
                .singleElement()
                .satisfies(event -> assertThat(event.get("details"))
                        .isEqualTo(Shop.json("{\"title\": \"Emma!\", \"priceBefore\": 9.90, \"price\": 8.00}")));
    }

    @Test
    void hasTheStockChangesOfStaffOnce() {
        int book =
                shop.createBook("Persuasion", "", "", new BigDecimal("9.90"), 5).id("bookId");
        shop.changeStock(book, "damaged", -1, "wet", "key");
        shop.changeStock(book, "damaged", -1, "wet", "key");

        assertThat(events("stock_changed", book))
                .extracting(event -> event.at("/details/change").intValue())
                .containsExactly(-1, 5);
        assertThat(events("stock_changed", book).get(0).at("/details/reason").textValue())
                .isEqualTo("wet");
    }

    @Test
    void hasDecisionsAndIsFilteredByDay() {
        DATABASE.rows("CALL record_decision('a-1', 'rejected', 'No.', 'admin@books.com')");
        String today = LocalDate.now(ZoneOffset.UTC).toString();

        assertThat(list("registration_rejected", today))
                .extracting(event -> event.get("subject").textValue())
                .containsExactly("a-1");
        assertThat(list("registration_rejected", "2020-01-01")).isEmpty();
        assertThat(list("registration_rejected", "9999-12-31")).isEmpty();
        assertThat(DATABASE.rows("CALL list_audit('registration_rejected', '', 0, 0, 0)")
                        .get(0)
                        .get("total"))
                .hasToString("1");
    }

    @Test
    void decisionsAreDeletedAfterSomeDaysAndNothingElseIs() {
        insert("registration_approved", "old-1", 8);
        insert("registration_rejected", "old-2", 8);
        insert("registration_rejected", "young", 6);
        insert("price_changed", "book", 8);

        assertThat(DATABASE.count("CALL purge_decisions(7, 1)")).isEqualTo(1);
        assertThat(DATABASE.count("CALL purge_decisions(7, 100)")).isEqualTo(1);

        assertThat(DATABASE.rows("SELECT subject FROM audit_events WHERE actor = 'purge' ORDER BY subject"))
                .extracting(event -> event.get("subject"))
                .containsExactly("book", "young");
    }

    private static void insert(String kind, String subject, int daysAgo) {
        DATABASE.execute("INSERT INTO audit_events (kind, subject, actor, details, occurred_at) VALUES ('" + kind
                + "', '" + subject + "', 'purge', '{}', CURRENT_TIMESTAMP(3) - INTERVAL " + daysAgo + " DAY)");
    }

    private static List<JsonNode> events(String kind, int book) {
        return list(kind, "").stream()
                .filter(event -> event.get("subject").textValue().equals(Integer.toString(book)))
                .toList();
    }

    private static List<JsonNode> list(String kind, String day) {
        return DATABASE.rows("CALL list_audit(?, ?, 0, 100, 0)", kind, day).stream()
                .map(row -> Shop.json((String) row.get("document")))
                .toList();
    }
}
