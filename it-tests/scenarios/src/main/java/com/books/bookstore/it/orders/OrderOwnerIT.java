package com.books.bookstore.it.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.books.bookstore.it.support.BookstoreSystem;
import com.books.bookstore.it.support.NeedsControl;
import com.books.bookstore.it.support.Shop;
import com.books.bookstore.it.support.TestIdentityProvider;
import com.books.bookstore.it.support.User;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jwt.JWTClaimsSet;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Orders belong to the account that the token's {@code sub} names, whatever becomes of its email address. */
@NeedsControl
@ExtendWith(BookstoreSystem.class)
class OrderOwnerIT {

    private final String address = UUID.randomUUID() + "@books.com";
    private final String first = token(UUID.randomUUID().toString(), address);
    private int book;

    @BeforeEach
    void addBook() {
        book = Shop.newBook("Owned", "1.00", 10);
    }

    @Test
    void anAddressThatIsRegisteredAgainInheritsNothing() {
        int order = order(first, Shop.newKey());
        String second = token(UUID.randomUUID().toString(), address);

        assertThat(orders(second)).isEmpty();
        assertNotFound(Shop.orders(second).get("/orders/{id}", order));
        assertNotFound(Shop.orders(second).get("/orders/{id}/payment", order));
        assertNotFound(Shop.orders(second).post("/orders/{id}/cancel", order));

        assertThat(orders(first)).containsExactly(order);
        Shop.orders(first).get("/orders/{id}", order).then().statusCode(200);
        Shop.orders(first).get("/orders/{id}/payment", order).then().statusCode(200);
        Shop.orders(User.STAFF)
                .get("/orders/{id}", order)
                .then()
                .statusCode(200)
                .body("userEmail", equalTo(address));
    }

    @Test
    void anAccountKeepsItsOrdersWhenItsAddressChanges() {
        String subject = UUID.randomUUID().toString();
        int order = order(token(subject, address), Shop.newKey());
        String renamed = token(subject, "new-" + address);

        assertThat(orders(renamed)).containsExactly(order);
        Shop.orders(renamed)
                .post("/orders/{id}/cancel", order)
                .then()
                .statusCode(200)
                .body("userEmail", equalTo(address));
    }

    @Test
    void idempotencyKeysBelongToAccounts() {
        String key = Shop.newKey();
        String second = token(UUID.randomUUID().toString(), address);

        int one = order(first, key);
        int other = order(second, key);

        assertThat(other).isNotEqualTo(one);
        assertThat(order(first, key)).isEqualTo(one);
        assertThat(order(second, key)).isEqualTo(other);
    }

    @Test
    void anOrderFromBeforeBelongsToItsAddressUntilAnAccountOrders() {
        int before = order(first, Shop.newKey());
        BookstoreSystem.execute("UPDATE orders SET customer_subject = NULL WHERE order_id = " + before);
        String second = token(UUID.randomUUID().toString(), address);

        assertThat(orders(first)).containsExactly(before);
        Shop.orders(first).get("/orders/{id}/payment", before).then().statusCode(200);
        assertThat(orders(token(UUID.randomUUID().toString(), "other-" + address)))
                .isEmpty();

        int order = order(first, Shop.newKey());

        assertThat(orders(first)).containsExactly(order, before);
        assertThat(orders(second)).isEmpty();
        assertNotFound(Shop.orders(second).get("/orders/{id}", before));
    }

    @Test
    void aTokenWithoutASubjectIsRefused() {
        for (String subject : new String[] {null, "", " ", address + " "}) {
            String token = token(subject, address);
            Shop.orders(token).get("/orders").then().statusCode(401).body("code", equalTo("invalid_token"));
            place(token, Shop.newKey()).then().statusCode(401).body("code", equalTo("invalid_token"));
        }
    }

    private static String token(String subject, String email) {
        TestIdentityProvider provider = BookstoreSystem.identityProvider();
        JWTClaimsSet claims = provider.claims(User.CUSTOMER)
                .subject(subject)
                .claim("email", email)
                .build();
        return provider.sign(
                new JWSHeader.Builder(JWSAlgorithm.RS256)
                        .type(new JOSEObjectType("at+jwt"))
                        .keyID(provider.key().getKeyID())
                        .build(),
                claims);
    }

    private int order(String token, String key) {
        return place(token, key).then().statusCode(201).extract().jsonPath().getInt("orderId");
    }

    private Response place(String token, String key) {
        return Shop.orders(token)
                .contentType(ContentType.JSON)
                .header("Idempotency-Key", key)
                .body(Shop.lines(book, 1))
                .post("/orders");
    }

    private static List<Integer> orders(String token) {
        return Shop.orders(token)
                .get("/orders")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getList("items.orderId", Integer.class);
    }

    private static void assertNotFound(Response response) {
        response.then().statusCode(404).body("code", equalTo("order_not_found"));
    }
}
