package com.books.bookstore.it.target;

import static java.util.concurrent.TimeUnit.MINUTES;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import com.books.bookstore.it.support.BookstoreSystem;
import com.books.bookstore.it.support.Parallel;
import com.books.bookstore.it.support.Shop;
import com.books.bookstore.it.support.User;
import com.books.bookstore.signin.SignInException;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * From a registration to an order, on a deployment with its real identity server and a mailbox where the email with the link arrives. Makes one account for each run, which stays;
 * the rejected one leaves nothing behind.
 */
@Tag(TargetTag.REGISTRATION)
@ExtendWith(BookstoreSystem.class)
class RegistrationStoryIT {

    /** What the tests register unless a setting says otherwise; no one has email there (RFC 2606). */
    private static final String ADDRESSES = "it-{}@bookstore-tests.example";

    private static final int PATIENCE_MINUTES = 5;

    /** Random and not kept, so that the account that stays cannot be used. */
    private final String password = "Aa1-" + Shop.newKey();

    private final String email = addresses(TargetSystem.required().settings()).replace("{}", Shop.newKey());

    private static String addresses(TargetSettings settings) {
        return settings.value("registration.email").orElse(ADDRESSES);
    }

    /** Whether an address is one that these tests register. */
    static boolean isOfTests(String email, TargetSettings settings) {
        String[] around = addresses(settings).split("\\{}", 2);
        return email.startsWith(around[0]) && email.endsWith(around[around.length - 1]);
    }

    @Test
    void whoIsApprovedSignsInAndOrders() throws Exception {
        String status = register();
        assertThatThrownBy(this::signIn)
                .isInstanceOfSatisfying(
                        SignInException.class, e -> assertThat(e.reason()).isEqualTo(SignInException.Reason.REFUSED));

        decide(approvalId(), "approve", Map.of()).then().statusCode(200).body("status", equalTo("approved"));
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

        String approval = approvalId();
        List<Integer> decisions = Parallel.run(
                6,
                i -> decide(approval, "reject", Map.of("reason", "A test of this deployment."))
                        .statusCode());
        assertThat(decisions)
                .as("of parallel decisions one is done, the others hear of it")
                .containsOnlyOnce(200)
                .containsOnly(200, 409);

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
        Shop.registrations(null)
                .contentType(ContentType.JSON)
                .body(Map.of("email", email, "givenName", "Test", "familyName", "Run"))
                .post("/registrations")
                .then()
                .statusCode(202)
                .body("status", equalTo("confirmation_required"));
        Response registered = Shop.registrations(null)
                .contentType(ContentType.JSON)
                .body(Map.of("token", emailedToken(), "password", password))
                .post("/confirmations");
        registered.then().statusCode(202).body("status", equalTo("pending"));
        String status = registered.jsonPath().getString("statusUrl");
        Shop.raw().get(status).then().statusCode(200);
        return status;
    }

    private String emailedToken() {
        TargetMailbox mailbox = TargetMailbox.of(TargetSystem.required().settings());
        String text = await().atMost(PATIENCE_MINUTES, MINUTES)
                .pollInterval(2, SECONDS)
                .until(
                        () -> mailbox.textsOf(email, "Confirm your email address at books.com"),
                        texts -> !texts.isEmpty())
                .get(0);
        Matcher token = Pattern.compile("#token=([\\w.-]+)").matcher(text);
        assertThat(token.find()).as("the email has a link with a token").isTrue();
        return token.group(1);
    }

    private String approvalId() {
        List<Map<String, Object>> waiting = Shop.registrations(User.ADMIN)
                .queryParam("status", "pending")
                .queryParam("limit", 100)
                .get("/registrations")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getList("items");
        return waiting.stream()
                .filter(item -> email.equals(item.get("email")))
                .map(item -> (String) item.get("approvalId"))
                .findFirst()
                .orElseThrow(() -> new AssertionError(email + " is not among the registrations that wait"));
    }

    private static Response decide(String approval, String decision, Map<String, String> body) {
        var request = Shop.registrations(User.ADMIN);
        return (body.isEmpty() ? request : request.contentType(ContentType.JSON).body(body))
                .post("/registrations/{id}/" + decision, approval);
    }

    private String signIn() throws SignInException {
        return TargetSystem.required().customersToken(email, password);
    }
}
