package com.books.bookstore.db;

import static org.assertj.core.api.Assertions.assertThat;

import com.books.bookstore.db.support.Shop;
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
        DATABASE.execute("""
                INSERT INTO orders (user_email, payment_status, currency, total_amount) VALUES
                ('a@books.com', 'completed', 'USD', 10.25), ('a@books.com', 'completed', 'USD', 0.50), ('b@books.com', 'completed', 'EUR', 3.00),
                ('b@books.com', 'pending', 'USD', 99.99), ('b@books.com', 'cancelled', 'USD', 99.99)""");
        DATABASE.execute("""
                INSERT INTO mail_outbox (mail_key, kind, recipients, message_id, document, status, created_at, next_attempt_at, last_error) VALUES
                ('one', 'summary', '', 'one', '{}', 'waiting', UTC_TIMESTAMP(3), UTC_TIMESTAMP(3) - INTERVAL 100 SECOND, 'refused'),
                ('two', 'summary', '', 'two', '{}', 'dead', UTC_TIMESTAMP(3), UTC_TIMESTAMP(3), 'refused')""");

        assertThat(figure("bookstore_books", "")).isEqualByComparingTo("2");
        assertThat(figure("bookstore_books_out_of_stock", "")).isEqualByComparingTo("1");
        assertThat(figure("bookstore_orders", "status=\"completed\"")).isEqualByComparingTo("3");
        assertThat(figure("bookstore_orders", "status=\"pending\"")).isEqualByComparingTo("1");
        assertThat(figure("bookstore_orders", "status=\"cancelled\"")).isEqualByComparingTo("1");
        assertThat(figure("bookstore_revenue_total", "currency=\"USD\"")).isEqualByComparingTo("10.75");
        assertThat(figure("bookstore_revenue_total", "currency=\"EUR\"")).isEqualByComparingTo("3.00");
        assertThat(figure("bookstore_mails", "status=\"waiting\"")).isEqualByComparingTo("1");
        assertThat(figure("bookstore_mails", "status=\"dead\"")).isEqualByComparingTo("1");
        assertThat(figure("bookstore_mails_failing", "")).isEqualByComparingTo("1");
        assertThat(figure("bookstore_mails_overdue_seconds", "")).isGreaterThanOrEqualTo(new BigDecimal("99"));
    }

    private static BigDecimal figure(String name, String labels) {
        return new BigDecimal(
                DATABASE.value("SELECT value FROM metrics_business WHERE name = ? AND labels = ?", name, labels)
                        .toString());
    }
}
