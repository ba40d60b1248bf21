package com.books.bookstore.db;

import static com.books.bookstore.db.support.Shop.PRICE;
import static org.assertj.core.api.Assertions.assertThat;

import com.books.bookstore.db.support.Shop;
import com.books.bookstore.db.support.TestDatabase;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class SampleDataTest {

    private TestDatabase database;

    @BeforeEach
    void openDatabase() {
        database = TestDatabase.migrated();
    }

    @AfterEach
    void closeDatabase() {
        database.close();
    }

    @Test
    void loadsEveryBookAsItStandsInTheFile() throws SQLException {
        List<CSVRecord> books = SampleData.books();

        assertThat(BookstoreSchema.loadSampleData(database.dataSource()))
                .isEqualTo(books.size())
                .isGreaterThan(250);

        assertThat(database.rows("SELECT b.title, b.author, b.isbn, b.price, b.stock_quantity, c.name FROM books AS b"
                        + " JOIN categories AS c ON c.category_id = b.category_id ORDER BY b.book_id"))
                .extracting(row -> row.values().toString())
                .isEqualTo(books.stream()
                        .map(book -> List.of(
                                        book.get("title"),
                                        book.get("author"),
                                        Objects.toString(book.get("isbn")),
                                        book.get("price"),
                                        book.get("stock_quantity"),
                                        book.get("category"))
                                .toString())
                        .toList());
        assertThat(database.count("SELECT SUM(books) FROM categories")).isEqualTo(books.size());
        assertThat(database.rows("SELECT title FROM books WHERE title LIKE '%!%%' ESCAPE '!'"))
                .isNotEmpty();
    }

    @Test
    void loadsOncePerDatabaseAndLeavesAloneWhatStaffChanged() throws SQLException {
        BookstoreSchema.loadSampleData(database.dataSource());
        Shop shop = new Shop(database);
        shop.updateBook(1, "*", "Nineteen Eighty-Four", "George Orwell", "", PRICE);
        shop.deleteBook(2, "*");
        long rows = database.count("SELECT COUNT(*) FROM books");

        assertThat(BookstoreSchema.loadSampleData(database.dataSource())).isZero();

        assertThat(database.count("SELECT COUNT(*) FROM books")).isEqualTo(rows);
        assertThat(database.count("SELECT books_on_sale FROM book_totals")).isEqualTo(rows - 1);
        assertThat(database.value("SELECT title FROM books WHERE book_id = 1")).isEqualTo("Nineteen Eighty-Four");
    }

    @Test
    void loadsOnceWhenTwoProcessesStartTogether() {
        List<CompletableFuture<Integer>> loads = IntStream.range(0, 4)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> {
                    try {
                        return BookstoreSchema.loadSampleData(database.dataSource());
                    } catch (SQLException e) {
                        throw new IllegalStateException(e);
                    }
                }))
                .toList();

        assertThat(loads.stream().map(CompletableFuture::join).filter(added -> added > 0))
                .hasSize(1);
        assertThat(database.count("SELECT COUNT(*) FROM books"))
                .isEqualTo(SampleData.books().size());
    }

    @Test
    void hasAPromotionThatHoldsOneThatIsOverAndOneToCome() throws SQLException {
        BookstoreSchema.loadSampleData(database.dataSource());

        assertThat(database.rows("""
                SELECT code, percent_off,
                       CASE WHEN valid_from > CURRENT_TIMESTAMP THEN 'to come'
                            WHEN valid_until < CURRENT_TIMESTAMP THEN 'over' ELSE 'holds' END AS state
                FROM promotions ORDER BY code"""))
                .extracting(row -> row.values().toString())
                .containsExactly(
                        "[JUBILEE2037, 25.00, to come]", "[SUMMER2024, 20.00, over]", "[WELCOME10, 10.00, holds]");
        assertThat(database.value("SELECT CAST(valid_until AS CHAR) FROM promotions WHERE code = 'SUMMER2024'"))
                .isEqualTo("2024-09-01 00:00:00");
    }

    @Test
    void holdsPlausibleBooksOnly() {
        List<CSVRecord> books = SampleData.books();

        assertThat(books)
                .extracting(book -> book.get("title") + " by " + book.get("author"))
                .doesNotHaveDuplicates();
        assertThat(books).allSatisfy(book -> {
            assertThat(book.get("title")).isNotBlank().hasSizeLessThanOrEqualTo(255);
            assertThat(book.get("author")).isNotBlank();
            assertThat(new BigDecimal(book.get("price")))
                    .isBetween(BigDecimal.ONE, BigDecimal.valueOf(200))
                    .hasScaleOf(2);
            assertThat(Integer.parseInt(book.get("stock_quantity"))).isNotNegative();
        });
        assertThat(books)
                .extracting(book -> book.get("isbn"))
                .filteredOn(Objects::nonNull)
                .doesNotHaveDuplicates()
                .allSatisfy(SampleDataTest::assertIsIsbn13);
    }

    /** ISO 2108: the digits, weighted 1 and 3 in turn, add up to a multiple of ten. */
    private static void assertIsIsbn13(String isbn) {
        assertThat(isbn).matches("97[89]\\d{10}");
        int sum = IntStream.range(0, 13)
                .map(i -> Character.digit(isbn.charAt(i), 10) * (i % 2 == 0 ? 1 : 3))
                .sum();
        assertThat(sum % 10).as(isbn).isZero();
    }
}
