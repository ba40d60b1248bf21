package com.books.bookstore.db;

import static org.assertj.core.api.Assertions.assertThat;

import com.books.bookstore.db.support.Shop;
import com.books.bookstore.db.support.Shop.Line;
import com.books.bookstore.db.support.TestDatabase;
import java.math.BigDecimal;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class MetricsTest {

    private static final TestDatabase DATABASE = TestDatabase.migrated();
    private final Shop shop = new Shop(DATABASE);

    @AfterAll
    static void closeDatabase() {
        DATABASE.close();
    }

    @Test
    void countsWhatThereIs() {
        assertThat(figure("bookstore_orders", "status=\"pending\"")).isEqualByComparingTo("0");
        assertThat(DATABASE.count("SELECT COUNT(*) FROM metrics_business WHERE name = 'bookstore_revenue_total'"))
                .isZero();

        shop.addBook("Plenty", 7);
        shop.addBook("Sold out", 0);
        shop.deleteBook(shop.addBook("Gone", 0), "*");
        int sold = shop.addBook("Sold", 100);
        shop.complete(order(sold, 1));
        shop.complete(order(sold, 2));
        shop.cancel(order(sold, 3), "");
        order(sold, 4);
        DATABASE.execute("DELETE FROM mail_outbox");
        DATABASE.execute("""
                INSERT INTO mail_outbox (mail_key, kind, recipients, message_id, document, status, created_at, next_attempt_at, last_error) VALUES
                ('one', 'summary', '', 'one', '{}', 'waiting', UTC_TIMESTAMP(3), UTC_TIMESTAMP(3) - INTERVAL 100 SECOND, 'refused'),
                ('two', 'summary', '', 'two', '{}', 'dead', UTC_TIMESTAMP(3), UTC_TIMESTAMP(3), 'refused')""");

        assertThat(figure("bookstore_books", "")).isEqualByComparingTo("3");
        assertThat(figure("bookstore_books_out_of_stock", "")).isEqualByComparingTo("1");
        assertOrders();
        assertThat(DATABASE.count("CALL fold_figures(4)")).isEqualTo(4);
        assertOrders();
        assertThat(DATABASE.count("CALL fold_figures(100)")).isEqualTo(3);
        assertOrders();
        assertThat(figure("bookstore_mails", "status=\"waiting\"")).isEqualByComparingTo("1");
        assertThat(figure("bookstore_mails", "status=\"dead\"")).isEqualByComparingTo("1");
        assertThat(figure("bookstore_mails_failing", "")).isEqualByComparingTo("1");
        assertThat(figure("bookstore_mails_overdue_seconds", "")).isGreaterThanOrEqualTo(new BigDecimal("99"));
    }

    private int order(int book, int copies) {
        return shop.place(Line.of(book, copies)).id("orderId");
    }

    private static void assertOrders() {
        assertThat(figure("bookstore_orders", "status=\"completed\"")).isEqualByComparingTo("2");
        assertThat(figure("bookstore_orders", "status=\"pending\"")).isEqualByComparingTo("1");
        assertThat(figure("bookstore_orders", "status=\"cancelled\"")).isEqualByComparingTo("1");
        assertThat(figure("bookstore_revenue_total", "currency=\"USD\"")).isEqualByComparingTo("32.07");
    }

    private static BigDecimal figure(String name, String labels) {
        return new BigDecimal(
                DATABASE.value("SELECT value FROM metrics_business WHERE name = ? AND labels = ?", name, labels)
                        .toString());
    }
}
