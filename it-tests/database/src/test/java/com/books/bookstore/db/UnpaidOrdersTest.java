package com.books.bookstore.db;

import static org.assertj.core.api.Assertions.assertThat;

import com.books.bookstore.db.support.Shop;
import com.books.bookstore.db.support.Shop.Line;
import com.books.bookstore.db.support.TestDatabase;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class UnpaidOrdersTest {

    private static final TestDatabase DATABASE = TestDatabase.migrated();
    private final Shop shop = new Shop(DATABASE);
    private final int book = shop.addBook("Emma", 100);

    @AfterAll
    static void closeDatabase() {
        DATABASE.close();
    }

    @BeforeEach
    void completeEarlierOrders() {
        DATABASE.execute("UPDATE orders SET payment_status = 'completed' WHERE payment_status = 'pending'");
    }

    @Test
    void cancelsOrdersThatArePendingForTooLong() {
        int old = orderedHoursAgo(25);
        int completed = orderedHoursAgo(30);
        shop.complete(completed);
        int young = orderedHoursAgo(23);

        assertThat(cancelUnpaid(24)).isEqualTo(1);

        assertThat(shop.orderDocument(old).get("status").textValue()).isEqualTo("cancelled");
        assertThat(shop.orderDocument(completed).get("status").textValue()).isEqualTo("completed");
        assertThat(shop.orderDocument(young).get("status").textValue()).isEqualTo("pending");
        assertThat(shop.stock(book)).isEqualTo(98).isEqualTo(shop.movements(book));
        assertThat(DATABASE.value("SELECT actor FROM order_history WHERE order_id = ? AND event = 'cancelled'", old))
                .isEqualTo("system");
        assertThat(DATABASE.value("SELECT payment_status FROM payments WHERE order_id = ?", old))
                .isEqualTo("cancelled");
        JsonNode mail = Shop.json((String)
                DATABASE.value("SELECT document FROM mail_outbox WHERE mail_key = ?", "order-" + old + "-cancelled"));
        assertThat(mail.get("unpaid").asBoolean()).isTrue();
        assertThat(mail.get("status").textValue()).isEqualTo("cancelled");
    }

    @Test
    void isOffWithoutHours() {
        orderedHoursAgo(1_000);

        assertThat(cancelUnpaid(0)).isZero();
    }

    @Test
    void cancelsEachOrderOnceOnSeveralNodes() throws Exception {
        IntStream.range(0, 30).forEach(i -> orderedHoursAgo(50));
        ExecutorService nodes = Executors.newFixedThreadPool(5);
        try {
            Callable<Long> run = () -> cancelUnpaid(24);
            long cancelled = 0;
            for (Future<Long> node : nodes.invokeAll(Collections.nCopies(5, run))) {
                cancelled += node.get();
            }
            // Nodes that met at the last orders may have passed each other.
            assertThat(cancelled + cancelUnpaid(24)).isEqualTo(30);
        } finally {
            nodes.shutdownNow();
        }
        assertThat(shop.stock(book)).isEqualTo(100).isEqualTo(shop.movements(book));
        assertThat(DATABASE.count(
                        "SELECT COUNT(*) FROM order_history h JOIN order_items i ON i.order_id = h.order_id"
                                + " WHERE i.book_id = ? AND h.event = 'cancelled'",
                        book))
                .isEqualTo(30);
    }

    private int orderedHoursAgo(int hours) {
        int order = shop.place(Line.of(book, 1)).id("orderId");
        DATABASE.execute(
                "UPDATE orders SET order_date = order_date - INTERVAL " + hours + " HOUR WHERE order_id = " + order);
        return order;
    }

    private static long cancelUnpaid(int hours) {
        return DATABASE.count("CALL cancel_unpaid_orders(?, ?)", hours, 500);
    }
}
