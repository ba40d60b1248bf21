package com.books.bookstore.db;

import static com.books.bookstore.db.support.Shop.PRICE;
import static org.assertj.core.api.Assertions.assertThat;

import com.books.bookstore.db.support.Shop;
import com.books.bookstore.db.support.Shop.Line;
import com.books.bookstore.db.support.TestDatabase;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pages that begin at the place where the one before ended. */
@Tag("slow")
class ListPlacesTest {

    private static final TestDatabase DATABASE = TestDatabase.migrated();
    private final Shop shop = new Shop(DATABASE);

    @AfterAll
    static void closeDatabase() {
        DATABASE.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'', '', 0, '', ''",
                "'', '', 1, '', ''",
                "'pending', '', 0, '', ''",
                "'', '2020-01-01', 0, '', ''",
                "'pending', '2020-01-01', 1, '', ''",
                "'', '', 0, 'customer-subject', 'customer@books.com'"
            })
    void ordersHaveEachOnceWhileTheyComeAndGo(String filter) {
        int book = shop.addBook("Emma", 1000);
        List<Integer> before = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            before.add(shop.place(Line.of(book, 1)).id("orderId"));
        }
        // Orders of the same second too, and of another order by time than by number.
        DATABASE.execute("UPDATE orders SET order_date = '2026-11-0" + (1 + before.size() % 3)
                + " 12:00:00' WHERE order_id IN (" + before.get(1) + ", " + before.get(2) + ")");
        String[] values = filter.replace("'", "").split(", ?", -1);
        boolean oldestFirst = values[2].equals("1");
        String owner = values[3].isEmpty() ? "" : ownerOf(before.get(0), "customer_subject");
        String email = values[3].isEmpty() ? "" : ownerOf(before.get(0), "user_email");

        List<Integer> found = pages(
                3,
                (place, rows) -> Shop.page(DATABASE.rows(
                        "CALL list_orders(?, 0, '', '', ?, '', ?, ?, ?, ?, ?, 0)",
                        values[0],
                        values[1],
                        oldestFirst ? 1 : 0,
                        owner,
                        email,
                        place,
                        rows)),
                "orderId",
                () -> shop.place(Line.of(book, 1)));

        assertThat(found).doesNotHaveDuplicates().containsAll(before);
        if (values[1].isEmpty()) {
            Comparator<Integer> byNumber = oldestFirst ? Comparator.naturalOrder() : Comparator.reverseOrder();
            assertThat(found).isSortedAccordingTo(byNumber);
        }
    }

    /** More than an offset reaches, many of them alike: what an export of the whole shop reads. */
    @ParameterizedTest
    @CsvSource({"title_asc", "price_desc", "stock_asc"})
    void allBooksOfALargeShopHaveEachOnce(String sort) {
        if (DATABASE.count("SELECT COUNT(*) FROM books WHERE title LIKE 'Pile %'") == 0) {
            DATABASE.execute("INSERT INTO books (title, price, stock_quantity)"
                    + " SELECT CONCAT('Pile ', MOD(a.position, 7)), MOD(b.position, 9) + 1, MOD(c.position, 5)"
                    + " FROM search_positions AS a, search_positions AS b, search_positions AS c LIMIT 12000");
        }
        List<Integer> found = new ArrayList<>();
        String place = "";
        while (place != null) {
            List<Map<String, Object>> rows =
                    Shop.page(DATABASE.rows("CALL list_books('[]', '', '', -1, ?, ?, 100, 0)", sort, place));
            for (Map<String, Object> row : rows.subList(0, Math.min(100, rows.size()))) {
                found.add(
                        Shop.json(row.get("document").toString()).get("bookId").asInt());
            }
            place = rows.size() > 100 ? rows.get(99).get("place").toString() : null;
        }

        assertThat(found).doesNotHaveDuplicates().hasSize((int)
                DATABASE.count("SELECT COUNT(*) FROM books WHERE deleted_at IS NULL"));
    }

    /** More books than a search with several words looks at: all are there, in the order of their titles. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "heap | '' | relevance_asc | 1703",
                "hea | '' | relevance_asc | 1703",
                "heap | '' | title_desc | 1703",
                "heap | Heaps | title_asc | 1702",
                "heap | Heaps | relevance_asc | 1702"
            })
    void allBooksOfACommonWordHaveEachOnceWhileTheyComeAndGo(String word, String category, String sort, int expected) {
        if (DATABASE.count("SELECT COUNT(*) FROM books WHERE title LIKE 'Heap %'") == 0) {
            shop.createBook("A heap", "", "", "{\"category\":\"Heaps\"}", PRICE, 1);
            shop.createBook("The other heap", "", "", "{}", PRICE, 1);
            DATABASE.execute(
                    "INSERT INTO books (title, price, stock_quantity, category_id)"
                            + " SELECT CONCAT('Heap ', MOD(b.position, 9)), 1, 1, (SELECT category_id FROM categories WHERE name = 'Heaps')"
                            + " FROM search_positions AS a, search_positions AS b LIMIT 1701",
                    "CALL index_books((SELECT MIN(book_id) FROM books WHERE title LIKE 'Heap %'), 2147483647)",
                    "CALL count_categories()");
        }
        int before = shop.addBook("0 heap", 1);
        List<Integer> found = new ArrayList<>();
        List<String> titles = new ArrayList<>();
        String place = "";
        while (place != null) {
            List<Map<String, Object>> rows = DATABASE.rows(
                    "CALL list_books(?, '', ?, -1, ?, ?, 100, 0)", "[\"" + word + "\"]", category, sort, place);
            Map<String, Object> count = rows.remove(rows.size() - 1);
            assertThat(count.get("total").toString() + count.get("more")).isIn(expected + "0", expected + 1 + "0");
            for (Map<String, Object> row : rows.subList(0, Math.min(100, rows.size()))) {
                JsonNode book = Shop.json(row.get("document").toString());
                found.add(book.get("bookId").asInt());
                titles.add(book.get("title").textValue());
            }
            place = rows.size() > 100 ? rows.get(99).get("place").toString() : null;
            if (found.size() == 200) {
                shop.deleteBook(before, "*");
            }
        }

        found.remove((Integer) before);
        titles.remove("0 heap");
        assertThat(found).doesNotHaveDuplicates().hasSize(expected);
        assertThat(titles)
                .isSortedAccordingTo(sort.endsWith("desc") ? Comparator.reverseOrder() : Comparator.naturalOrder());
    }

    /** They are not among the first books of either word, of which there are more than a search looks at to fill a page. */
    @Test
    void booksWithTwoCommonWordsAreFoundThoughTheyAreRare() {
        DATABASE.execute(
                "INSERT INTO books (title, price, stock_quantity)"
                        + " SELECT CONCAT(IF(MOD(a.position, 2) = 0, 'Mound ', 'Hillock '), b.position), 1, 1"
                        + " FROM search_positions AS a, search_positions AS b LIMIT 2600",
                "CALL index_books((SELECT MIN(book_id) FROM books WHERE title REGEXP '^(Mound|Hillock) '), 2147483647)");
        int book = shop.addBook("Mound and hillock", 3);

        List<Map<String, Object>> rows =
                DATABASE.rows("CALL list_books('[\"mound\",\"hillock\"]', '', '', -1, 'relevance_asc', '', 20, 0)");

        assertThat(rows).hasSize(2);
        assertThat(Shop.json(rows.get(0).get("document").toString())
                        .get("bookId")
                        .asInt())
                .isEqualTo(book);
        assertThat(rows.get(1).get("total").toString() + rows.get(1).get("more"))
                .isEqualTo("10");
        assertThat(DATABASE.rows("CALL list_books('[\"mound\"]', '', '', 1, 'price_asc', '', 100, 0)"))
                .hasSize(102);
        assertThat(DATABASE.rows("CALL list_books('[\"mound\"]', '', '', 0, 'price_asc', '', 100, 0)"))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"''", "dead"})
    void emailsHaveEachOnceWhileTheyComeAndGo(String status) {
        List<Integer> before = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            before.add(0, mail());
        }

        List<Integer> found = pages(
                2, (place, rows) -> DATABASE.rows("CALL list_mails(?, ?, ?, 0)", status, place, rows), "mailId", () -> {
                    mail();
                    DATABASE.execute(
                            "DELETE FROM mail_outbox WHERE mail_id = (SELECT m FROM (SELECT MAX(mail_id) - 1 AS m FROM mail_outbox) AS x)");
                });

        assertThat(found).doesNotHaveDuplicates().containsAll(before).isSortedAccordingTo(Comparator.reverseOrder());
    }

    @Test
    void auditEventsHaveEachOnceWhileTheyCome() {
        for (int i = 0; i < 5; i++) {
            event();
        }
        List<Integer> found = pages(
                2,
                (place, rows) -> DATABASE.rows("CALL list_audit('stock_changed', '', ?, ?, 0)", place, rows),
                "auditId",
                ListPlacesTest::event);

        assertThat(found).doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(5);
        assertThat(found).isSortedAccordingTo(Comparator.reverseOrder());
    }

    /** More orders than are counted: all of them, and those in a state, are exact nevertheless. */
    @Test
    void manyOrdersAreCountedByTheirSums() {
        int book = shop.addBook("Emma", 1000);
        int completed = shop.place(Line.of(book, 1)).id("orderId");
        int returned = shop.place(Line.of(book, 1)).id("orderId");
        shop.complete(completed);
        shop.complete(returned);
        shop.returnOrder(returned);
        DATABASE.rows("CALL fold_figures(1000)");
        String insert = "INSERT INTO orders (user_email, payment_status, total_amount, currency)"
                + " SELECT 'many@books.com', 'pending', 1, 'USD' FROM search_positions AS a, search_positions AS b, search_positions AS c"
                + " WHERE a.position <= 3 LIMIT 10001";
        DATABASE.execute(
                insert, "UPDATE order_totals SET orders_placed = orders_placed + 10001", "CALL add_order_texts()");

        long all = DATABASE.count("SELECT COUNT(*) FROM orders");
        assertThat(count("", "")).isEqualTo(Map.of("total", all, "more", 0L));
        assertThat(count("pending", ""))
                .isEqualTo(Map.of(
                        "total",
                        DATABASE.count("SELECT COUNT(*) FROM orders WHERE payment_status = 'pending'"),
                        "more",
                        0L));
        assertThat(count("returned", "").get("total"))
                .isEqualTo(DATABASE.count("SELECT COUNT(*) FROM orders WHERE payment_status = 'returned'"));
        assertThat(count("", "many")).isEqualTo(Map.of("total", 5_001L, "more", 1L));
        assertThat(DATABASE.value("SELECT SUM(returned) FROM order_sums").toString())
                .isEqualTo(String.valueOf(
                        DATABASE.count("SELECT COUNT(*) FROM orders WHERE payment_status = 'returned'")));
    }

    private static Map<String, Long> count(String status, String customer) {
        Map<String, Object> row = DATABASE.rows(
                        "CALL list_orders(?, 0, ?, '', '', '', 0, '', '', 0, 0, 0)", status, customer)
                .get(0);
        return Map.of(
                "total",
                Long.valueOf(row.get("total").toString()),
                "more",
                Long.valueOf(row.get("more").toString()));
    }

    private static int mail() {
        DATABASE.execute(
                "INSERT INTO mail_outbox (mail_key, kind, recipients, message_id, document, status, created_at, next_attempt_at)"
                        + " VALUES (UUID(), 'summary', '', UUID(), '{}', 'dead', UTC_TIMESTAMP(3), UTC_TIMESTAMP(3))");
        return (int) DATABASE.count("SELECT MAX(mail_id) FROM mail_outbox");
    }

    private static void event() {
        DATABASE.execute(
                "INSERT INTO audit_events (kind, subject, actor, details) VALUES ('stock_changed', '1', 'staff', '{}')");
    }

    private static String ownerOf(int order, String column) {
        return DATABASE.value("SELECT " + column + " FROM orders WHERE order_id = " + order)
                .toString();
    }

    private static List<Integer> pages(int limit, PageQuery query, String id, Runnable between) {
        List<Integer> found = new ArrayList<>();
        long place = 0;
        while (place >= 0 && found.size() < 1000) {
            List<Map<String, Object>> rows = query.rows(place, limit);
            for (Map<String, Object> row : rows.subList(0, Math.min(limit, rows.size()))) {
                found.add(Shop.json(row.get("document").toString()).get(id).asInt());
            }
            place = -1;
            if (rows.size() > limit) {
                JsonNode last = Shop.json(rows.get(limit - 1).get("place").toString());
                place = last.get(0).asLong();
            }
            if (found.size() < 12) {
                between.run();
            }
        }
        return found;
    }

    @FunctionalInterface
    private interface PageQuery {
        List<Map<String, Object>> rows(long place, int limit);
    }
}
