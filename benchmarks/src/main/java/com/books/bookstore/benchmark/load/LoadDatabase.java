package com.books.bookstore.benchmark.load;

import com.books.bookstore.database.BookstoreDatabase;
import com.books.bookstore.db.BookstoreSchema;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;

/** The database of a load run: a catalog of the wanted size, and plenty of every book. */
final class LoadDatabase implements AutoCloseable {

    private static final int STOCK = 1_000_000;
    private static final long SEED = 1;

    private final BookstoreDatabase database;
    private final int books;

    private LoadDatabase(BookstoreDatabase database, int books) {
        this.database = database;
        this.books = books;
    }

    /** Fills an empty database; what was in the store is deleted. */
    static LoadDatabase start(ShopStore store, int books) throws SQLException {
        store.clear();
        BookstoreDatabase database = store.open();
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            int samples = number(statement, "SELECT COUNT(*) FROM books");
            if (books > samples) {
                BookstoreSchema.generateCatalog(database.dataSource(), books - samples, SEED);
            }
            statement.executeUpdate("INSERT INTO stock_movements (book_id, type, stock_change, stock_after, actor)"
                    + " SELECT book_id, 'counted', " + STOCK + " - stock_quantity, " + STOCK
                    + ", 'benchmark' FROM books");
            statement.executeUpdate("UPDATE books SET stock_quantity = " + STOCK);
            statement.execute("CALL count_categories()");
            statement.execute("ANALYZE TABLE books");
            return new LoadDatabase(database, highest(statement));
        } catch (SQLException | RuntimeException e) {
            database.close();
            throw e;
        }
    }

    /** The data of a run before, brought up to date. */
    static LoadDatabase again(ShopStore store) throws SQLException {
        BookstoreDatabase database = store.open();
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            return new LoadDatabase(database, highest(statement));
        } catch (SQLException | RuntimeException e) {
            database.close();
            throw e;
        }
    }

    private static int highest(Statement statement) throws SQLException {
        int highest = number(statement, "SELECT MAX(book_id) FROM books");
        if (highest != number(statement, "SELECT COUNT(*) FROM books WHERE deleted_at IS NULL")) {
            throw new IllegalStateException("The numbers of the books have gaps: reads would miss some");
        }
        return highest;
    }

    BookstoreDatabase database() {
        return database;
    }

    /** The numbers of the books are 1 to this. */
    int books() {
        return books;
    }

    /** The database server's process. */
    ProcessHandle process() {
        List<ProcessHandle> servers = ProcessHandle.current()
                .children()
                .filter(child -> child.info().command().orElse("").contains("maria"))
                .toList();
        if (servers.size() != 1) {
            throw new IllegalStateException("Expected one MariaDB process, found " + servers.size());
        }
        return servers.get(0);
    }

    /** Takes the emails that wait for sent. */
    void forgetEmails() throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("UPDATE mail_outbox SET status = 'sent', sent_at = UTC_TIMESTAMP(3), claim = NULL"
                    + " WHERE status = 'waiting'");
        }
    }

    /** Statements that clients have sent to the server since it started; one that calls a procedure counts once. */
    long statements() throws SQLException {
        return status("Questions");
    }

    private long status(String name) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW GLOBAL STATUS LIKE '" + name + "'")) {
            row.next();
            return row.getLong(2);
        }
    }

    /**
     * What the server has read and written since it started.
     *
     * @param read    pages read from disk
     * @param written pages written to disk
     */
    record Pages(long read, long written) {

        /** Of one request: pages read / written, since {@code before}, when there were {@code requests}. */
        String since(Pages before, long requests) {
            return String.format(
                    Locale.ROOT,
                    "%.1f / %.1f",
                    (double) (read - before.read) / requests,
                    (double) (written - before.written) / requests);
        }
    }

    Pages pages() throws SQLException {
        return new Pages(status("Innodb_buffer_pool_reads"), status("Innodb_buffer_pool_pages_flushed"));
    }

    /** Reads what orders of any book touch, so that it is in memory as in a shop that has run for a while, as far as there is room. */
    void warm() throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            for (String index : List.of(
                    "order_items FORCE INDEX (order_items_by_book)",
                    "stock_movements FORCE INDEX (stock_movements_by_book)",
                    "books FORCE INDEX (books_by_stock)")) {
                statement.execute("SELECT COUNT(book_id) FROM " + index);
            }
            statement.execute("SELECT SUM(version) FROM books");
        }
    }

    int orders() throws SQLException {
        return query("SELECT COUNT(*) FROM orders");
    }

    /** Copies taken out of the stock, and copies in orders: the same number, or something was lost. */
    boolean stockAgreesWithOrders() throws SQLException {
        return query("SELECT (SELECT COUNT(*) * " + STOCK + " - SUM(stock_quantity) FROM books)"
                        + " = (SELECT COALESCE(SUM(quantity), 0) FROM order_items)")
                == 1;
    }

    private int query(String sql) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            return number(statement, sql);
        }
    }

    private static int number(Statement statement, String sql) throws SQLException {
        try (ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getInt(1);
        }
    }

    @Override
    public void close() {
        database.close();
    }
}
