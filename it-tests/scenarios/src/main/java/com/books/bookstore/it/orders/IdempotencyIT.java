package com.books.bookstore.it.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.books.bookstore.it.support.BookstoreSystem;
import com.books.bookstore.it.support.Parallel;
import com.books.bookstore.it.support.Shop;
import com.books.bookstore.it.support.User;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(BookstoreSystem.class)
class IdempotencyIT {

    @Test
    void theSameKeyAndOrderGiveTheSameAnswerAndNoSecondOrder() {
        int book = Shop.newBook("Once", "4.00", 10);
        String key = Shop.newKey();
        Response first = Shop.placeOrder(User.CUSTOMER, key, Shop.lines(book, 2));
        Response second = Shop.placeOrder(User.CUSTOMER, key, Shop.lines(book, 2));
        first.then().statusCode(201);
        second.then()
                .statusCode(201)
                .header("Idempotency-Replayed", equalTo("true"))
                .header("Location", equalTo(first.header("Location")));
        assertThat((Object) second.jsonPath().get("$"))
                .isEqualTo(first.jsonPath().get("$"));
        assertThat(Shop.stockOf(book)).isEqualTo(8);
    }

    @Test
    void theAnswerStaysTheSameWhenTheOrderMovesOnOrTheLastCopyWasTaken() {
        int book = Shop.newBook("Last", "4.00", 1);
        String key = Shop.newKey();
        Response first = Shop.placeOrder(User.CUSTOMER, key, Shop.lines(book, 1));
        first.then().statusCode(201);
        Shop.orders(User.STAFF)
                .post("/orders/{id}/complete", first.jsonPath().getInt("orderId"))
                .then()
                .statusCode(200);
        Response second = Shop.placeOrder(User.CUSTOMER, key, Shop.lines(book, 1));
        second.then().statusCode(201).header("Idempotency-Replayed", equalTo("true"));
        assertThat((Object) second.jsonPath().get("$"))
                .isEqualTo(first.jsonPath().get("$"));
    }

    @Test
    void theSameOrderWrittenDifferentlyIsTheSameOrder() {
        int a = Shop.newBook("A", "4.00", 10);
        int b = Shop.newBook("B", "4.00", 10);
        String key = Shop.newKey();
        Shop.placeOrder(User.CUSTOMER, key, Shop.lines(a, 2, b, 1)).then().statusCode(201);
        Shop.placeOrder(User.CUSTOMER, key, Shop.lines(b, 1, a, 1, a, 1))
                .then()
                .statusCode(201)
                .header("Idempotency-Replayed", equalTo("true"));
    }

    @Test
    void theSameKeyWithAnotherOrderIsRefused() {
        int book = Shop.newBook("Reused", "4.00", 10);
        String key = Shop.newKey();
        Shop.placeOrder(User.CUSTOMER, key, Shop.lines(book, 2)).then().statusCode(201);
        Shop.placeOrder(User.CUSTOMER, key, Shop.lines(book, 3))
                .then()
                .statusCode(422)
                .body("code", equalTo("idempotency_key_reused"));
        assertThat(Shop.stockOf(book)).isEqualTo(8);
    }

    @Test
    void keysOfDifferentCustomersDoNotMeet() {
        int book = Shop.newBook("Shared key", "4.00", 10);
        String key = Shop.newKey();
        int mine = Shop.placeOrder(User.CUSTOMER, key, Shop.lines(book, 1))
                .then()
                .statusCode(201)
                .extract()
                .jsonPath()
                .getInt("orderId");
        int theirs = Shop.placeOrder(User.OTHER_CUSTOMER, key, Shop.lines(book, 1))
                .then()
                .statusCode(201)
                .extract()
                .jsonPath()
                .getInt("orderId");
        assertThat(theirs).isNotEqualTo(mine);
    }

    @Test
    void keysDifferByCase() {
        int book = Shop.newBook("Case", "4.00", 10);
        String key = "key-" + Shop.newKey();
        Shop.placeOrder(User.CUSTOMER, key.toLowerCase(Locale.ROOT), Shop.lines(book, 1))
                .then()
                .statusCode(201);
        Shop.placeOrder(User.CUSTOMER, key.toUpperCase(Locale.ROOT), Shop.lines(book, 1))
                .then()
                .statusCode(201);
        assertThat(Shop.stockOf(book)).isEqualTo(8);
    }

    @Test
    void aRefusedOrderDoesNotUseUpItsKey() {
        int book = Shop.newBook("Restocked", "4.00", 0);
        String key = Shop.newKey();
        Shop.placeOrder(User.CUSTOMER, key, Shop.lines(book, 1)).then().statusCode(409);
        Shop.inventory(User.STAFF)
                .contentType(ContentType.JSON)
                .header("Idempotency-Key", Shop.newKey())
                .body("{\"type\":\"received\",\"quantity\":5}")
                .post("/books/{id}/stock-movements", book)
                .then()
                .statusCode(201);
        Shop.placeOrder(User.CUSTOMER, key, Shop.lines(book, 1)).then().statusCode(201);
    }

    @Test
    void theKeyIsRequiredAndLimited() {
        String order = Shop.lines(Shop.newBook("Keyed", "4.00", 10), 1);
        Shop.orders(User.CUSTOMER)
                .contentType(ContentType.JSON)
                .body(order)
                .post("/orders")
                .then()
                .statusCode(400)
                .body("code", equalTo("idempotency_key_missing"));
        Shop.placeOrder(User.CUSTOMER, "k".repeat(256), order)
                .then()
                .statusCode(400)
                .body("code", equalTo("idempotency_key_invalid"));
        Shop.placeOrder(User.CUSTOMER, Shop.newKey() + "k".repeat(255 - 36), order)
                .then()
                .statusCode(201);
    }

    @Test
    void twoKeysAreNoKey() {
        Shop.orders(User.CUSTOMER)
                .contentType(ContentType.JSON)
                .header("Idempotency-Key", Shop.newKey(), Shop.newKey())
                .body(Shop.lines(Shop.newBook("Keyed twice", "4.00", 10), 1))
                .post("/orders")
                .then()
                .statusCode(400)
                .body("code", equalTo("idempotency_key_invalid"));
    }

    @Test
    void theSameKeySentInParallelMakesOneOrder() {
        int book = Shop.newBook("Parallel", "4.00", 100);
        String key = Shop.newKey();
        List<Response> answers = Parallel.run(20, i -> Shop.placeOrder(User.CUSTOMER, key, Shop.lines(book, 1)));
        assertThat(answers).extracting(Response::statusCode).containsOnly(201);
        assertThat(answers)
                .extracting(answer -> answer.jsonPath().getInt("orderId"))
                .containsOnly(answers.get(0).jsonPath().getInt("orderId"));
        assertThat(answers)
                .extracting(answer -> answer.header("Idempotency-Replayed"))
                .filteredOn(Objects::isNull)
                .hasSize(1);
        assertThat(Shop.stockOf(book)).isEqualTo(99);
    }
}
