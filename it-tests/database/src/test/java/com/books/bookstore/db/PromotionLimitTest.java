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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

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
        } finally {
            threads.shutdownNow();
        }
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
