package com.books.bookstore.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.books.bookstore.db.support.Shop;
import com.books.bookstore.db.support.Shop.Answer;
import com.books.bookstore.db.support.Shop.Line;
import com.books.bookstore.db.support.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What procedures do when the database ends their transaction for the sake of another. A cluster reports its conflicts in the same way. */
@Tag("slow")
class DeadlockTest {

    private static final TestDatabase DATABASE = TestDatabase.migrated();
    private final Shop shop = new Shop(DATABASE);

    @AfterAll
    static void closeDatabase() {
        DATABASE.close();
    }

    @Test
    void repeatsAnOrderThatWasRolledBack() throws Exception {
        int first = shop.addBook("First", 10);
        int second = shop.addBook("Second", 10);
        long before = deadlocks();

        CompletableFuture<Answer> order;
        try (Connection other = DATABASE.dataSource().getConnection()) {
            other.setAutoCommit(false);
            lock(other, second);
            order = CompletableFuture.supplyAsync(() -> shop.place(Line.of(first, 1), Line.of(second, 1)));
            await().until(() -> waits() == 1);
            // The order holds the first book and waits for the second. It has written less, so it is the one to be
            // ended.
            lock(other, first);
            other.commit();
        }

        assertThat(order.get(30, TimeUnit.SECONDS).outcome()).isEqualTo("placed");
        assertThat(deadlocks()).isGreaterThan(before);
        assertThat(shop.stock(first)).isEqualTo(9);
        assertThat(shop.stock(second)).isEqualTo(9);
        assertThat(DATABASE.count("SELECT COUNT(*) FROM orders")).isEqualTo(1);
        assertThat(DATABASE.count("SELECT COUNT(*) FROM mail_outbox")).isEqualTo(1);
    }

    /** So many changes that this transaction outweighs an order of a new customer. */
    private static void lock(Connection connection, int book) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (int i = 0; i < 200; i++) {
                statement.executeUpdate("UPDATE books SET title = '" + book + " " + i + "' WHERE book_id = " + book);
            }
        }
    }

    private static long waits() {
        return DATABASE.count("SELECT COUNT(*) FROM information_schema.INNODB_TRX WHERE trx_state = 'LOCK WAIT'");
    }

    private static long deadlocks() {
        return DATABASE.count("SELECT `COUNT` FROM information_schema.INNODB_METRICS WHERE NAME = 'lock_deadlocks'");
    }
}
