package com.books.bookstore.it.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.nullValue;

import com.books.bookstore.it.support.BookstoreSystem;
import com.books.bookstore.it.support.NeedsControl;
import com.books.bookstore.it.support.RawHttp;
import com.books.bookstore.it.support.User;
import com.books.bookstore.runtime.EmbeddedRuntime;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The limits of one client, on a node of its own where they are small. */
@NeedsControl
@ExtendWith(BookstoreSystem.class)
class RateLimitIT {

    private static EmbeddedRuntime node;

    @BeforeAll
    static void startNodeWithSmallLimits() {
        node = BookstoreSystem.startAnotherNode(
                Map.of("BOOKSTORE_LIMIT_PER_USER", "3/3600", "BOOKSTORE_LIMIT_PER_ADDRESS", "2/3600"));
    }

    @AfterAll
    static void stopNode() {
        node.close();
    }

    @Test
    void aVisitorWhoReadsTooMuchIsToldToWaitAndOthersAreNot() {
        visit("192.0.2.1", "/catalog/v1/books?limit=1")
                .statusCode(200)
                .header("RateLimit-Policy", equalTo("\"default\";q=2;w=3600"))
                .header("RateLimit", equalTo("\"default\";r=1;t=1800"));
        visit("192.0.2.1", "/catalog/v1/books/0")
                .statusCode(404)
                .header("RateLimit", matchesPattern("\"default\";r=0;t=3[56]\\d\\d"));

        visit("192.0.2.1", "/catalog/v1/books/1")
                .statusCode(429)
                .contentType("application/problem+json")
                .body("code", equalTo("too_many_requests"))
                .header("Retry-After", matchesPattern("1[78]\\d\\d"))
                .header("RateLimit", matchesPattern("\"default\";r=0;t=3[56]\\d\\d"));
        visit("198.51.100.1", "/catalog/v1/books?limit=1").statusCode(200);
    }

    @ParameterizedTest
    @CsvSource({"X-FORWARDED-FOR,203.0.113.1", "x-forwarded-for,203.0.113.2", "X-Forwarded-For,203.0.113.3"})
    void whatAClientWritesBeforeItsProxyMakesItNoOtherClient(String spelling, String writtenByProxy) throws Exception {
        RawHttp http = new RawHttp(node.baseUri());
        for (int status : new int[] {404, 404, 429, 429}) {
            List<String> headers = List.of(
                    spelling + ": 192.0.2." + ThreadLocalRandom.current().nextInt(256),
                    "X-Forwarded-For: 192.0.2." + ThreadLocalRandom.current().nextInt(256) + ", " + writtenByProxy);

            assertThat(http.send(new RawHttp.Request("GET", "/catalog/v1/books/0", headers, new byte[0]))
                            .status())
                    .isEqualTo(status);
        }
    }

    @Test
    void aUserHasOneLimitForReadingAndWriting() {
        as(User.CUSTOMER)
                .get("/orders/v1/orders")
                .then()
                .statusCode(200)
                .header("RateLimit", equalTo("\"default\";r=2;t=1200"));
        as(User.CUSTOMER)
                .contentType("application/json")
                .body("{}")
                .post("/orders/v1/quotes")
                .then()
                .statusCode(400)
                .header("RateLimit", matchesPattern("\"default\";r=1;t=2[34]\\d\\d"));
        as(User.CUSTOMER)
                .contentType("application/json")
                .body("{}")
                .post("/orders/v1/orders")
                .then()
                .statusCode(400);

        as(User.CUSTOMER)
                .contentType("application/json")
                .body("{}")
                .post("/orders/v1/orders")
                .then()
                .statusCode(429)
                .body("code", equalTo("too_many_requests"));
        as(User.STAFF)
                .contentType("application/json")
                .body("{}")
                .post("/inventory/v1/books")
                .then()
                .statusCode(400);
    }

    @Test
    void aRequestWithAnInvalidTokenCountsForNoUser() {
        for (int i = 0; i < 5; i++) {
            as(User.OTHER_CUSTOMER)
                    .contentType("application/json")
                    .body("{}")
                    .post("/inventory/v1/books")
                    .then()
                    .statusCode(403)
                    .header("RateLimit", nullValue());
        }
        as(User.OTHER_CUSTOMER)
                .get("/orders/v1/orders")
                .then()
                .statusCode(200)
                .header("RateLimit", equalTo("\"default\";r=2;t=1200"));
    }

    private static ValidatableResponse visit(String address, String path) {
        return at().header("X-Forwarded-For", address).get(path).then();
    }

    private static RequestSpecification as(User user) {
        return at().header("Authorization", "Bearer " + BookstoreSystem.token(user));
    }

    private static RequestSpecification at() {
        return RestAssured.given().baseUri(node.baseUri().toString());
    }
}
