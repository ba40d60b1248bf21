package com.books.bookstore.db;

import static com.books.bookstore.db.support.Shop.CUSTOMER;
import static org.assertj.core.api.Assertions.assertThat;

import com.books.bookstore.db.support.Shop;
import com.books.bookstore.db.support.Shop.Answer;
import com.books.bookstore.db.support.Shop.Line;
import com.books.bookstore.db.support.TestDatabase;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class OrderContextTest {

    private static final TestDatabase DATABASE = TestDatabase.migrated();
    private final Shop shop = new Shop(DATABASE);

    @BeforeAll
    static void addPromotions() {
        DATABASE.execute("""
                INSERT INTO promotions (code, percent_off, valid_from, valid_until) VALUES
                ('WELCOME10', 10, '2024-01-01 00:00:00', NULL),
                ('SUMMER2024', 12.5, '2024-06-01 00:00:00', '2024-09-01 12:30:00')""");
    }

    @AfterAll
    static void closeDatabase() {
        DATABASE.close();
    }

    @Test
    void showsTheBooksOnSaleWithPriceAndStock() {
        int first = shop.addBook("\"1984\"", 3);
        int second = shop.addBook("İnce Memed", 0);
        int deleted = shop.addBook("Kim", 3);
        shop.deleteBook(deleted, "*");

        Map<String, Object> context = context("[%d,%d,%d,2000000000]".formatted(first, second, deleted), "", "", "");

        assertThat(json(context, "books")).isEqualTo(Shop.json("""
                [{"bookId": %d, "title": "\\"1984\\"", "price": 9.90, "stockQuantity": 3},
                 {"bookId": %d, "title": "İnce Memed", "price": 9.90, "stockQuantity": 0}]""".formatted(first, second)));
    }

    @Test
    void showsNoBooksAsAnEmptyList() {
        assertThat(json(context("[2000000000]", "", "", ""), "books")).isEmpty();
        assertThat(json(context("[]", "", "", ""), "books")).isEmpty();
    }

    @Test
    void showsAPromotionWhateverItsValidityInUtc() {
        assertThat(json(context("[]", "summer2024", "", ""), "promotion")).isEqualTo(Shop.json("""
                {"code": "SUMMER2024", "percentOff": 12.50, "validFrom": "2024-06-01T00:00:00Z",
                 "validUntil": "2024-09-01T12:30:00Z", "maxUses": null, "maxUsesPerCustomer": null, "uses": 0, "usesByCustomer": 0}"""));
        assertThat(json(context("[]", "WELCOME10", "", ""), "promotion")
                        .get("validUntil")
                        .isNull())
                .isTrue();
    }

    @Test
    void knowsNoPromotionOfThatCode() {
        assertThat(context("[]", "FREE", "", "").get("promotion")).isNull();
        assertThat(context("[]", "", "", "").get("promotion")).isNull();
    }

    @Test
    void showsWhatTheKeyWasUsedForAsItWasAnsweredThen() {
        Answer placed = shop.place(CUSTOMER, "a-key", Line.of(shop.addBook("Emma", 3), 1));
        shop.complete(placed.id("orderId"));

        Map<String, Object> context = context("[]", "", CUSTOMER, "a-key");

        assertThat(json(context, "previous")).isEqualTo(placed.document());
        assertThat((String) context.get("fingerprint"))
                .hasSize(64)
                .isEqualTo(DATABASE.value(
                        "SELECT request_fingerprint FROM orders WHERE order_id = ?", placed.id("orderId")));
    }

    @Test
    void knowsNothingOfAKeyThatIsNewOrSomeoneElses() {
        shop.place(CUSTOMER, "her-key", Line.of(shop.addBook("Emma", 3), 1));

        assertThat(context("[]", "", "other@books.com", "her-key"))
                .containsEntry("fingerprint", null)
                .containsEntry("previous", null);
        assertThat(context("[]", "", CUSTOMER, "new-key"))
                .containsEntry("fingerprint", null)
                .containsEntry("previous", null);
    }

    @Test
    void knowsACustomerWhoOrderedAndHasNoUnclaimedOrders() {
        int book = shop.addBook("Lolita", 3);
        assertThat(known("new@books.com")).isZero();

        shop.place("new@books.com", "first", Line.of(book, 1));
        assertThat(known("new@books.com")).isEqualTo(1);

        DATABASE.execute("UPDATE orders SET customer_subject = NULL WHERE user_email = 'new@books.com'");
        assertThat(known("new@books.com")).isZero();
        assertThat(context("[]", "", "new@books.com", "first").get("fingerprint"))
                .isNotNull();
    }

    private static int known(String userEmail) {
        return ((Number) context("[]", "", userEmail, "next").get("known")).intValue();
    }

    private static Map<String, Object> context(
            String bookIds, String promoCode, String userEmail, String idempotencyKey) {
        return DATABASE.rows(
                        "CALL order_context(?, ?, ?, ?, ?)",
                        bookIds,
                        promoCode,
                        Shop.Account.of(userEmail).subject(),
                        userEmail,
                        idempotencyKey)
                .get(0);
    }

    private static JsonNode json(Map<String, Object> context, String column) {
        return Shop.json((String) context.get(column));
    }
}
