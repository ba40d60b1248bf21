package com.books.bookstore.db;

import static com.books.bookstore.db.support.Shop.CUSTOMER;
import static com.books.bookstore.db.support.Shop.STAFF;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.books.bookstore.db.support.Shop;
import com.books.bookstore.db.support.Shop.Answer;
import com.books.bookstore.db.support.Shop.Line;
import com.books.bookstore.db.support.TestDatabase;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationVersion;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class StockMovementTest {

    private static final int MAXIMUM = 1_000_000_000;
    private static final TestDatabase DATABASE = TestDatabase.migrated();
    private final Shop shop = new Shop(DATABASE);

    @AfterAll
    static void closeDatabase() {
        DATABASE.close();
    }

    @Test
    void showsWhatHappenedToABook() {
        int book = shop.addBook("Emma", 5);
        shop.changeStock(book, "damaged", -2, "water", "a-key");
        int order = shop.place(Line.of(book, 3)).id("orderId");
        shop.cancel(order, CUSTOMER);

        List<JsonNode> history = DATABASE
                .rows("SELECT document FROM stock_movement_documents WHERE book_id = ? ORDER BY movement_id", book)
                .stream()
                .map(row -> Shop.json((String) row.get("document")))
                .toList();

        assertThat(history)
                .extracting(
                        m -> m.get("type").textValue(),
                        m -> m.get("change").asInt(),
                        m -> m.get("stockAfter").asInt(),
                        m -> m.get("actor").textValue(),
                        m -> m.get("reason").textValue(),
                        m -> m.get("orderId").asInt())
                .containsExactly(
                        tuple("received", 5, 5, STAFF, null, 0),
                        tuple("damaged", -2, 3, STAFF, "water", 0),
                        tuple("sold", -3, 0, CUSTOMER, null, order),
                        tuple("cancelled", 3, 3, CUSTOMER, null, order));
        assertThat(history.get(0).get("occurredAt").textValue()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
        assertThat(shop.version(book)).isEqualTo(4);
    }

    @Test
    void countsARepeatedRequestOnce() {
        int book = shop.addBook("Emma", 5);
        Answer first = shop.changeStock(book, "received", 10, "delivery", "key");

        Answer second = shop.changeStock(book, "received", 10, "delivery", "key");

        assertThat(second.outcome()).isEqualTo("replayed");
        assertThat(second.document()).isEqualTo(first.document());
        assertThat(shop.changeStock(book, "received", 11, "delivery", "key"))
                .isEqualTo(new Answer("key_reused", null, null, null));
        assertThat(shop.changeStock(book, "received", 10, "D\u00e9livery", "key")
                        .outcome())
                .isEqualTo("key_reused");
        assertThat(shop.changeStock(shop.addBook("Kim", 0), "received", 10, "delivery", "key")
                        .outcome())
                .isEqualTo("recorded");
        assertThat(shop.stock(book)).isEqualTo(15);
    }

    @Test
    void refusesAStockOutOfRange() {
        int book = shop.addBook("Emma", 5);

        assertThat(shop.changeStock(book, "damaged", -6).outcome()).isEqualTo("out_of_range");
        Answer tooMany = shop.changeStock(book, "received", MAXIMUM - 4);
        assertThat(tooMany.outcome()).isEqualTo("out_of_range");
        assertThat(tooMany.id("stockQuantity")).isEqualTo(5);
        assertThat(shop.changeStock(book, "received", MAXIMUM).outcome()).isEqualTo("out_of_range");
        assertThat(shop.stock(book)).isEqualTo(5);
    }

    @Test
    void anOrderOfABookWithTheLargestStockCanBeCancelled() {
        int book = shop.addBook("Emma", 3);
        int order = shop.place(Line.of(book, 3)).id("orderId");
        shop.changeStock(book, "received", MAXIMUM);

        assertThat(shop.cancel(order, CUSTOMER).outcome()).isEqualTo("cancelled");
        assertThat(shop.stock(book)).isEqualTo(MAXIMUM + 3);
        assertThat(shop.changeStock(book, "counted", -1).outcome()).isEqualTo("recorded");
    }

    @Test
    void doesNotFindADeletedBook() {
        int book = shop.addBook("Emma", 3);
        shop.deleteBook(book, "*");

        assertThat(shop.changeStock(book, "received", 1)).isEqualTo(new Answer("not_found", null, null, null));
    }

    /** Version 14 had no movements: what was in stock then is the first one. */
    @Test
    void migratesTheStockOfOlderBooks() {
        try (TestDatabase database = TestDatabase.empty()) {
            Flyway.configure()
                    .dataSource(database.dataSource())
                    .locations("classpath:db/migration")
                    .target(MigrationVersion.fromVersion("14"))
                    .repeatableSqlMigrationPrefix("none")
                    .load()
                    .migrate();
            database.execute(
                    "INSERT INTO books (title, price, stock_quantity) VALUES ('a', 1, 7), ('b', 1, 0), ('c', 1, 2147483647)");

            BookstoreSchema.migrate(database.dataSource());

            assertThat(database.rows(
                            "SELECT b.title, b.stock_quantity, m.type, m.stock_change, m.stock_after FROM books b"
                                    + " LEFT JOIN stock_movements m ON m.book_id = b.book_id ORDER BY b.book_id"))
                    .extracting(row -> row.values().toString())
                    .containsExactly(
                            "[a, 7, opening, 7, 7]",
                            "[b, 0, null, null, null]",
                            "[c, 1000000000, opening, 1000000000, 1000000000]");
        }
    }
}
