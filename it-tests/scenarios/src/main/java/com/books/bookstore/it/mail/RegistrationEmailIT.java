package com.books.bookstore.it.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import com.books.bookstore.it.support.BookstoreSystem;
import com.books.bookstore.it.support.NeedsControl;
import com.books.bookstore.it.support.NotBehindGateway;
import com.books.bookstore.it.support.Shop;
import com.books.bookstore.it.support.TestIdentityProvider;
import com.books.bookstore.it.support.User;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The identity server hands over its emails about registrations. */
@NeedsControl
@NotBehindGateway
@ExtendWith(BookstoreSystem.class)
class RegistrationEmailIT {

    private static Map<String, Object> email() {
        return new HashMap<>(Map.of(
                "kind",
                "registration_approved",
                "recipient",
                "jane@example.com",
                "subject",
                "Welcome, J\u00e4ne",
                "text",
                "Dear J\u00e4ne,\nyou can sign in.\n",
                "html",
                "<p>Dear J\u00e4ne &amp; others,</p>\n<p>you can sign in.</p>"));
    }

    private static String token(String scope) {
        return BookstoreSystem.identityProvider().applicationToken("bookstore-emails", scope);
    }

    private static ValidatableResponse submit(String token, String key, Object body) {
        return Shop.mails(token)
                .header("Idempotency-Key", key)
                .header("X-Correlation-ID", "it-" + key)
                .contentType(ContentType.JSON)
                .body(body)
                .post("/registration-emails")
                .then();
    }

    private static ValidatableResponse submit(String key, Object body) {
        return submit(token("mails:submit"), key, body);
    }

    private static String newKey() {
        return UUID.randomUUID().toString();
    }

    @Test
    void anEmailIsQueuedOnceHoweverOftenItIsHandedOver() {
        String key = newKey();
        int mailId = submit(key, email())
                .statusCode(202)
                .header("Idempotency-Replayed", equalTo(null))
                .body("kind", equalTo("registration_approved"))
                .body("recipients", equalTo("jane@example.com"))
                .body("messageId", equalTo(key + "@books.com"))
                .body("correlationId", equalTo("it-" + key))
                .extract()
                .path("mailId");

        submit(key.toUpperCase(java.util.Locale.ROOT), email())
                .statusCode(202)
                .header("Idempotency-Replayed", "true")
                .body("mailId", equalTo(mailId));

        Map<String, Object> another = email();
        another.put("recipient", "max@example.com");
        submit(key, another).statusCode(422).body("code", equalTo("idempotency_key_reused"));
        Shop.mails(User.ADMIN)
                .get("/mails?limit=100")
                .then()
                .statusCode(200)
                .body("items.findAll { it.mailKey == 'registration-" + key + "' }.size()", equalTo(1));
    }

    @ParameterizedTest
    @EnumSource(User.class)
    void noUserHandsOverEmails(User user) {
        submit(BookstoreSystem.token(user), newKey(), email())
                .statusCode(403)
                .body("code", equalTo("insufficient_scope"));
    }

    @Test
    void aUserDoesNotWithThatScopeEitherNorAnApplicationWithAnother() {
        TestIdentityProvider provider = BookstoreSystem.identityProvider();
        String user = provider.sign(
                new JWSHeader.Builder(JWSAlgorithm.RS256)
                        .keyID(provider.key().getKeyID())
                        .build(),
                provider.claims(User.ADMIN)
                        .claim("scope", "mails:manage mails:submit")
                        .claim("aut", "APPLICATION_USER")
                        .build());
        submit(user, newKey(), email()).statusCode(403).body("code", equalTo("insufficient_scope"));
        submit(token("mails:manage"), newKey(), email()).statusCode(403);
        submit(token(""), newKey(), email()).statusCode(403);
        submit("forged", newKey(), email()).statusCode(401);
        Shop.raw().post("/mails/v1/registration-emails").then().statusCode(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/mails/v1/mails", "/orders/v1/orders", "/registrations/v1/registrations"})
    void theTokenIsOfNoUseElsewhere(String path) {
        Shop.raw()
                .header("Authorization", "Bearer " + token("mails:submit"))
                .get(path)
                .then()
                .statusCode(403);
    }

    @ParameterizedTest
    @CsvSource({
        "kind,order_placed",
        "kind,registration",
        "kind,",
        "recipient,jane",
        "recipient,'a@example.com,b@example.com'",
        "recipient,'a@example.com\nBcc: b@example.com'",
        "recipient,'Jane <jane@example.com>'",
        "recipient,",
        "subject,'a\nBcc: b@example.com'",
        "subject,' '",
        "html,",
        "html,'\u0007'",
        "text,'\u0000'"
    })
    void aWrongFieldIsNamed(String field, String value) {
        Map<String, Object> wrong = email();
        wrong.put(field, value);

        submit(newKey(), wrong)
                .statusCode(400)
                .body("code", equalTo("invalid_request"))
                .body("errors.field", hasItem(field));
    }

    @Test
    void theLongestTextsAreTaken() {
        Map<String, Object> longest = email();
        longest.put("subject", "\u00fc".repeat(200));
        longest.put("text", "\u00fc".repeat(20_000));
        longest.put("html", "\u00fc".repeat(60_000));
        submit(newKey(), longest).statusCode(202);
    }

    @Test
    void textsThatAreTooLongAreRefused() {
        Map<String, Object> tooLong = email();
        tooLong.put("subject", "s".repeat(201));
        tooLong.put("text", "t".repeat(20_001));
        tooLong.put("html", "h".repeat(60_001));
        assertThat(submit(newKey(), tooLong)
                        .statusCode(400)
                        .extract()
                        .jsonPath()
                        .getList("errors.field", String.class))
                .containsExactly("subject", "text", "html");
        submit(newKey(), Map.of("html", "h".repeat(300_000))).statusCode(413);
    }

    @ParameterizedTest
    @CsvSource({"'',idempotency_key_missing", "not-a-uuid,idempotency_key_invalid"})
    void theKeyIsAUuid(String key, String code) {
        submit(key, email()).statusCode(400).body("code", equalTo(code));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{", "null"})
    void whatIsNoEmailIsMalformed(String body) {
        submit(newKey(), body).statusCode(400).body("code", equalTo("malformed_json"));
    }
}
