package com.books.bookstore.it.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.anyOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import com.books.bookstore.it.support.BookstoreSystem;
import com.books.bookstore.it.support.Shop;
import com.books.bookstore.it.support.User;
import io.restassured.http.ContentType;
import io.restassured.http.Method;
import io.restassured.response.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.opentest4j.TestAbortedException;

/**
 * What API Manager's gateway answers itself, in its own words, and what it has to let through.
 *
 * <p>Written from the sources of carbon-apimgt (APIAuthenticationHandler, APISecurityConstants, CORSRequestHandler, APIThrottleConstants) and
 * the documentation of API Manager 4.5 (error handling, rate limiting). Not run on API Manager; run on a stand-in that was written from
 * the same sources. Where these leave a choice, every answer that they allow is accepted here.
 */
@Tag(TargetTag.GATEWAY)
@ExtendWith(BookstoreSystem.class)
class GatewayIT {

    /** More than the 1,200 a minute of the policy BookstoreWrites, because the gateway hears of the limit with some delay. */
    private static final int MOST_CALLS = 1_800;

    private static final Duration LONGEST = Duration.ofSeconds(90);

    /** 900902: "Missing Credentials". */
    @ParameterizedTest
    @CsvSource({
        "POST,/orders/v1/quotes",
        "POST,/orders/v1/orders",
        "GET,/orders/v1/orders",
        "POST,/orders/v1/orders/1/complete",
        "POST,/inventory/v1/books",
        "PUT,/inventory/v1/books/1",
        "DELETE,/inventory/v1/books/1",
        "GET,/registrations/v1/registrations",
        "POST,/registrations/v1/registrations/1/approve",
        "GET,/reports/v1/summaries",
        "GET,/mails/v1/mails"
    })
    void withoutATokenTheGatewayRefuses(Method method, String path) {
        Shop.raw()
                .contentType(ContentType.JSON)
                .request(method, path)
                .then()
                .statusCode(401)
                .contentType(ContentType.JSON)
                .body("code", equalTo("900902"))
                .body("message", not(equalTo("")))
                .header("WWW-Authenticate", containsString("realm="));
    }

    /** 900901: "Invalid Credentials". */
    @ParameterizedTest
    @ValueSource(strings = {"x", "eyJhbGciOiJub25lIn0.e30.", "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhZG1pbiJ9.AAAA"})
    void anInventedTokenIsRefused(String token) {
        Shop.raw()
                .header("Authorization", "Bearer " + token)
                .get("/orders/v1/orders")
                .then()
                .statusCode(401)
                .contentType(ContentType.JSON)
                .body("code", anyOf(is("900901"), is("900902")));
    }

    @Test
    void whatIsOpenTakesNoToken() {
        Shop.catalog().get("/books").then().statusCode(200);
        Shop.catalog().get("/books/{id}", 0).then().statusCode(404).body("code", equalTo("book_not_found"));
        Shop.registrations(null)
                .contentType(ContentType.JSON)
                .body("{}")
                .post("/registrations")
                .then()
                .statusCode(400)
                .body("code", equalTo("invalid_request"));
    }

    /** 900910: the token does not have the scope. 900908: the application is not subscribed to this API. */
    @ParameterizedTest
    @CsvSource({
        "CUSTOMER,POST,/inventory/v1/books",
        "CUSTOMER,POST,/orders/v1/orders/1/complete",
        "CUSTOMER,GET,/reports/v1/summaries",
        "STAFF,POST,/orders/v1/orders",
        "STAFF,GET,/registrations/v1/registrations",
        "STAFF,GET,/mails/v1/mails"
    })
    void whoLacksTheScopeIsForbidden(User user, Method method, String path) {
        Shop.raw()
                .header("Authorization", "Bearer " + BookstoreSystem.token(user))
                .contentType(ContentType.JSON)
                .request(method, path)
                .then()
                .statusCode(403)
                .contentType(ContentType.JSON)
                .body("code", matchesPattern("9009(10|08)"));
    }

    @Test
    void whatIsNotPublishedIsNotFound() {
        Shop.raw()
                .get("/catalog/v1/books/1/reviews")
                .then()
                .statusCode(404)
                .contentType(ContentType.JSON)
                .body("code", equalTo("404"));
        Shop.raw().get("/nothing/here").then().statusCode(404);
        Shop.raw().get("/health/ready").then().statusCode(404);
        Shop.raw().get("/metrics/business").then().statusCode(404);
    }

    @Test
    void aMethodThatIsNotPublishedIsNotAllowed() {
        Shop.raw()
                .contentType(ContentType.JSON)
                .body("{}")
                .post("/catalog/v1/books/1")
                .then()
                .statusCode(405)
                .contentType(ContentType.JSON)
                .body("code", equalTo("405"));
    }

    @Test
    void headersOfTheBookstorePassBothWays() {
        String id = "it-" + Shop.newKey();
        Response book = Shop.catalog()
                .header("X-Correlation-ID", id)
                .get("/books/{id}", Shop.newBook("Behind a gateway", "4.00", 3));
        book.then()
                .statusCode(200)
                .header("X-Correlation-ID", equalTo(id))
                .header("ETag", matchesPattern("\"\\d+\""))
                .header("RateLimit-Policy", startsWith("\"default\";q="));
    }

    /** By the backend token in X-JWT-Assertion, or by the access token if the gateway passes it on: from outside they look the same. */
    @Test
    void microIntegratorKnowsWhoTheGatewayLetPass() {
        int book = Shop.newBook("Known behind a gateway", "4.00", 3);
        Shop.placeOrder(User.CUSTOMER, Shop.lines(book, 1))
                .then()
                .statusCode(201)
                .body("userEmail", equalTo(User.CUSTOMER.email()));
        Shop.orders(User.STAFF)
                .queryParam("limit", 1)
                .get("/orders")
                .then()
                .statusCode(200)
                .body("items[0].userEmail", equalTo(User.CUSTOMER.email()));
    }

    /** The gateway must not take a caller's word for who they are. */
    @Test
    void aCallersOwnBackendTokenIsWorthNothing() {
        String forged = "eyJhbGciOiJub25lIn0.eyJpc3MiOiJ3c28yLm9yZy9wcm9kdWN0cy9hbSIsInNjb3BlIjoib3JkZXJzOnJlYWQifQ.";
        assertThat(Shop.raw()
                        .header("X-JWT-Assertion", forged)
                        .get("/orders/v1/orders")
                        .statusCode())
                .isEqualTo(401);
        Shop.raw()
                .header("X-JWT-Assertion", forged)
                .header("Authorization", "Bearer " + BookstoreSystem.token(User.CUSTOMER))
                .get("/orders/v1/orders")
                .then()
                .statusCode(200);
    }

    @ParameterizedTest
    @CsvSource({"GET,/catalog/v1/books", "POST,/orders/v1/orders", "PUT,/inventory/v1/books/1"})
    void browsersOfTheStorefrontMayCall(String method, String path) {
        Response answer = preflight(origin(), method, path);
        assertThat(answer.statusCode()).isIn(200, 204);
        assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo(origin());
        assertThat(answer.header("Access-Control-Allow-Methods").split("\\s*,\\s*"))
                .contains(method);
        assertThat(Arrays.stream(answer.header("Access-Control-Allow-Headers").split("\\s*,\\s*"))
                        .map(String::toLowerCase))
                .contains("authorization", "content-type", "idempotency-key", "if-match", "x-correlation-id");
        assertThat(answer.header("Access-Control-Allow-Credentials")).isNotEqualTo("true");
    }

    @Test
    void browsersElsewhereMayNot() {
        assertThat(preflight("https://elsewhere.example", "POST", "/orders/v1/orders")
                        .header("Access-Control-Allow-Origin"))
                .isNotEqualTo("*")
                .isNotEqualTo("https://elsewhere.example");
        assertThat(preflight(origin(), "GET", "/catalog/v1/books").header("Access-Control-Allow-Origin"))
                .isEqualTo(origin());
    }

    /** 900800 to 900807, by what limit was met. */
    @Test
    @Tag(TargetTag.THROTTLE)
    void whoCallsTooOftenIsToldSo() {
        Instant end = Instant.now().plus(LONGEST);
        String token = "Bearer " + BookstoreSystem.token(User.CUSTOMER);
        for (int calls = 0; calls < MOST_CALLS && Instant.now().isBefore(end); calls++) {
            Response answer = Shop.raw()
                    .header("Authorization", token)
                    .contentType(ContentType.JSON)
                    .body("{}")
                    .post("/orders/v1/quotes");
            if (answer.statusCode() == 429) {
                answer.then().contentType(ContentType.JSON).body("code", matchesPattern("90080[0-7]"));
                return;
            }
            assertThat(answer.statusCode()).isEqualTo(400);
        }
        throw new AssertionError("The gateway let every call pass");
    }

    private static String origin() {
        return TargetSystem.required()
                .settings()
                .value("origin")
                .orElseThrow(() -> new TestAbortedException("No --origin of a storefront to ask for"));
    }

    private static Response preflight(String origin, String method, String path) {
        return Shop.raw()
                .header("Origin", origin)
                .header("Access-Control-Request-Method", method)
                .header("Access-Control-Request-Headers", "authorization,content-type")
                .options(path);
    }
}
