package com.books.bookstore.db;

import static org.assertj.core.api.Assertions.assertThat;

import com.books.bookstore.db.support.Shop;
import com.books.bookstore.db.support.Shop.Account;
import com.books.bookstore.db.support.Shop.Answer;
import com.books.bookstore.db.support.Shop.Line;
import com.books.bookstore.db.support.TestDatabase;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class PromotionLimitTest {

    private static final TestDatabase DATABASE = TestDatabase.migrated();
    private final Shop shop = new Shop(DATABASE);
    private final int book = shop.addBook("Emma", 1_000);

    @AfterAll
    static void closeDatabase() {
        DATABASE.close();
    }

    @Test
    void limitsTheUsesOfACustomer() {
        String code = promotion("NULL", "1");
        Account ann = new Account("ann", "ann@books.com");
        int first = order(ann, code, "first").id("orderId");

        assertThat(order(ann, code, "second").outcome()).isEqualTo("promo_used_up");
        assertThat(order(ann, code, "first").outcome()).isEqualTo("replayed");
        assertThat(order(new Account("bob", "ann@books.com"), code, "first").outcome())
                .isEqualTo("placed");
        assertThat(promotionFor(ann, code).get("usesByCustomer").asInt()).isEqualTo(1);
        shop.cancel(first, ann);
        assertThat(promotionFor(ann, code).get("usesByCustomer").asInt()).isZero();
        assertThat(order(ann, code, "third").outcome()).isEqualTo("placed");
    }

    @Test
    void leavesNothingOfARefusedOrder() {
        String code = promotion("1", "NULL");
        order(new Account("ann", "ann@books.com"), code, "a");
        int stock = shop.stock(book);

        assertThat(order(new Account("carl", "carl@books.com"), code, "b").outcome())
                .isEqualTo("promo_used_up");
        assertThat(shop.stock(book)).isEqualTo(stock).isEqualTo(shop.movements(book));
        assertThat(shop.orders(new Account("carl", "carl@books.com"))).isEmpty();
    }

    @Test
    void countsOrdersAtTheSameMoment() throws Exception {
        String code = promotion("7", "2");
        ExecutorService threads = Executors.newFixedThreadPool(20);
        try {
            List<Callable<Answer>> orders = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                Account customer = new Account("customer " + i % 8, i % 8 + "@books.com");
                orders.add(() -> order(customer, code, UUID.randomUUID().toString()));
            }
            int placed = 0;
            for (Future<Answer> answer : threads.invokeAll(orders)) {
                assertThat(answer.get().outcome()).isIn("placed", "promo_used_up");
                placed += answer.get().outcome().equals("placed") ? 1 : 0;
            }
            assertThat(placed).isEqualTo(7);
            assertThat(DATABASE.count(
                            "SELECT MAX(n) FROM (SELECT COUNT(*) AS n FROM orders WHERE promo_code = ? GROUP BY owner) AS o",
                            code))
                    .isLessThanOrEqualTo(2);
            assertUsesAreWhatIsThere(code);
        } finally {
            threads.shutdownNow();
        }
    }

    /** Unlimited codes, too: they may get a limit later. */
    @Test
    void keepsTheUsesOfAnUnlimitedCode() {
        String code = promotion("NULL", "NULL");
        List<Answer> placed = IntStream.range(0, 30)
                .parallel()
                .mapToObj(i -> order(new Account("c" + i % 5, i % 5 + "@books.com"), code, "key " + i))
                .toList();
        placed.stream().limit(8).parallel().forEach(answer -> shop.cancel(answer.id("orderId"), Account.STAFF));
        shop.complete(placed.get(20).id("orderId"));
        shop.returnOrder(placed.get(20).id("orderId"));

        assertUsesAreWhatIsThere(code);
        DATABASE.execute("UPDATE promotions SET max_uses = 22 WHERE code = '" + code + "'");
        assertThat(promotionFor(Account.STAFF, code).get("uses").asInt()).isEqualTo(22);
        assertThat(order(new Account("new", "new@books.com"), code, "n").outcome())
                .isEqualTo("promo_used_up");
        DATABASE.execute("UPDATE promotion_uses SET uses = 7", "CALL count_promotion_uses()");
        assertUsesAreWhatIsThere(code);
    }

    @Test
    void anAccountThatClaimsOrdersHasTheirUses() {
        String code = promotion("NULL", "2");
        Account dora = new Account("dora", "dora@books.com");
        int order = order(new Account("before", "dora@books.com"), code, "old").id("orderId");
        DATABASE.execute(
                "UPDATE orders SET customer_subject = NULL WHERE order_id = " + order, "CALL count_promotion_uses()");
        assertThat(promotionFor(dora, code).get("usesByCustomer").asInt()).isEqualTo(1);

        assertThat(order(dora, code, "a").outcome()).isEqualTo("placed");
        assertThat(promotionFor(dora, code).get("usesByCustomer").asInt()).isEqualTo(2);
        assertUsesAreWhatIsThere(code);
        assertThat(order(dora, code, "b").outcome()).isEqualTo("promo_used_up");
    }

    private static void assertUsesAreWhatIsThere(String code) {
        assertThat(DATABASE.count("SELECT SUM(uses) FROM promotion_uses WHERE promo_code = ?", code))
                .isEqualTo(DATABASE.count(
                        "SELECT COUNT(*) FROM orders WHERE promo_code = ? AND payment_status <> 'cancelled'", code));
        assertThat(DATABASE.rows(
                        "SELECT owner, CAST(uses AS SIGNED) AS uses FROM promotion_customers WHERE promo_code = ? AND uses <> 0 ORDER BY owner",
                        code))
                .isEqualTo(DATABASE.rows(
                        "SELECT owner, COUNT(*) AS uses FROM orders WHERE promo_code = ? AND payment_status <> 'cancelled' GROUP BY owner ORDER BY owner",
                        code));
    }

    private static String promotion(String maxUses, String maxUsesPerCustomer) {
        String code = "P" + UUID.randomUUID().toString().substring(0, 8).toUpperCase(Locale.ROOT);
        DATABASE.execute("INSERT INTO promotions (code, percent_off, max_uses, max_uses_per_customer) VALUES ('" + code
                + "', 10, " + maxUses + ", " + maxUsesPerCustomer + ")");
        return code;
    }

    private Answer order(Account customer, String code, String key) {
        return shop.place(customer, key, "0".repeat(64), Shop.orderJson(code, Line.of(book, 1)));
    }

    private static JsonNode promotionFor(Account customer, String code) {
        return Shop.json((String)
                DATABASE.rows("CALL order_context(?, ?, ?, ?, ?)", "[]", code, customer.subject(), customer.email(), "")
                        .get(0)
                        .get("promotion"));
    }
}
