package com.books.bookstore.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.books.bookstore.db.support.DatabaseRefusal;
import com.books.bookstore.db.support.Shop;
import com.books.bookstore.db.support.Shop.Line;
import com.books.bookstore.db.support.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the database refuses whatever program asks for it. */
@Tag("slow")
class ConstraintTest {

    private static final TestDatabase DATABASE = TestDatabase.migrated();

    @BeforeAll
    static void sellABook() {
        Shop shop = new Shop(DATABASE);
        shop.place(Line.of(shop.addBook("Emma", 5), 2));
        DATABASE.execute("INSERT INTO promotions (code, percent_off) VALUES ('SPRING', 5)");
    }

    @AfterAll
    static void closeDatabase() {
        DATABASE.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE books SET stock_quantity = stock_quantity - 4",
                "UPDATE books SET price = -0.01",
                "UPDATE orders SET total_amount = total_amount + 1",
                "UPDATE orders SET total_amount = -1, subtotal = -1, discount_total = 0, tax_total = 0",
                "UPDATE order_items SET quantity = 0, line_total = 0",
                "UPDATE order_items SET line_total = line_total + 1",
                "UPDATE order_items SET unit_price = -1, line_total = -2",
                "UPDATE payments SET payment_amount = -1",
                "UPDATE promotions SET percent_off = 0",
                "UPDATE promotions SET percent_off = 100.01",
                "UPDATE order_history SET event = 'forgotten'"
            })
    void refusesWhatCannotBe(String statement) {
        assumeTrue(DATABASE.enforcesChecks(), "MySQL before 8.0.16 reads CHECK constraints and ignores them");

        assertThatThrownBy(() -> DATABASE.execute(statement)).isInstanceOf(DatabaseRefusal.class);
    }

    @Test
    void refusesToRemoveABookThatWasOrdered() {
        assertThatThrownBy(() -> DATABASE.execute("DELETE FROM books")).isInstanceOf(DatabaseRefusal.class);
    }

    @Test
    void findsAPromotionCodeInAnyCase() {
        assertThat(DATABASE.rows("SELECT code FROM promotions WHERE code = ?", "Spring"))
                .hasSize(1);
    }
}
