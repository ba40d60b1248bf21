package com.books.bookstore.db;

import static com.books.bookstore.db.support.Shop.CUSTOMER;
import static com.books.bookstore.db.support.Shop.PRICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.books.bookstore.db.support.DatabaseRefusal;
import com.books.bookstore.db.support.Shop;
import com.books.bookstore.db.support.Shop.Answer;
import com.books.bookstore.db.support.Shop.Line;
import com.books.bookstore.db.support.TestDatabase;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class PlaceOrderTest {

    private static final TestDatabase DATABASE = TestDatabase.migrated();
    private final Shop shop = new Shop(DATABASE);

    @AfterAll
    static void closeDatabase() {
        DATABASE.close();
    }

    @Test
    void answersWithTheOrderAsItWasSold() {
        int first = shop.addBook("1984", 10);
        int second = shop.addBook("Tess of the d'Urbervilles", 10);
        Line discounted = new Line(second, 5, PRICE, new BigDecimal("2.48"));

        Answer answer =
                shop.place(CUSTOMER, key(), "f".repeat(64), Shop.orderJson("WELCOME10", Line.of(first, 1), discounted));

        assertThat(answer.outcome()).isEqualTo("placed");
        JsonNode order = answer.document();
        assertThat(order)
                .isEqualTo(Shop.json("""
                {"orderId": %d, "status": "pending", "userEmail": "customer@books.com", "orderDate": %s, "currency": "USD",
                 "items": [
                   {"bookId": %d, "title": "1984", "quantity": 1, "unitPrice": 9.90, "discount": 0.00, "lineTotal": 9.90},
                   {"bookId": %d, "title": "Tess of the d'Urbervilles", "quantity": 5, "unitPrice": 9.90, "discount": 2.48,
                    "lineTotal": 47.02}],
                 "subtotal": 59.40, "discountTotal": 2.48, "taxTotal": 4.55, "totalAmount": 61.47, "promoCode": "WELCOME10",
                 "deliveryAddress": null}
                """.formatted(answer.id("orderId"), order.get("orderDate"), first, second)));
        assertThat(Duration.between(Instant.parse(order.get("orderDate").textValue()), Instant.now())
                        .abs())
                .isLessThan(Duration.ofMinutes(5));
    }

    @Test
    void writesOrderLinesPaymentAndHistoryAndTakesTheStock() {
        int book = shop.addBook("Emma", 10);

        int orderId = shop.place(Line.of(book, 3)).id("orderId");

        assertThat(shop.stock(book)).isEqualTo(7);
        assertThat(shop.version(book)).isEqualTo(2);
        assertThat(DATABASE.rows("SELECT payment_amount, payment_status FROM payments WHERE order_id = ?", orderId))
                .singleElement()
                .satisfies(payment -> assertThat(payment)
                        .containsEntry("payment_amount", new BigDecimal("32.08"))
                        .containsEntry("payment_status", "pending"));
        assertThat(DATABASE.rows("SELECT event, actor FROM order_history WHERE order_id = ?", orderId))
                .singleElement()
                .satisfies(event ->
                        assertThat(event).containsEntry("event", "placed").containsEntry("actor", CUSTOMER));
    }

    @Test
    void answersWithWhatIsReadBackLater() {
        int book = shop.addBook("\"Surely You're Joking, Mr. Feynman!\" \\ 100 % \t 红楼梦 😀", 10);
        Answer placed = shop.place(Line.of(book, 2));

        assertThat(shop.orderDocument(placed.id("orderId"))).isEqualTo(placed.document());
    }

    @Test
    void keepsTheDeliveryAddressWithTheOrder() {
        int book = shop.addBook("Letters", 10);
        String address =
                "{\"name\":\"Zoë \\\"Z\\\" 😀\",\"lines\":[\"1\",\"2\"],\"postalCode\":null,\"city\":\"Rome\",\"country\":\"IT\"}";
        String order =
                shop.orderJson(null, Line.of(book, 1)).replace("\"deliveryAddress\":null", "\"deliveryAddress\":%s");

        Answer placed = shop.place(CUSTOMER, "with-address", "f".repeat(64), order.formatted(address));

        assertThat(placed.document().get("deliveryAddress")).isEqualTo(Shop.json(address));
        assertThat(shop.orderDocument(placed.id("orderId"))).isEqualTo(placed.document());
        assertThat(shop.complete(placed.id("orderId")).document().get("deliveryAddress"))
                .isEqualTo(Shop.json(address));
        assertThat(shop.place(Line.of(book, 1))
                        .document()
                        .get("deliveryAddress")
                        .isNull())
                .isTrue();
    }

    @Test
    void writesMoneyWithTwoDecimals() {
        int book = shop.createBook("Free", "", "", new BigDecimal("0.00"), 5).id("bookId");
        Answer placed = shop.place(new Line(book, 1, new BigDecimal("0.00"), new BigDecimal("0.00")));

        assertThat(placed.text().replace(" ", "")).contains("\"unitPrice\":0.00", "\"totalAmount\":0.00");
        assertThat((String)
                        DATABASE.value("SELECT document FROM order_documents WHERE order_id = ?", placed.id("orderId")))
                .contains("\"unitPrice\": 0.00", "\"totalAmount\": 0.00");
    }

    @Test
    void takesAnOrderOfAHundredLinesAndListsThemByBook() {
        int[] books = IntStream.range(0, 100)
                .map(i -> shop.addBook("Volume " + i + " " + "long title ".repeat(20), 1))
                .toArray();
        Line[] lines = IntStream.of(books).mapToObj(book -> Line.of(book, 1)).toArray(Line[]::new);

        Answer placed = shop.place(lines);

        assertThat(placed.outcome()).isEqualTo("placed");
        assertThat(placed.document().get("items"))
                .extracting(item -> item.get("bookId").intValue())
                .containsExactly(IntStream.of(books).boxed().toArray(Integer[]::new));
        assertThat(shop.orderDocument(placed.id("orderId"))).isEqualTo(placed.document());
    }

    @Test
    void showsTheOrderDateInUtcToEverySession() throws SQLException {
        int book = shop.addBook("Around the World in Eighty Days", 10);
        Answer placed = shop.place(Line.of(book, 1));

        try (Connection connection = DATABASE.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SET time_zone = '+05:30'");
            try {
                JsonNode read = Shop.json((String) TestDatabase.rows(
                                connection,
                                "SELECT document FROM order_documents WHERE order_id = ?",
                                placed.id("orderId"))
                        .get(0)
                        .get("document"));
                assertThat(read).isEqualTo(placed.document());
            } finally {
                statement.execute("SET time_zone = '+00:00'");
            }
        }
    }

    @Test
    void answersTheSameRequestAgainWithTheSameOrder() {
        int book = shop.addBook("Persuasion", 10);
        String key = key();
        Answer first = shop.place(CUSTOMER, key, Line.of(book, 2));
        shop.complete(first.id("orderId"));

        Answer again = shop.place(CUSTOMER, key, Line.of(book, 2));

        assertThat(again.outcome()).isEqualTo("replayed");
        assertThat(again.document()).isEqualTo(first.document());
        assertThat(shop.stock(book)).isEqualTo(8);
        assertThat(ordersUnder(key)).isEqualTo(1);
    }

    @Test
    void answersTheSameRequestAgainEvenIfItCouldNotBePlacedAnyMore() {
        int soldOut = shop.addBook("Villette", 1);
        int dearer = shop.addBook("Lord Jim", 5);
        int deleted = shop.addBook("Kim", 5);
        String key = key();
        Line[] lines = {Line.of(soldOut, 1), Line.of(dearer, 1), Line.of(deleted, 1)};
        Answer first = shop.place(CUSTOMER, key, lines);
        DATABASE.execute("UPDATE books SET price = 99 WHERE book_id = " + dearer);
        shop.deleteBook(deleted, "*");

        Answer again = shop.place(CUSTOMER, key, lines);

        assertThat(again.outcome()).isEqualTo("replayed");
        assertThat(again.document()).isEqualTo(first.document());
    }

    @Test
    void refusesAKeyThatBelongsToAnotherRequest() {
        int book = shop.addBook("Ulysses", 10);
        String key = key();
        shop.place(CUSTOMER, key, Line.of(book, 1));

        Answer other = shop.place(CUSTOMER, key, Line.of(book, 2));

        assertThat(other.outcome()).isEqualTo("key_reused");
        assertThat(other.document()).isNull();
        assertThat(shop.stock(book)).isEqualTo(9);
    }

    @ParameterizedTest
    @CsvSource({"josé@books.com, jose@books.com", "Jose@books.com, jose@books.com"})
    void keepsTheKeysOfTwoCustomersApart(String one, String other) {
        int book = shop.addBook("Dubliners", 10);
        String key = key();

        assertThat(shop.place(one, key, Line.of(book, 1)).outcome()).isEqualTo("placed");
        assertThat(shop.place(other, key, Line.of(book, 2)).outcome()).isEqualTo("placed");
    }

    @Test
    void tellsKeysApartThatDifferInCaseOnly() {
        int book = shop.addBook("Orlando", 10);
        String key = key();

        assertThat(shop.place(CUSTOMER, key + "a", Line.of(book, 1)).outcome()).isEqualTo("placed");
        assertThat(shop.place(CUSTOMER, key + "A", Line.of(book, 2)).outcome()).isEqualTo("placed");
    }

    @Test
    void acceptsAKeyOf255Characters() {
        int book = shop.addBook("Walden", 10);
        String key = "~".repeat(255 - 36) + key();
        shop.place(CUSTOMER, key, Line.of(book, 1));

        assertThat(shop.place(CUSTOMER, key, Line.of(book, 1)).outcome()).isEqualTo("replayed");
    }

    @Test
    void namesEveryUnknownBook() {
        int known = shop.addBook("Snow", 10);
        int deleted = shop.addBook("It", 10);
        shop.deleteBook(deleted, "*");
        int neverThere = deleted + 1_000_000;

        Answer answer = shop.place(Line.of(known, 1), Line.of(deleted, 1), Line.of(neverThere, 1));

        assertThat(answer.outcome()).isEqualTo("unknown_book");
        assertThat(answer.document()).isEqualTo(Shop.json("[%d, %d]".formatted(deleted, neverThere)));
        assertThat(shop.stock(known)).isEqualTo(10);
    }

    @Test
    void namesEveryShortLineWithWhatIsLeft() {
        int plenty = shop.addBook("Hamlet", 10);
        int few = shop.addBook("King Lear", 2);
        int none = shop.addBook("Macbeth", 0);

        Answer answer = shop.place(Line.of(plenty, 10), Line.of(few, 3), Line.of(none, 1));

        assertThat(answer.outcome()).isEqualTo("out_of_stock");
        assertThat(answer.document()).isEqualTo(Shop.json("""
                [{"bookId": %d, "title": "King Lear", "requested": 3, "available": 2},
                 {"bookId": %d, "title": "Macbeth", "requested": 1, "available": 0}]""".formatted(few, none)));
        assertThat(shop.stock(plenty)).isEqualTo(10);
        assertThat(shop.version(plenty)).isEqualTo(1);
    }

    @Test
    void namesUnknownBooksBeforeShortLinesAndThoseBeforeChangedPrices() {
        int dearer = shop.addBook("Cymbeline", 10);
        int few = shop.addBook("Othello", 2);
        int deleted = shop.addBook("Pericles", 10);
        int none = shop.addBook("Timon", 0);
        DATABASE.execute("UPDATE books SET price = 99 WHERE book_id = " + dearer);
        shop.deleteBook(deleted, "*");

        assertThat(shop.place(Line.of(dearer, 1), Line.of(few, 3), Line.of(deleted, 1), Line.of(none, 1)))
                .satisfies(answer -> assertThat(answer.outcome()).isEqualTo("unknown_book"))
                .satisfies(answer -> assertThat(answer.document()).isEqualTo(Shop.json("[%d]".formatted(deleted))));
        assertThat(shop.place(Line.of(dearer, 1), Line.of(few, 3), Line.of(none, 1)))
                .satisfies(answer -> assertThat(answer.outcome()).isEqualTo("out_of_stock"))
                .satisfies(answer -> assertThat(answer.document()).hasSize(2));
        assertThat(shop.place(Line.of(dearer, 1), Line.of(few, 2)).outcome()).isEqualTo("price_changed");
        assertThat(shop.stock(few)).isEqualTo(2);
    }

    @Test
    void refusesALineWithoutQuantityOrPrice() {
        int book = shop.addBook("Henry VIII", 10);
        String order = Shop.orderJson(null, Line.of(book, 1));

        assertThatThrownBy(() -> shop.place(CUSTOMER, key(), "f".repeat(64), order.replace("\"quantity\":1,", "")))
                .isInstanceOf(DatabaseRefusal.class);
        assertThatThrownBy(() -> shop.place(CUSTOMER, key(), "f".repeat(64), order.replace("\"unitPrice\":9.90,", "")))
                .isInstanceOf(DatabaseRefusal.class);
        assertThat(shop.stock(book)).isEqualTo(10);
    }

    @Test
    void sellsTheVeryLastCopy() {
        int book = shop.addBook("Momo", 2);

        assertThat(shop.place(Line.of(book, 2)).outcome()).isEqualTo("placed");
        assertThat(shop.stock(book)).isZero();
    }

    @Test
    void refusesAPriceThatChangedMeanwhile() {
        int book = shop.addBook("Ubik", 10);
        shop.updateBook(book, "*", "Ubik", "", "", new BigDecimal("9.91"));
        String key = key();

        Answer answer = shop.place(CUSTOMER, key, Line.of(book, 1));

        assertThat(answer.outcome()).isEqualTo("price_changed");
        assertThat(answer.document()).isNull();
        assertThat(ordersUnder(key)).isZero();
    }

    @Test
    void leavesTheKeyFreeAfterARefusal() {
        int book = shop.addBook("Night", 0);
        String key = key();
        shop.place(CUSTOMER, key, Line.of(book, 1));
        DATABASE.execute("UPDATE books SET stock_quantity = 1 WHERE book_id = " + book);

        assertThat(shop.place(CUSTOMER, key, Line.of(book, 1)).outcome()).isEqualTo("placed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"subtotal\":9.90 -> \"subtotal\":9.89",
                "\"totalAmount\":10.69 -> \"totalAmount\":10.68",
                "\"taxTotal\":0.79 -> \"taxTotal\":null",
                "\"discountTotal\":0.00 -> \"discountTotal\":0.01",
                "\"lineTotal\":9.90 -> \"lineTotal\":9.91",
                "\"lineTotal\":9.90 -> \"lineTotal\":\"free\"",
                "\"subtotal\":9.90 -> \"subtotal\":999999999.90"
            })
    void refusesAmountsThatDoNotAddUp(String change) {
        int book = shop.addBook("Faust", 10);
        String[] fromTo = change.split(" -> ");
        String order = Shop.orderJson(null, Line.of(book, 1));
        assertThat(order).contains(fromTo[0]);

        assertThatThrownBy(() -> shop.place(CUSTOMER, key(), "f".repeat(64), order.replace(fromTo[0], fromTo[1])))
                .isInstanceOf(DatabaseRefusal.class);
        assertThat(shop.stock(book)).isEqualTo(10);
        assertThat(DATABASE.count("SELECT COUNT(*) FROM order_items WHERE book_id = ?", book))
                .isZero();
    }

    @Test
    void refusesAnOrderWithoutLines() {
        assertThatThrownBy(() -> shop.place(CUSTOMER, key(), "f".repeat(64), Shop.orderJson(null)))
                .isInstanceOf(DatabaseRefusal.class);
    }

    @Test
    void leavesNothingBehindWhenAStatementFails() {
        int book = shop.addBook("Quiet", 10);
        long orders = DATABASE.count("SELECT COUNT(*) FROM orders");
        String actorTooLongForTheHistory = "a".repeat(256);

        assertThatThrownBy(() -> DATABASE.rows(
                        "CALL place_order(?, ?, ?, ?, ?, ?, ?, ?, ?)",
                        "subject",
                        CUSTOMER,
                        actorTooLongForTheHistory,
                        key(),
                        "f".repeat(64),
                        Shop.TAX_RATE,
                        Shop.orderJson(null, Line.of(book, 1)),
                        1,
                        Shop.CORRELATION_ID))
                .isInstanceOf(DatabaseRefusal.class);
        assertThat(DATABASE.count("SELECT COUNT(*) FROM orders")).isEqualTo(orders);
        assertThat(shop.stock(book)).isEqualTo(10);
    }

    @Test
    void treatsNoPromotionAsNone() {
        int book = shop.addBook("Meditations", 10);

        Answer placed = shop.place(CUSTOMER, key(), "f".repeat(64), Shop.orderJson("", Line.of(book, 1)));

        assertThat(placed.document().get("promoCode").isNull()).isTrue();
        assertThat(shop.place(Line.of(book, 1)).document().get("promoCode").isNull())
                .isTrue();
        assertThat(shop.orderDocument(placed.id("orderId")).get("promoCode").isNull())
                .isTrue();
    }

    private static String key() {
        return UUID.randomUUID().toString();
    }

    private static long ordersUnder(String key) {
        return DATABASE.count("SELECT COUNT(*) FROM orders WHERE idempotency_key = ?", key);
    }
}
