package com.books.bookstore.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.books.bookstore.embedded.StartException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class BookstoreDatabaseTest {

    private static final int ANY = 0;
    private static final Map<String, String> NOTHING_SET = Map.of();

    @TempDir
    private static Path directory;

    @Test
    void hasASchemaAndBooksAfterTheFirstStartAndKeepsThem() throws SQLException {
        long books;
        try (BookstoreDatabase database = BookstoreDatabase.open(NOTHING_SET, directory, ANY)) {
            assertThat(database.isEmbedded()).isTrue();
            assertThat(database.user()).isEqualTo("bookstore");
            books = count(database, "books");
            assertThat(books).isGreaterThan(250);
            execute(database, "DELETE m FROM stock_movements m JOIN books b USING (book_id) WHERE b.title = 'Emma'");
            execute(database, "DELETE FROM books WHERE title = 'Emma'");
        }
        Map<String, String> memory = Map.of("BOOKSTORE_DB_MEMORY_MB", "192");
        try (BookstoreDatabase database = BookstoreDatabase.open(memory, directory, ANY)) {
            assertThat(count(database, "books")).isEqualTo(books - 1);
            assertThat(number(database, "SELECT @@innodb_buffer_pool_size")).isEqualTo(192 << 20);
            assertThat(number(database, "SELECT @@innodb_log_file_size")).isEqualTo(96 << 20);
        }
    }

    @Test
    void namesASizeOfItsMemoryThatItRefuses() {
        Map<String, String> environment = Map.of("BOOKSTORE_DB_MEMORY_MB", "much");

        assertThatThrownBy(() -> BookstoreDatabase.open(environment, directory, ANY))
                .isInstanceOf(StartException.class)
                .hasMessage("BOOKSTORE_DB_MEMORY_MB is much, which is not a number from 64 to 1000000");
    }

    @Test
    void staysEmptyWithoutSampleData(@TempDir Path another) throws SQLException {
        try (BookstoreDatabase database = BookstoreDatabase.open(NOTHING_SET, another, ANY, false)) {
            assertThat(count(database, "books")).isZero();
            assertThat(count(database, "promotions")).isZero();
        }
    }

    @Test
    void usesTheDatabaseThatTheEnvironmentNames(@TempDir Path unused) throws SQLException {
        try (EmbeddedMariaDb elsewhere = EmbeddedMariaDb.start(directory, ANY)) {
            Map<String, String> environment = Map.of(
                    "BOOKSTORE_DB_URL",
                    elsewhere.jdbcUrl() + "?sslMode=DISABLED&connectTimeout=2000",
                    "BOOKSTORE_DB_USER",
                    elsewhere.user(),
                    "BOOKSTORE_DB_PASSWORD",
                    elsewhere.password(),
                    "BOOKSTORE_READ_DB_URL",
                    " jdbc:mysql://replica/bookstore?connectTimeout=3000 ");
            try (BookstoreDatabase database = BookstoreDatabase.open(environment, unused.resolve("never"), ANY)) {
                assertThat(database.isEmbedded()).isFalse();
                assertThat(database.jdbcUrl())
                        .startsWith(elsewhere.jdbcUrl())
                        .contains("connectTimeout=2000")
                        .doesNotContain("connectTimeout=10000")
                        .contains("cacheCallableStmts=true");
                assertThat(database.password()).isEqualTo(elsewhere.password());
                assertThat(database.settings().get("BOOKSTORE_READ_DB_URL"))
                        .startsWith("jdbc:mysql://replica/bookstore?connectTimeout=3000&")
                        .contains("socketTimeout=20000", "connectionTimeZone=UTC");
                assertThat(count(database, "promotions")).isPositive();
            }
            assertThat(unused.resolve("never")).doesNotExist();
        }
    }

    @Test
    void refusesAReplicaOfTheEmbeddedDatabase() {
        Map<String, String> environment = Map.of("BOOKSTORE_READ_DB_URL", "jdbc:mysql://replica/bookstore");

        assertThatThrownBy(() -> BookstoreDatabase.open(environment, directory, ANY))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("BOOKSTORE_READ_DB_URL is set, but not BOOKSTORE_DB_URL");
    }

    @Test
    void saysInOneLineThatTheDatabaseCannotBeReached() {
        Map<String, String> environment = Map.of(
                "BOOKSTORE_DB_URL",
                "jdbc:mysql://127.0.0.1:1/bookstore?trustCertificateKeyStorePassword=secret",
                "BOOKSTORE_DB_USER",
                "someone",
                "BOOKSTORE_DB_PASSWORD",
                "secret");

        assertThatThrownBy(() -> BookstoreDatabase.open(environment, directory, ANY))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("jdbc:mysql://127.0.0.1:1/bookstore")
                .hasMessageContaining("refused")
                .hasMessageNotContaining("secret")
                .hasMessageNotContaining("\n");
    }

    @Test
    void addsOnlyTheDriverParametersThatAUrlLacks() {
        assertThat(BookstoreDatabase.withDriverParameters("jdbc:mysql://db/bookstore"))
                .startsWith("jdbc:mysql://db/bookstore?")
                .contains("connectionTimeZone=UTC");
        assertThat(BookstoreDatabase.withDriverParameters("jdbc:mysql://db/bookstore?connectionTimeZone=LOCAL"))
                .startsWith("jdbc:mysql://db/bookstore?connectionTimeZone=LOCAL&")
                .doesNotContain("connectionTimeZone=UTC");
    }

    private static long count(BookstoreDatabase database, String table) throws SQLException {
        return number(database, "SELECT COUNT(*) FROM " + table);
    }

    private static long number(BookstoreDatabase database, String sql) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static void execute(BookstoreDatabase database, String sql) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
