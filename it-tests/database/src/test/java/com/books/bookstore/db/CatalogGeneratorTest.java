package com.books.bookstore.db;

import static org.assertj.core.api.Assertions.assertThat;

import com.books.bookstore.db.support.TestDatabase;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class CatalogGeneratorTest {

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1_000, 12_345})
    void addsAsManyBooksAsAskedFor(int count) throws SQLException {
        try (TestDatabase database = TestDatabase.migrated()) {
            BookstoreSchema.generateCatalog(database.dataSource(), count, 1);

            assertThat(database.count("SELECT COUNT(*) FROM book_documents")).isEqualTo(count);
            assertThat(database.rows("CALL list_books('[]', '', '', -1, 'title_asc', '', 0, 0)")
                            .get(0)
                            .values())
                    .hasToString("[null, null, " + count + ", 0, null]");
            assertThat(database.count("SELECT COUNT(*) FROM books WHERE price NOT BETWEEN 3.99 AND 79.99"))
                    .isZero();
        }
    }

    @Test
    void makesTheSameBooksOfTheSameSeed() throws SQLException {
        assertThat(books(42)).isEqualTo(books(42)).isNotEqualTo(books(43));
    }

    private static List<Map<String, Object>> books(long seed) throws SQLException {
        try (TestDatabase database = TestDatabase.migrated()) {
            BookstoreSchema.generateCatalog(database.dataSource(), 50, seed);
            return database.rows("SELECT title, author, price, stock_quantity FROM books ORDER BY book_id");
        }
    }
}
