package com.books.bookstore.db;

import static org.assertj.core.api.Assertions.assertThat;

import com.books.bookstore.db.support.Shop;
import com.books.bookstore.db.support.Shop.Account;
import com.books.bookstore.db.support.Shop.Line;
import com.books.bookstore.db.support.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("slow")
class OrderSearchTest {

    private static final TestDatabase DATABASE = TestDatabase.migrated();
    private static final List<Integer> ORDERS = new ArrayList<>();

    @BeforeAll
    static void placeOrders() {
        Shop shop = new Shop(DATABASE);
        int emma = shop.createBook("Emma", "Jane Austen", "9780141439587", Shop.PRICE, 100)
                .id("bookId");
        int kim = shop.createBook("Former title", "", "", Shop.PRICE, 100).id("bookId");
        DATABASE.rows("CALL update_book(?, '*', 'Kim: 100 %', '', '', '{}', 9.90, '', 'staff@books.com')", kim);
        int gone = shop.createBook("Gone 𠮷", "", "", Shop.PRICE, 100).id("bookId");
        place(shop, "ann@books.com", "2026-11-20 23:59:59", Line.of(emma, 1));
        place(shop, "bob@books.com", "2026-11-21 00:00:00", Line.of(emma, 1), Line.of(kim, 1));
        place(shop, "ann@books.com", "2026-11-22 12:00:00", Line.of(kim, 2), Line.of(gone, 1));
        shop.complete(ORDERS.get(2));
        shop.deleteBook(gone, "*");
        // The second call is about orders that the first one has read.
        DATABASE.execute(
                "CALL add_order_texts()",
                "UPDATE orders SET delivery_address = '{\"name\":\"Zoë O\\'Brien\",\"city\":\"Annaberg\"}' WHERE order_id = "
                        + ORDERS.get(1),
                "UPDATE order_texts_mark SET order_id = 0",
                "CALL add_order_texts()");
    }

    private static void place(Shop shop, String email, String date, Line... lines) {
        int order = shop.place(email, UUID.randomUUID().toString(), lines).id("orderId");
        DATABASE.execute("UPDATE orders SET order_date = '" + date + "' WHERE order_id = " + order);
        ORDERS.add(order);
    }

    @AfterAll
    static void closeDatabase() {
        DATABASE.close();
    }

    /** found: the places of the orders in the list above, in the order of the answer. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "       | 0 |        |           |            |            | 0 |     | 210",
                "       | 0 |        |           |            |            | 1 |     | 012",
                "pending| 0 |        |           |            |            | 1 |     | 01",
                "       | 2 |        |           |            |            | 0 |     | 1",
                "       | 0 | ann    |           |            |            | 0 |     | 20",
                "       | 0 | ann    |           |            |            | 1 |     | 02",
                "       | 0 | N@books.COM |      |            |            | 1 |     | 02",
                "       | 0 | @      |           |            |            | 1 |     | 012",
                "       | 0 | zoe o  |           |            |            | 0 |     | 1",
                "       | 0 | o%b    |           |            |            | 0 |     | ''",
                "       | 0 | o_b    |           |            |            | 0 |     | ''",
                "       | 0 | o!b    |           |            |            | 0 |     | ''",
                "       | 2 | brien  |           |            |            | 0 |     | 1",
                "       | 1 | brien  |           |            |            | 0 |     | ''",
                "       | 0 | brien  |           |            |            | 0 | ann | ''",
                "       | 0 |        | emma      |            |            | 1 |     | 01",
                "       | 0 |        | mma aus   |            |            | 1 |     | 01",
                "       | 0 |        | kim 100   |            |            | 1 |     | 12",
                "       | 0 |        | kim emma  |            |            | 1 |     | ''",
                "       | 0 |        | 97801     |            |            | 1 |     | 01",
                "       | 0 |        | 97802     |            |            | 1 |     | ''",
                "       | 0 |        | gone      |            |            | 1 |     | 2",
                "       | 0 |        | 𠮷        |            |            | 1 |     | 2",
                "       | 0 |        | former    |            |            | 1 |     | 12",
                "       | 3 |        | former    |            |            | 1 |     | 2",
                "       | 0 |        |           | 2026-11-21 |            | 1 |     | 12",
                "       | 0 |        |           |            | 2026-11-20 | 1 |     | 0",
                "       | 0 |        |           | 2026-11-21 | 2026-11-21 | 1 |     | 1",
                "       | 0 |        |           | 2038-01-19 |            | 1 |     | ''",
                "       | 0 |        |           | 9999-12-31 | 9999-12-31 | 1 |     | ''",
                "       | 0 |        |           | 1970-01-01 | 9999-12-31 | 1 |     | 012",
                "pending| 0 | ann    | emma      | 2026-11-01 | 2026-11-30 | 1 |     | 0",
                "       | 0 |        |           |            |            | 0 | ann | 20",
                "completed| 0 |      |           |            |            | 0 | ann | 2",
                "       | 0 |        |           | 2026-11-21 |            | 0 | ann | 2",
                "       | 0 |        | emma      |            |            | 0 | ann | 0",
                "       | 0 | bob    |           |            |            | 0 | ann | ''"
            })
    void findsOrders(
            String status,
            int place,
            String customer,
            String book,
            String from,
            String to,
            int oldestFirst,
            String owner,
            String found) {
        Account account = owner == null ? Account.STAFF : Account.of(owner + "@books.com");
        Object[] filter = {
            text(status),
            place == 0 ? 0 : ORDERS.get(place - 1),
            text(customer),
            book == null || book.isEmpty() ? "" : search(book),
            text(from),
            text(to),
            oldestFirst,
            account.subject(),
            account.email()
        };

        List<Integer> page =
                Shop.page(DATABASE.rows("CALL list_orders(?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 10, 0)", filter)).stream()
                        .map((Map<String, Object> row) -> Shop.json((String) row.get("document"))
                                .get("orderId")
                                .asInt())
                        .toList();

        assertThat(page)
                .containsExactlyElementsOf(
                        found.chars().mapToObj(digit -> ORDERS.get(digit - '0')).toList());
        Map<String, Object> count = DATABASE.rows("CALL list_orders(?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, 0)", filter)
                .get(0);
        assertThat(count.get("total")).hasToString(String.valueOf(found.length()));
        assertThat(count.get("more")).hasToString("0");
    }

    /** Digits are the beginning of an ISBN, as the mediators tell. */
    static String search(String book) {
        boolean isbn = book.matches("[0-9]{5,}");
        return "{\"words\":[" + (isbn ? "" : "\"" + book.replace(" ", "\",\"") + "\"") + "],\"isbn\":\""
                + (isbn ? book : "") + "\"}";
    }

    private static String text(String value) {
        return value == null ? "" : value;
    }
}
