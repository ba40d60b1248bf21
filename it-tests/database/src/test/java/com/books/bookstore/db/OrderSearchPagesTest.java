package com.books.bookstore.db;

import static org.assertj.core.api.Assertions.assertThat;

import com.books.bookstore.db.support.Shop;
import com.books.bookstore.db.support.Shop.Line;
import com.books.bookstore.db.support.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Searches of which more is found than is looked through at once: pages have each order once, the same as a plain scan, while orders come. One
 * customer and one book have more than 5,000 orders; more than 2,000 customers have the same domain, and more than 2,000 books the same word.
 */
@Tag("slow")
class OrderSearchPagesTest {

    private static final int ORDERS = 10_800;
    private static final int LIMIT = 100;
    private static final String FIND = "CALL list_orders(?, 0, ?, '', '', '', 0, '', '', ?, 20, 0)";
    private static final TestDatabase DATABASE = TestDatabase.migrated();
    private static final Shop SHOP = new Shop(DATABASE);
    private static int another;

    @BeforeAll
    static void makeShop() {
        another = SHOP.addBook("Another", 1000);
        String numbers =
                "(SELECT 255 * (a.position - 1) + b.position AS n FROM search_positions AS a, search_positions AS b WHERE a.position <= 50) AS n";
        DATABASE.execute(
                "INSERT INTO books (book_id, title, author, price, stock_quantity)"
                        + " SELECT 100 + n, CONCAT('Common ', IF(n = 1, 'hot', CONCAT('v', n))), IF(n = 1, 'Homer', 'Nobody'), 1, 0 FROM "
                        + numbers + " WHERE n <= 2100",
                "CALL index_missing_books()",
                // Every second order is of the customer who orders most, two of three are of the book that sells best.
                "INSERT INTO orders (order_id, customer_subject, user_email, delivery_address, order_date, payment_status, total_amount, currency)"
                        + " SELECT 1000 + n, CONCAT('c', n), IF(n % 2 = 0, 'hot@one.test', CONCAT('c', n % 4203, '@common.test')),"
                        + " IF(n % 5 = 0, JSON_OBJECT('name', CONCAT('Reader ', n % 7)), NULL),"
                        + " TIMESTAMP('2026-01-01 00:00:00') + INTERVAL (n * 37 % 12000) * 10 MINUTE,"
                        + " ELT(1 + (n % 11 = 0) + 2 * (n % 97 = 0), 'completed', 'cancelled', 'returned', 'pending'), 1, 'USD' FROM "
                        + numbers + " WHERE n <= " + ORDERS,
                "INSERT INTO order_items (order_id, book_id, quantity, title, unit_price, discount, line_total)"
                        + " SELECT order_id, 101, 1, 'Hot', 1, 0, 1 FROM orders WHERE order_id > 1000 AND order_id % 3 > 0",
                "INSERT INTO order_items (order_id, book_id, quantity, title, unit_price, discount, line_total)"
                        + " SELECT order_id, 102 + order_id * 7 % 2099, 1, 'Other', 1, 0, 1 FROM orders WHERE order_id > 1000 AND order_id % 4 > 0",
                "CALL add_order_texts()");
    }

    @AfterAll
    static void closeDatabase() {
        DATABASE.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // One with many orders, and all of them.
                "hot@one   |            |           |            |            | 0",
                "hot@one   |            | returned  |            |            | 1",
                "hot@one   |            |           | 2026-02-01 | 2026-02-20 | 0",
                "          | hot homer  |           |            |            | 1",
                "          | hot        | pending   |            |            | 0",
                // What is common.
                "common.te |            | cancelled |            |            | 0",
                "common.te |            |           | 2026-03-01 | 2026-03-03 | 1",
                "common.te |            | returned  | 2026-01-01 |            | 0",
                "          | common     | returned  |            |            | 1",
                "c1@       | common     |           |            |            | 0",
                // What is rare, and both.
                "reader 3  |            |           |            |            | 0",
                "ader 3    | hot        |           |            |            | 1",
                "          | v19        |           |            |            | 0",
                "hot@one   | v77        | completed |            |            | 0",
                "hot@one   | hot        | returned  |            |            | 1",
                "nothing   | hot        |           |            |            | 0"
            })
    void pagesHaveWhatAScanHas(String customer, String book, String status, String from, String to, int oldestFirst) {
        Object[] filter = {text(status), text(customer), search(book), text(from), text(to), oldestFirst};
        List<Integer> expected = scan(customer, book, status, from, to, oldestFirst);

        List<Integer> found = new ArrayList<>();
        long place = 0;
        int pages = 0;
        while (place >= 0) {
            List<Map<String, Object>> rows = DATABASE.rows(
                    "CALL list_orders(?, 0, ?, ?, ?, ?, ?, '', '', ?, ?, 0)",
                    filter[0],
                    filter[1],
                    filter[2],
                    filter[3],
                    filter[4],
                    filter[5],
                    place,
                    LIMIT);
            List<Map<String, Object>> page = Shop.page(rows);
            Map<String, Object> count = rows.get(rows.size() - 1);
            page.stream()
                    .limit(LIMIT)
                    .forEach(row -> found.add(Shop.json((String) row.get("document"))
                            .get("orderId")
                            .asInt()));
            Object next = page.size() > LIMIT ? page.get(LIMIT - 1).get("place") : count.get("place");
            place = next == null ? -1 : Shop.json((String) next).get(0).asLong();

            int total = Integer.parseInt(count.get("total").toString());
            if (count.get("more").toString().equals("0")) {
                assertThat(total).isGreaterThanOrEqualTo(expected.size());
            } else {
                assertThat(total).isLessThanOrEqualTo(5_001).isLessThanOrEqualTo(expected.size() + pages);
            }
            if (pages++ < 2) {
                // Nothing that this search finds, and then something that it finds perhaps.
                SHOP.place("other@two.test", UUID.randomUUID().toString(), Line.of(another, 1));
            }
            assertThat(pages).isLessThan(200);
        }

        assertThat(found).containsExactlyElementsOf(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // Some 5,400 orders, of which 5,001 are counted: before the second place fewer are left.
                "hot@one  |           | 5001 | 1",
                "reader 3 |           |  309 | 0",
                "reader 3 | cancelled |   28 | 0"
            })
    void theTotalIsOfAllPages(String customer, String status, int total, int more) {
        for (int place : List.of(0, 6000, 1050)) {
            List<Map<String, Object>> rows = DATABASE.rows(FIND, text(status), customer, place);
            Map<String, Object> count = rows.get(rows.size() - 1);

            assertThat(count.get("total")).hasToString(Integer.toString(total));
            assertThat(count.get("more")).hasToString(Integer.toString(more));
        }
    }

    /** Of the customer who orders most; what is read of a temporary table counts, too. */
    @Test
    void whatIsFoundIsReadOnceToBeCounted() throws SQLException {
        try (Connection connection = DATABASE.dataSource().getConnection()) {
            // The first call reads the procedures, too, among those of all schemas of this server.
            TestDatabase.rows(connection, FIND, "", "hot@one", 0);
            long before = TestDatabase.rowsRead(connection);
            TestDatabase.rows(connection, FIND, "", "hot@one", 0);
            assertThat(TestDatabase.rowsRead(connection) - before).isLessThan(20_000);
        }
    }

    private static List<Integer> scan(
            String customer, String book, String status, String from, String to, int oldestFirst) {
        String direction = oldestFirst == 1 ? "" : " DESC";
        String sql = "SELECT o.order_id FROM orders AS o WHERE order_id BETWEEN 1001 AND " + (1000 + ORDERS)
                + (customer == null
                        ? ""
                        : " AND (o.user_email LIKE '%" + customer + "%' OR o.delivery_name LIKE '%" + customer + "%')")
                + (status == null ? "" : " AND o.payment_status = '" + status + "'")
                + (from == null ? "" : " AND o.order_date >= '" + from + "'")
                + (to == null ? "" : " AND o.order_date < '" + to + "' + INTERVAL 1 DAY");
        if (book != null) {
            sql +=
                    " AND EXISTS (SELECT 1 FROM order_items AS i JOIN books AS b ON b.book_id = i.book_id WHERE i.order_id = o.order_id";
            for (String word : book.split(" ")) {
                sql += " AND CONCAT(b.title, ' ', b.author) LIKE '%" + word + "%'";
            }
            sql += ")";
        }
        boolean days = from != null || to != null;
        return DATABASE
                .rows(sql + " ORDER BY " + (days ? "o.order_date" + direction + ", " : "") + "o.order_id" + direction)
                .stream()
                .map(row -> ((Number) row.get("order_id")).intValue())
                .toList();
    }

    private static String search(String book) {
        return book == null ? "" : OrderSearchTest.search(book);
    }

    private static String text(String value) {
        return value == null ? "" : value;
    }
}
