package com.books.bookstore.it.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import com.books.bookstore.it.support.BookstoreSystem;
import com.books.bookstore.it.support.NotBehindGateway;
import com.books.bookstore.it.support.Parallel;
import com.books.bookstore.it.support.Shop;
import com.books.bookstore.it.support.User;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(BookstoreSystem.class)
class StockMovementIT {

    @Test
    void theHistoryHasMovementsSalesAndCancellationsNewestFirst() {
        int book = Shop.newBook("Moved", "10.00", 5);
        move(book, "damaged", 2)
                .then()
                .statusCode(201)
                .body("change", equalTo(-2))
                .body("stockAfter", equalTo(3))
                .body("actor", equalTo(User.STAFF.email()));
        int order = Shop.order(User.CUSTOMER, book, 1);
        Shop.orders(User.CUSTOMER).post("/orders/{id}/cancel", order).then().statusCode(200);

        history(book, 3, 0)
                .then()
                .statusCode(200)
                .body("total", equalTo(4))
                .body("items.type", contains("cancelled", "sold", "damaged"))
                .body("items.change", contains(1, -1, -2))
                .body("items.stockAfter", contains(3, 2, 3))
                .body("items[0].orderId", equalTo(order));
        history(book, 3, 3).then().body("items.type", contains("received")).body("items.change", contains(5));
        assertThat(Shop.stockOf(book)).isEqualTo(3);
    }

    @Test
    void aRepeatedMovementCountsOnce() {
        int book = Shop.newBook("Repeated", "10.00", 0);
        String key = Shop.newKey();
        List<Response> answers = Parallel.run(8, i -> move(book, key, "received", 7));
        assertThat(answers).extracting(Response::statusCode).containsOnly(201);
        assertThat(answers)
                .filteredOn(answer -> answer.header("Idempotency-Replayed") == null)
                .hasSize(1);
        assertThat(Shop.stockOf(book)).isEqualTo(7);
        move(book, key, "received", 8).then().statusCode(422).body("code", equalTo("idempotency_key_reused"));
        move(book, "", "received", 8).then().statusCode(400).body("code", equalTo("idempotency_key_missing"));
    }

    @Test
    void aBookIsReplacedWithoutItsStock() {
        int book = Shop.newBook("Kept", "10.00", 5);
        replace(book, "{\"title\":\"Kept 2\",\"price\":1,\"stockQuantity\":6}")
                .then()
                .statusCode(422)
                .body("code", equalTo("stock_not_replaceable"));
        replace(book, "{\"title\":\"Kept 2\",\"price\":1,\"stockQuantity\":5}")
                .then()
                .statusCode(200)
                .body("stockQuantity", equalTo(5));
    }

    @Test
    void anOrderOfABookWithTheLargestStockCanBeCancelled() {
        int book = Shop.newBook("Plenty", "10.00", 3);
        int order = Shop.order(User.CUSTOMER, book, 3);
        move(book, "received", 1_000_000_000).then().statusCode(201);
        move(book, "received", 1)
                .then()
                .statusCode(409)
                .body("code", equalTo("stock_out_of_range"))
                .body("stockQuantity", equalTo(1_000_000_000));
        Shop.orders(User.CUSTOMER).post("/orders/{id}/cancel", order).then().statusCode(200);
        assertThat(Shop.stockOf(book)).isEqualTo(1_000_000_003);
    }

    /** Editors save, staff receive and damage, customers buy: nothing of it is lost, and the history says the same as the stock. */
    @Test
    void nothingIsLostUnderFiftyEditorsAndBuyers() {
        int book = Shop.newBook("Busy", "1.00", 100);
        AtomicInteger expected = new AtomicInteger(100);
        List<Integer> statuses = Parallel.run(50, i -> {
            switch (i % 4) {
                case 0:
                    expected.addAndGet(3);
                    return move(book, "received", 3).statusCode();
                case 1:
                    expected.addAndGet(-1);
                    return move(book, "damaged", 1).statusCode();
                case 2:
                    return replace(book, "{\"title\":\"Busy " + i + "\",\"price\":1}")
                            .statusCode();
                default:
                    expected.addAndGet(-2);
                    return Shop.placeOrder(User.CUSTOMER, Shop.lines(book, 2)).statusCode();
            }
        });
        assertThat(statuses).containsOnly(200, 201);
        assertThat(Shop.stockOf(book)).isEqualTo(expected.get());
        Response history = history(book, 100, 0);
        assertThat(history.jsonPath().getList("items.change", Integer.class))
                .hasSize(history.jsonPath().getInt("total"))
                .satisfies(changes -> assertThat(
                                changes.stream().mapToInt(change -> change).sum())
                        .isEqualTo(expected.get()));
        assertThat(history.jsonPath().getInt("items[0].stockAfter")).isEqualTo(expected.get());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"quantity\":1}|type",
                "{\"type\":\"sold\",\"quantity\":1}|type",
                "{\"type\":\"received\",\"quantity\":-1}|quantity",
                "{\"type\":\"counted\",\"quantity\":0}|quantity",
                "{\"type\":\"received\",\"quantity\":1,\"reason\":7}|reason"
            })
    void aWrongFieldIsNamed(String body, String field) {
        post(Shop.newBook("Named", "1.00", 1), User.STAFF, Shop.newKey(), body)
                .then()
                .statusCode(400)
                .body("code", equalTo("invalid_request"))
                .body("errors.field", hasItem(field));
    }

    @Test
    void aRemovedBookKeepsItsHistoryAndTakesNoMovement() {
        int book = Shop.newBook("Gone", "1.00", 1);
        Shop.inventory(User.STAFF).delete("/books/{id}", book).then().statusCode(204);
        move(book, "received", 1).then().statusCode(404).body("code", equalTo("book_not_found"));
        history(book, 20, 0).then().statusCode(200).body("total", equalTo(1));
        history(2_000_000_000, 20, 0).then().statusCode(404).body("code", equalTo("book_not_found"));
    }

    @Test
    @NotBehindGateway
    void customersMayNeitherReadNorChangeStockHistories() {
        int book = Shop.newBook("Guarded", "1.00", 1);
        post(book, User.CUSTOMER, Shop.newKey(), "{\"type\":\"received\",\"quantity\":1}")
                .then()
                .statusCode(403);
        Shop.inventory(User.CUSTOMER)
                .get("/books/{id}/stock-movements", book)
                .then()
                .statusCode(403);
    }

    private static Response move(int book, String type, int quantity) {
        return move(book, Shop.newKey(), type, quantity);
    }

    private static Response move(int book, String key, String type, int quantity) {
        return post(book, User.STAFF, key, "{\"type\":\"" + type + "\",\"quantity\":" + quantity + "}");
    }

    private static Response post(int book, User user, String key, String body) {
        return Shop.inventory(user)
                .contentType(ContentType.JSON)
                .header("Idempotency-Key", key)
                .body(body)
                .post("/books/{id}/stock-movements", book);
    }

    private static Response history(int book, int limit, int offset) {
        return Shop.inventory(User.STAFF)
                .queryParam("limit", limit)
                .queryParam("offset", offset)
                .get("/books/{id}/stock-movements", book);
    }

    private static Response replace(int book, String body) {
        return Shop.inventory(User.STAFF)
                .contentType(ContentType.JSON)
                .header("If-Match", "*")
                .body(body)
                .put("/books/{id}", book);
    }
}
