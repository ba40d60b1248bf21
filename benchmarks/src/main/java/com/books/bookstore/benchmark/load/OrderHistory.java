package com.books.bookstore.benchmark.load;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;

/**
 * The past of a shop, made by SQL: orders spread over {@value #DAYS} days up to now with all that belongs to them, and the sums that
 * the bookstore keeps of them. Of 100 orders the newest is pending, five were cancelled and two returned.
 */
final class OrderHistory {

    /** So that ten million orders are 86,400 a day. */
    static final int DAYS = 116;

    /** Emails of older orders are deleted; the default of BOOKSTORE_MAIL_KEEP_DAYS is 90. */
    static final int DAYS_OF_EMAILS = 30;

    static final int ORDERS_PER_CUSTOMER = 50;

    private static final int CHUNK = 20_000;
    /** From the first to the last order of a chunk. MySQL has no tables of numbers. */
    private static final String SEQUENCE =
            "(SELECT n + %1$d - 1 AS seq FROM chunk_numbers WHERE n <= %2$d - %1$d + 1) AS s";

    private static final String[] LINES = {
        "CREATE TEMPORARY TABLE chunk (order_id INT NOT NULL, book_id INT NOT NULL, quantity INT NOT NULL, title VARCHAR(255) NOT NULL,"
                + " unit_price DECIMAL(10, 2) NOT NULL, PRIMARY KEY (order_id, book_id)) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci",
        // Some books are ordered much more than others. Every second order has a second line.
        "INSERT IGNORE INTO chunk SELECT s.seq, b.book_id, 1 + s.seq %% 2, b.title, b.price FROM " + SEQUENCE
                + " STRAIGHT_JOIN books AS b ON b.book_id = CAST(1 + FLOOR(POW(CRC32(s.seq) / 4294967296, 2) * %3$d) AS SIGNED)",
        "INSERT IGNORE INTO chunk SELECT s.seq, b.book_id, 1, b.title, b.price FROM " + SEQUENCE
                + " STRAIGHT_JOIN books AS b ON b.book_id = CAST(1 + FLOOR(CRC32(CONCAT('second line of ', s.seq)) / 4294967296 * %3$d) AS SIGNED) WHERE s.seq %% 2 = 1",
        "INSERT INTO orders (order_id, customer_subject, user_email, order_date, payment_status, total_amount, currency, subtotal, delivery_address)"
                + " SELECT order_id, CONCAT('customer', 1 + order_id %% %4$d, '@books.test'), CONCAT('customer', 1 + order_id %% %4$d,"
                + " '@books.test'), %6$s, %5$s, SUM(unit_price * quantity), 'USD', SUM(unit_price * quantity), JSON_OBJECT('name', CONCAT('Reader ', 1 + order_id %% %4$d), 'lines', JSON_ARRAY('1 High Street'), 'postalCode', '10115', 'city', 'Berlin', 'country', 'DE') FROM chunk GROUP BY order_id",
        "INSERT INTO order_items (order_id, book_id, quantity, title, unit_price, discount, line_total)"
                + " SELECT order_id, book_id, quantity, title, unit_price, 0, unit_price * quantity FROM chunk",
        "INSERT INTO stock_movements (book_id, type, stock_change, stock_after, order_id, actor, occurred_at)"
                + " SELECT book_id, 'sold', -quantity, 1000000, order_id, 'customer', %6$s FROM chunk",
        "INSERT INTO payments (order_id, payment_amount, payment_status) SELECT order_id, total_amount, payment_status FROM orders"
                + " WHERE order_id BETWEEN %1$d AND %2$d",
        "INSERT INTO order_history (order_id, event, actor, occurred_at) SELECT order_id, 'placed', user_email, order_date FROM orders"
                + " WHERE order_id BETWEEN %1$d AND %2$d",
        "INSERT INTO order_history (order_id, event, actor, occurred_at) SELECT order_id, IF(payment_status = 'returned', 'completed',"
                + " payment_status), 'staff@books.test', order_date FROM orders WHERE order_id BETWEEN %1$d AND %2$d AND payment_status <> 'pending'",
        "INSERT INTO order_history (order_id, event, actor, occurred_at) SELECT order_id, 'returned', 'staff@books.test', order_date FROM orders"
                + " WHERE order_id BETWEEN %1$d AND %2$d AND payment_status = 'returned'",
        "INSERT INTO mail_outbox (mail_key, kind, recipients, message_id, document, status, attempts, created_at, next_attempt_at, sent_at)"
                + " SELECT CONCAT('order-', order_id, '-placed'), 'order_placed', user_email, CONCAT(order_id, '@books.com'),"
                + " JSON_OBJECT('orderId', order_id, 'userEmail', user_email, 'totalAmount', total_amount), 'sent', 1, order_date, order_date, order_date"
                + " FROM orders WHERE order_id BETWEEN %1$d AND %2$d AND order_date > UTC_TIMESTAMP() - INTERVAL %7$d DAY",
        "DROP TEMPORARY TABLE chunk"
    };
    private static final String[] SUMS = {
        "DELETE FROM day_figures",
        "DELETE FROM day_sales",
        "DELETE FROM order_totals",
        "INSERT INTO day_figures (day, orders_placed, orders_completed, orders_cancelled, revenue, discount)"
                + " SELECT DATE(h.occurred_at), SUM(h.event = 'placed'), SUM(h.event = 'completed'), SUM(h.event = 'cancelled'),"
                + " SUM(IF(h.event = 'completed', o.total_amount, 0)), 0 FROM order_history AS h JOIN orders AS o ON o.order_id = h.order_id GROUP BY 1",
        "INSERT INTO order_totals (currency, orders_placed, orders_completed, orders_cancelled, orders_returned, revenue)"
                + " SELECT currency, COUNT(*), SUM(payment_status IN ('completed', 'returned')), SUM(payment_status = 'cancelled'),"
                + " SUM(payment_status = 'returned'), SUM(IF(payment_status IN ('completed', 'returned'), total_amount, 0))"
                + " FROM orders GROUP BY currency",
        "INSERT INTO audit_events (kind, subject, actor, details, occurred_at) SELECT 'stock_changed', CONCAT('book ', order_id), 'staff@books.test', '{}', order_date"
                + " FROM orders WHERE order_id %% 100 = 0 AND order_date > UTC_TIMESTAMP() - INTERVAL %7$d DAY",
        "CALL add_order_texts()",
        "ANALYZE TABLE books, orders, order_texts, order_items, order_history, stock_movements, mail_outbox, payments, day_sales, book_words"
    };

    private OrderHistory() {}

    /** For one day: all at once would sort the lines of all orders on disk. */
    private static String salesOf(String day) {
        return "INSERT INTO day_sales (day, book_id, title, copies, revenue) SELECT " + day
                + ", i.book_id, MAX(i.title), SUM(i.quantity), SUM(i.line_total) FROM orders AS o FORCE INDEX (orders_by_date)"
                + " JOIN order_items AS i FORCE INDEX (order_items_by_order) ON i.order_id = o.order_id WHERE o.payment_status IN ('completed', 'returned')"
                + " AND o.order_date >= " + day + " AND o.order_date < " + day + " + INTERVAL 1 DAY GROUP BY i.book_id";
    }

    /** How many customers have ordered. */
    static int customers(int orders) {
        return Math.max(1, orders / ORDERS_PER_CUSTOMER);
    }

    /**
     * Fills an empty shop.
     *
     * @param books    numbered from 1
     * @param progress told how many orders there are, from time to time
     */
    static void write(DataSource dataSource, int books, int orders, IntConsumer progress) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SET SESSION foreign_key_checks = 0");
            statement.execute("CREATE TEMPORARY TABLE chunk_numbers (n INT NOT NULL PRIMARY KEY)");
            statement.execute(IntStream.rangeClosed(1, CHUNK)
                    .mapToObj(number -> "(" + number + ")")
                    .collect(Collectors.joining(",", "INSERT INTO chunk_numbers VALUES ", "")));
            connection.setAutoCommit(false);
            for (int first = 1; first <= orders; first += CHUNK) {
                int last = Math.min(orders, first + CHUNK - 1);
                execute(connection, LINES, first, last, books, orders);
                progress.accept(last);
            }
            execute(connection, SUMS, 1, orders, books, orders);
            for (int day = DAYS + 1; day >= 0; day--) {
                statement.execute(salesOf("DATE(UTC_TIMESTAMP() - INTERVAL " + day + " DAY)"));
                connection.commit();
            }
            statement.execute("DROP TEMPORARY TABLE chunk_numbers");
            statement.execute("SET SESSION foreign_key_checks = 1");
            connection.commit();
        }
    }

    private static void execute(Connection connection, String[] statements, int first, int last, int books, int orders)
            throws SQLException {
        String status = "ELT(1 + (order_id > " + (orders - Math.max(1, orders / 100)) + ") * 100 + (order_id % 20 = 7)"
                + " + 2 * (order_id % 50 = 3), 'completed', 'cancelled', 'returned')";
        // Beyond the list of ELT is NULL.
        String statusOrPending = "COALESCE(" + status + ", 'pending')";
        String time = "UTC_TIMESTAMP() - INTERVAL FLOOR((" + orders + " - order_id) * " + (DAYS * 86_400L) + " / "
                + orders + ") SECOND";
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(String.format(
                        Locale.ROOT,
                        sql,
                        first,
                        last,
                        books,
                        customers(orders),
                        statusOrPending,
                        time,
                        DAYS_OF_EMAILS));
            }
        }
        connection.commit();
    }
}
