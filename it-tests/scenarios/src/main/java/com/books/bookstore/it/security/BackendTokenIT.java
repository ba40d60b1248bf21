package com.books.bookstore.it.security;

import static org.hamcrest.Matchers.equalTo;

import com.books.bookstore.it.support.BookstoreSystem;
import com.books.bookstore.it.support.NeedsControl;
import com.books.bookstore.it.support.User;
import com.books.bookstore.runtime.EmbeddedRuntime;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jwt.JWTClaimsSet;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A node behind API Manager, whose gateway sends tokens of its own. */
@NeedsControl
@ExtendWith(BookstoreSystem.class)
class BackendTokenIT {

    private static EmbeddedRuntime node;

    @BeforeAll
    static void startNodeBehindAGateway() {
        node = BookstoreSystem.startAnotherNode(Map.of(
                "BOOKSTORE_ASSERTION_JWKS_URL",
                BookstoreSystem.identityProvider().jwksAddress()));
    }

    @AfterAll
    static void stopNode() {
        node.close();
    }

    @Test
    void whomTheGatewayLetPassSeesTheirOrders() {
        orders(node.baseUri().toString(), "/orders/v1").statusCode(200).body("limit", equalTo(20));
        orders(node.baseUri().toString(), "/bookstore/v1").statusCode(200);
    }

    @Test
    void aTokenForAnotherApiOfTheGatewayIsRefused() {
        orders(node.baseUri().toString(), "/payroll/v1").statusCode(401).body("code", equalTo("invalid_token"));
    }

    @Test
    void aNodeThatIsNotBehindAGatewayDoesNotLookAtIt() {
        orders(BookstoreSystem.apiAddress(), "/orders/v1").statusCode(401).body("code", equalTo("missing_token"));
    }

    private static ValidatableResponse orders(String node, String apiContext) {
        JWTClaimsSet claims = new JWTClaimsSet.Builder(
                        BookstoreSystem.identityProvider().claims(User.CUSTOMER).build())
                .issuer("wso2.org/products/am")
                .audience((String) null)
                .subject(null)
                .claim("http://wso2.org/claims/enduser", User.CUSTOMER.subject() + "@carbon.super")
                .claim("http://wso2.org/claims/apicontext", apiContext)
                .build();
        String token = BookstoreSystem.identityProvider()
                .sign(
                        new JWSHeader.Builder(JWSAlgorithm.RS256)
                                .keyID("thumbprint_RS256")
                                .build(),
                        claims);
        return RestAssured.given()
                .baseUri(node)
                .header("X-JWT-Assertion", token)
                .get("/orders/v1/orders")
                .then();
    }
}
