package com.books.bookstore.db;

import static com.books.bookstore.db.support.Shop.CUSTOMER;
import static com.books.bookstore.db.support.Shop.STAFF;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.books.bookstore.db.support.Shop;
import com.books.bookstore.db.support.Shop.Answer;
import com.books.bookstore.db.support.Shop.Line;
import com.books.bookstore.db.support.TestDatabase;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class OrderLifecycleTest {

    private static final int NO_SUCH_ORDER = 2_000_000_000;
    private static final TestDatabase DATABASE = TestDatabase.migrated();
    private final Shop shop = new Shop(DATABASE);

    @AfterAll
    static void closeDatabase() {
        DATABASE.close();
    }

    @Test
    void completesAPendingOrderWithItsPayment() {
        int orderId = shop.place(Line.of(shop.addBook("Emma", 5), 1)).id("orderId");

        Answer answer = shop.complete(orderId);

        assertThat(answer.outcome()).isEqualTo("completed");
        assertThat(answer.document().get("status").textValue()).isEqualTo("completed");
        assertThat(answer.document()).isEqualTo(shop.orderDocument(orderId));
        assertThat(paymentStatus(orderId)).isEqualTo("completed");
        assertThat(history(orderId)).containsExactly("placed by " + CUSTOMER, "completed by " + STAFF);
    }

    @Test
    void cancelsAPendingOrderForItsOwnerAndReturnsTheBooks() {
        int book = shop.addBook("Persuasion", 5);
        int orderId = shop.place(Line.of(book, 2)).id("orderId");
        int versionAfterSale = shop.version(book);

        Answer answer = shop.cancel(orderId, CUSTOMER);

        assertThat(answer.outcome()).isEqualTo("cancelled");
        assertThat(answer.document().get("status").textValue()).isEqualTo("cancelled");
        assertThat(shop.stock(book)).isEqualTo(5);
        assertThat(shop.version(book)).isEqualTo(versionAfterSale + 1);
        assertThat(paymentStatus(orderId)).isEqualTo("cancelled");
        assertThat(history(orderId)).containsExactly("placed by " + CUSTOMER, "cancelled by " + CUSTOMER);
    }

    @Test
    void letsStaffCancelAnyonesOrder() {
        int orderId = shop.place(Line.of(shop.addBook("Ulysses", 5), 2)).id("orderId");

        assertThat(shop.cancel(orderId, "").outcome()).isEqualTo("cancelled");
        assertThat(history(orderId)).contains("cancelled by " + STAFF);
    }

    @Test
    void doesNotFindSomeoneElsesOrder() {
        int book = shop.addBook("Kokoro", 5);
        int orderId = shop.place(Line.of(book, 2)).id("orderId");

        Answer answer = shop.cancel(orderId, "other@books.com");

        assertThat(answer.outcome()).isEqualTo("not_found");
        assertThat(answer.document()).isNull();
        assertThat(shop.stock(book)).isEqualTo(3);
    }

    @Test
    void doesNotFindAnOrderThatNeverWas() {
        assertThat(shop.cancel(NO_SUCH_ORDER, "")).isEqualTo(new Answer("not_found", null, null, null));
        assertThat(shop.complete(NO_SUCH_ORDER)).isEqualTo(new Answer("not_found", null, null, null));
    }

    @Test
    void leavesACompletedOrderAsItIs() {
        int book = shop.addBook("Dracula", 5);
        int orderId = shop.place(Line.of(book, 2)).id("orderId");
        shop.complete(orderId);

        Answer cancelled = shop.cancel(orderId, CUSTOMER);
        Answer completed = shop.complete(orderId);

        assertThat(cancelled.outcome()).isEqualTo("not_pending");
        assertThat(completed.outcome()).isEqualTo("not_pending");
        assertThat(completed.document().get("status").textValue()).isEqualTo("completed");
        assertThat(shop.stock(book)).isEqualTo(3);
        assertThat(history(orderId)).hasSize(2);
    }

    @Test
    void leavesACancelledOrderAsItIs() {
        int book = shop.addBook("Candide", 5);
        int orderId = shop.place(Line.of(book, 2)).id("orderId");
        shop.cancel(orderId, CUSTOMER);

        assertThat(shop.complete(orderId).outcome()).isEqualTo("not_pending");
        assertThat(shop.cancel(orderId, CUSTOMER).document().get("status").textValue())
                .isEqualTo("cancelled");
        assertThat(shop.stock(book)).isEqualTo(5);
        assertThat(paymentStatus(orderId)).isEqualTo("cancelled");
    }

    @Test
    void returnsBooksThatWereTakenOutOfTheCatalogMeanwhile() {
        int book = shop.addBook("The Trial", 5);
        int orderId = shop.place(Line.of(book, 2)).id("orderId");
        shop.deleteBook(book, "*");

        assertThat(shop.cancel(orderId, CUSTOMER).outcome()).isEqualTo("cancelled");
        assertThat(shop.stock(book)).isEqualTo(5);
    }

    @Test
    void keepsTitleAndPriceOfTheSale() {
        int book = shop.addBook("Die Verwandlung", 5);
        int orderId = shop.place(Line.of(book, 1)).id("orderId");
        shop.updateBook(book, "*", "The Metamorphosis", "Franz Kafka", "", new BigDecimal("20.00"));

        assertThat(shop.orderDocument(orderId).get("items").get(0).toString())
                .contains("Die Verwandlung")
                .contains("9.90")
                .doesNotContain("20.00");
    }

    private static String paymentStatus(int orderId) {
        return (String) DATABASE.value("SELECT payment_status FROM payments WHERE order_id = ?", orderId);
    }

    private static List<String> history(int orderId) {
        List<Map<String, Object>> rows = DATABASE.rows(
                "SELECT event, actor FROM order_history WHERE order_id = ? ORDER BY order_history_id", orderId);
        return rows.stream()
                .map(row -> row.get("event") + " by " + row.get("actor"))
                .toList();
    }

    @Test
    void takesACompletedOrderBack() {
        int book = shop.addBook("Emma", 10);
        int order = shop.place(Line.of(book, 3)).id("orderId");
        assertThat(shop.returnOrder(order).outcome()).isEqualTo("not_completed");
        shop.complete(order);

        Answer returned = shop.returnOrder(order);

        assertThat(returned.outcome()).isEqualTo("returned");
        assertThat(returned.document().get("status").textValue()).isEqualTo("returned");
        assertThat(shop.stock(book)).isEqualTo(10).isEqualTo(shop.movements(book));
        assertThat(DATABASE.value("SELECT payment_status FROM payments WHERE order_id = ?", order))
                .isEqualTo("returned");
        assertThat(DATABASE.count(
                        "SELECT COUNT(*) FROM mail_outbox WHERE mail_key = ?", "order-" + order + "-returned"))
                .isEqualTo(1);
        assertThat(shop.returnOrder(order).outcome()).isEqualTo("not_completed");
        assertThat(shop.cancel(order, "").outcome()).isEqualTo("not_pending");
        assertThat(shop.returnOrder(2_000_000_000).outcome()).isEqualTo("not_found");
    }

    @Test
    void keepsNotesInTheHistory() {
        int order = shop.place(Line.of(shop.addBook("Emma", 10), 1)).id("orderId");
        assertThat(shop.note(order, "Friday").outcome()).isEqualTo("noted");
        assertThat(shop.note(2_000_000_000, "Friday").outcome()).isEqualTo("not_found");

        assertThat(DATABASE.rows(
                        "SELECT document FROM order_history_documents WHERE order_id = ? ORDER BY order_history_id",
                        order))
                .extracting(row -> Shop.json((String) row.get("document")))
                .extracting(
                        entry -> entry.get("event").textValue(),
                        entry -> entry.get("actor").textValue(),
                        entry -> entry.get("note").textValue())
                .containsExactly(tuple("placed", Shop.CUSTOMER, null), tuple("noted", Shop.STAFF, "Friday"));
    }
}
