package com.books.bookstore.db;

import static org.assertj.core.api.Assertions.assertThat;

import com.books.bookstore.db.support.TestDatabase;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationVersion;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class IsbnMigrationTest {

    @Test
    void bringsIsbnsIntoOneFormAndSetsTheOthersAside() {
        try (TestDatabase database = TestDatabase.empty()) {
            Flyway.configure()
                    .dataSource(database.dataSource())
                    .locations("classpath:db/migration")
                    .target(MigrationVersion.fromVersion("15"))
                    .repeatableSqlMigrationPrefix("none")
                    .load()
                    .migrate();
            database.execute("INSERT INTO books (title, price, stock_quantity, isbn, deleted_at) VALUES"
                    + " ('none', 1, 0, NULL, NULL),"
                    + " ('plain', 1, 0, '9780261103344', NULL),"
                    + " ('hyphens', 1, 0, '978-0-14-143958-7', NULL),"
                    + " ('ten', 1, 0, '0-8044-2957-x', NULL),"
                    + " ('wrong digit', 1, 0, '9780261103345', NULL),"
                    + " ('no number', 1, 0, 'see publisher', NULL),"
                    + " ('same again', 1, 0, '0261103342', NULL),"
                    + " ('deleted', 1, 0, '9780261103344', '2020-01-01')");

            BookstoreSchema.migrate(database.dataSource());

            assertThat(database.rows("SELECT b.title, b.isbn, r.isbn AS was, r.reason FROM books b"
                            + " LEFT JOIN isbn_review r ON r.book_id = b.book_id ORDER BY b.book_id"))
                    .extracting(row -> row.values().toString())
                    .containsExactly(
                            "[none, null, null, null]",
                            "[plain, 9780261103344, null, null]",
                            "[hyphens, 9780141439587, null, null]",
                            "[ten, 9780804429573, null, null]",
                            "[wrong digit, null, 9780261103345, invalid]",
                            "[no number, null, see publisher, invalid]",
                            "[same again, null, 9780261103344, duplicate]",
                            "[deleted, 9780261103344, null, null]");
        }
    }
}
