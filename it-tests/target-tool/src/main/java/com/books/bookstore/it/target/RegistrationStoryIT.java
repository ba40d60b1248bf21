package com.books.bookstore.it.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.equalTo;

import com.books.bookstore.it.support.BookstoreSystem;
import com.books.bookstore.it.support.Shop;
import com.books.bookstore.it.support.User;
import com.books.bookstore.signin.SignInException;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * From a request for an account to an order, on a deployment with its real identity server. Makes one account for each run, which stays;
 * the rejected one leaves nothing behind.
 */
@Tag(TargetTag.REGISTRATION)
@ExtendWith(BookstoreSystem.class)
class RegistrationStoryIT {

    /** Of all addresses that the tests register; nobody has mail there (RFC 2606). */
    static final String DOMAIN = "@bookstore-tests.example";

    /** Nobody else knows it, so that the account that stays is nobody's. */
    private final String password = "Aa1-" + Shop.newKey();

    private final String email = "it-" + Shop.newKey() + DOMAIN;

    @Test
    void whoIsApprovedSignsInAndOrders() throws Exception {
        String status = register();
        assertThatThrownBy(this::signIn)
                .isInstanceOfSatisfying(
                        SignInException.class, e -> assertThat(e.reason()).isEqualTo(SignInException.Reason.REFUSED));

        decide("approve", Map.of()).then().statusCode(200).body("status", equalTo("approved"));
        TargetTraces.all().account(email);

        Shop.raw().get(status).then().statusCode(200).body("status", equalTo("approved"));
        String token = signIn();
        int book = Shop.newBook("First order", "4.00", 1);
        Shop.orders(token)
                .header("Idempotency-Key", Shop.newKey())
                .contentType(ContentType.JSON)
                .body(Shop.lines(book, 1))
                .post("/orders")
                .then()
                .statusCode(201)
                .body("userEmail", equalTo(email));
    }

    @Test
    void whoIsRejectedSeesItAndStaysOut() throws Exception {
        String status = register();

        decide("reject", Map.of("reason", "A test of this deployment."))
                .then()
                .statusCode(200)
                .body("status", equalTo("rejected"));

        assertThat(Shop.raw()
                        .get(status)
                        .then()
                        .statusCode(200)
                        .extract()
                        .jsonPath()
                        .getString("status"))
                .isIn("rejected", "not_approved");
        assertThatThrownBy(this::signIn)
                .isInstanceOfSatisfying(
                        SignInException.class, e -> assertThat(e.reason()).isEqualTo(SignInException.Reason.REFUSED));
    }

    /** @return where the state of the request is told */
    private String register() {
        Response registered = Shop.registrations(null)
                .contentType(ContentType.JSON)
                .body(Map.of("email", email, "givenName", "Test", "familyName", "Run", "password", password))
                .post("/registrations");
        registered.then().statusCode(202).body("status", equalTo("pending"));
        String status = registered.jsonPath().getString("statusUrl");
        Shop.raw().get(status).then().statusCode(200);
        return status;
    }

    private Response decide(String decision, Map<String, String> body) {
        List<Map<String, Object>> waiting = Shop.registrations(User.ADMIN)
                .queryParam("status", "pending")
                .queryParam("limit", 100)
                .get("/registrations")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getList("items");
        String approval = waiting.stream()
                .filter(item -> email.equals(item.get("email")))
                .map(item -> (String) item.get("approvalId"))
                .findFirst()
                .orElseThrow(() -> new AssertionError(email + " is not among the registrations that wait"));
        var request = Shop.registrations(User.ADMIN);
        return (body.isEmpty() ? request : request.contentType(ContentType.JSON).body(body))
                .post("/registrations/{id}/" + decision, approval);
    }

    private String signIn() throws SignInException {
        return TargetSystem.required().customersToken(email, password);
    }
}
