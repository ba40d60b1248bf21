package com.books.bookstore.it.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.matchesPattern;

import com.books.bookstore.it.support.BookstoreSystem;
import com.books.bookstore.it.support.NeedsControl;
import com.books.bookstore.it.support.NotBehindGateway;
import com.books.bookstore.it.support.Shop;
import com.books.bookstore.it.support.User;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A request keeps one name from the caller to the systems behind the shop, and back. */
@ExtendWith(BookstoreSystem.class)
class CorrelationIT {

    private static final String HEADER = "X-Correlation-ID";

    static Stream<Arguments> requests() {
        return Stream.of(
                Arguments.of("GET", "/catalog/v1/books", 200),
                Arguments.of("GET", "/catalog/v1/books/0", 404),
                Arguments.of("GET", "/catalog/v1/books?limit=x", 400),
                Arguments.of("POST", "/registrations/v1/registrations", 415));
    }

    static Stream<Arguments> requestsThatReachNoFlow() {
        return Stream.of(
                Arguments.of("GET", "/catalog/v1/nothing", 404),
                Arguments.of("DELETE", "/catalog/v1/books", 405),
                Arguments.of("GET", "/orders/v1/orders", 401));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void everyAnswerCarriesTheCallersId(String method, String path, int status) {
        String id = "it-" + Shop.newKey();
        Shop.raw()
                .header(HEADER, id)
                .request(method, path)
                .then()
                .statusCode(status)
                .header(HEADER, equalTo(id));
    }

    @ParameterizedTest
    @MethodSource("requestsThatReachNoFlow")
    @NotBehindGateway
    void anAnswerWithoutAFlowCarriesItToo(String method, String path, int status) {
        everyAnswerCarriesTheCallersId(method, path, status);
    }

    @Test
    void aCallerWithoutAnIdIsGivenOne() {
        Shop.catalog().get("/books").then().statusCode(200).header(HEADER, matchesPattern("[0-9a-f-]{36}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "two words",
                "x\u00e4",
                "<b>",
                "01234567890123456789012345678901234567890123456789012345678901234"
            })
    void anIdThatIsNotFitForLogsIsReplaced(String id) {
        Shop.catalog()
                .header(HEADER, id)
                .get("/books")
                .then()
                .statusCode(200)
                .header(HEADER, matchesPattern("[0-9a-f-]{36}"));
    }

    @Test
    void aBodyThatCannotBeReadIsAnsweredWithTheIdToo() {
        authorized(User.STAFF)
                .header(HEADER, "broken-body")
                .contentType(ContentType.JSON)
                .body("{\"title\":")
                .post("/inventory/v1/books")
                .then()
                .statusCode(400)
                .body("code", equalTo("malformed_json"))
                .header(HEADER, equalTo("broken-body"));
    }

    @NeedsControl
    @Test
    void whoIsTooFastIsToldTheIdToo() {
        for (int i = 0; i < BookstoreSystem.REGISTRATIONS_PER_ADDRESS; i++) {
            registration("too-fast-" + i).post("/registrations/v1/registrations");
        }
        registration("too-fast")
                .post("/registrations/v1/registrations")
                .then()
                .statusCode(429)
                .header(HEADER, equalTo("too-fast"));
    }

    private static RequestSpecification registration(String id) {
        return Shop.raw()
                .header(HEADER, id)
                .header("X-Forwarded-For", "198.51.100.77")
                .contentType(ContentType.JSON)
                .body("{}");
    }

    @NeedsControl
    @Test
    void theIdentityServerIsCalledWithTheId() {
        String id = "it-" + Shop.newKey();
        Shop.raw()
                .header(HEADER, id)
                .header("X-Forwarded-For", "198.51.100.78")
                .contentType(ContentType.JSON)
                .body(Map.of(
                        "token",
                        BookstoreSystem.confirmationToken(Shop.newKey() + "@example.com"),
                        "password",
                        "Bag-End-1420"))
                .post("/registrations/v1/confirmations")
                .then()
                .statusCode(202);
        assertThat(BookstoreSystem.identityServer().correlationIds()).contains(id);
    }

    @Test
    void theMailOfAnOrderCarriesTheId() {
        String id = "it-" + Shop.newKey();
        Shop.orders(User.CUSTOMER)
                .header(HEADER, id)
                .header("Idempotency-Key", Shop.newKey())
                .contentType(ContentType.JSON)
                .body(Shop.lines(Shop.newBook("Followed", "4.00", 1), 1))
                .post("/orders")
                .then()
                .statusCode(201);
        authorized(User.ADMIN)
                .queryParam("limit", 100)
                .get("/mails/v1/mails")
                .then()
                .statusCode(200)
                .body("items.correlationId", hasItem(id));
    }

    private static RequestSpecification authorized(User user) {
        return Shop.raw().header("Authorization", "Bearer " + BookstoreSystem.token(user));
    }
}
