package com.books.bookstore.it.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import com.books.bookstore.it.support.BookstoreSystem;
import com.books.bookstore.it.support.NotBehindGateway;
import com.books.bookstore.it.support.Shop;
import com.books.bookstore.it.support.User;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@NotBehindGateway
@ExtendWith(BookstoreSystem.class)
class TokenIT {

    @ParameterizedTest
    @CsvSource({
        "POST,/orders/v1/quotes",
        "POST,/orders/v1/orders",
        "GET,/orders/v1/orders",
        "GET,/orders/v1/orders/1",
        "GET,/orders/v1/orders/1/payment",
        "POST,/orders/v1/orders/1/complete",
        "POST,/orders/v1/orders/1/cancel",
        "POST,/inventory/v1/books",
        "PUT,/inventory/v1/books/1",
        "DELETE,/inventory/v1/books/1"
    })
    void withoutATokenNothingButTheCatalogIsOpen(String method, String path) {
        Shop.raw()
                .request(method, path)
                .then()
                .statusCode(401)
                .header("Content-Type", startsWith("application/problem+json"))
                .header("WWW-Authenticate", startsWith("Bearer"))
                .body("code", equalTo("missing_token"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer",
                "Bearer ",
                "Bearer x",
                "Bearer a.b.c",
                "Bearer ..",
                "Basic YWRtaW46YWRtaW4=",
                "bearer null",
                "Bearer eyJhbGciOiJub25lIn0.e30."
            })
    void whatIsNoTokenIsRefused(String header) {
        Shop.raw()
                .header("Authorization", header)
                .get("/orders/v1/orders")
                .then()
                .statusCode(401)
                .header("WWW-Authenticate", startsWith("Bearer"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"items\":[", "", "not JSON"})
    void whoMayNotAskIsToldSoWhateverTheBody(String body) {
        Shop.raw()
                .header("Content-Type", "application/json")
                .body(body.getBytes(UTF_8))
                .post("/orders/v1/orders")
                .then()
                .statusCode(401)
                .body("code", equalTo("missing_token"));
        Shop.raw()
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + BookstoreSystem.token(User.CUSTOMER))
                .body(body.getBytes(UTF_8))
                .post("/inventory/v1/books")
                .then()
                .statusCode(403)
                .body("code", equalTo("insufficient_scope"));
    }

    @Test
    void aLongBodyWithoutATokenIsRefusedLikeAShortOne() {
        Shop.raw()
                .header("Content-Type", "application/json")
                .body("[".repeat(600_000).getBytes(UTF_8))
                .post("/orders/v1/orders")
                .then()
                .statusCode(401)
                .body("code", equalTo("missing_token"));
    }
}
