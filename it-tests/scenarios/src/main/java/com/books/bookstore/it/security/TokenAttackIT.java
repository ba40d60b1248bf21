package com.books.bookstore.it.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.books.bookstore.it.support.BookstoreSystem;
import com.books.bookstore.it.support.NeedsControl;
import com.books.bookstore.it.support.Shop;
import com.books.bookstore.it.support.TestIdentityProvider;
import com.books.bookstore.it.support.User;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Forged, changed and misused access tokens against the APIs. */
@Tag("attack")
@NeedsControl
@ExtendWith(BookstoreSystem.class)
class TokenAttackIT {

    @Test
    void theSameTokenWithoutTheAttackIsAccepted() throws JOSEException {
        Shop.raw()
                .header("Authorization", "Bearer " + signed(header().build(), claims().build()))
                .get("/orders/v1/orders")
                .then()
                .statusCode(200);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("attacks")
    void isRefused(String attack, String token) {
        String body = Shop.raw()
                .header("Authorization", "Bearer " + token)
                .get("/orders/v1/orders")
                .then()
                .statusCode(401)
                .header("Content-Type", startsWith("application/problem+json"))
                .header("WWW-Authenticate", containsString("error=\"invalid_token\""))
                .body("code", equalTo("invalid_token"))
                .extract()
                .asString();
        assertThat(body).doesNotContain("Exception", "\tat ", token);
    }

    static Stream<Arguments> attacks() throws JOSEException {
        RSAKey key = key();
        RSAKey attackersKey = new RSAKeyGenerator(2048).keyID(key.getKeyID()).generate();
        JWTClaimsSet good = claims().build();
        String valid = signed(header().build(), good);
        String[] parts = valid.split("\\.");
        Instant now = Instant.now();
        return Stream.of(
                arguments("no algorithm", base64("{\"alg\":\"none\"}") + "." + parts[1] + "."),
                arguments(
                        "no algorithm, old signature kept",
                        base64("{\"alg\":\"none\"}") + "." + parts[1] + "." + parts[2]),
                arguments("no algorithm in other letters", base64("{\"alg\":\"nOnE\"}") + "." + parts[1] + "."),
                arguments("the public key as HS256 secret, PEM", hmac(pem(key).getBytes(StandardCharsets.UTF_8), good)),
                arguments(
                        "the public key as HS256 secret, DER",
                        hmac(key.toRSAPublicKey().getEncoded(), good)),
                arguments(
                        "the published key as HS256 secret",
                        hmac(key.toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8), good)),
                arguments(
                        "an algorithm that is not allowed",
                        with(
                                new RSASSASigner(key),
                                new JWSHeader.Builder(JWSAlgorithm.RS384)
                                        .keyID(key.getKeyID())
                                        .build(),
                                good)),
                arguments(
                        "somebody else's key under the right name",
                        with(new RSASSASigner(attackersKey), header().build(), good)),
                arguments(
                        "an unpublished key",
                        with(
                                new RSASSASigner(attackersKey),
                                header().keyID("unknown").build(),
                                good)),
                arguments(
                        "a key that comes with the token",
                        with(
                                new RSASSASigner(attackersKey),
                                header().keyID(null)
                                        .jwk(attackersKey.toPublicJWK())
                                        .build(),
                                good)),
                arguments(
                        "an address for the key",
                        with(
                                new RSASSASigner(attackersKey),
                                header().keyID(null)
                                        .jwkURL(URI.create("http://localhost:1/jwks"))
                                        .build(),
                                good)),
                arguments(
                        "a path as the name of the key",
                        with(
                                new RSASSASigner(attackersKey),
                                header().keyID("../../../../dev/null").build(),
                                good)),
                arguments("the signature cut off", parts[0] + "." + parts[1] + "."),
                arguments("the signature missing", parts[0] + "." + parts[1]),
                arguments(
                        "the signature of another token",
                        parts[0] + "." + parts[1] + "."
                                + signed(
                                                header().build(),
                                                claims().jwtID("other").build())
                                        .split("\\.")[2]),
                arguments(
                        "more scopes written into it",
                        parts[0] + "."
                                + base64(new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8)
                                        .replace("orders:create", "orders:create orders:process"))
                                + "." + parts[2]),
                arguments(
                        "another issuer",
                        signed(
                                header().build(),
                                claims().issuer("https://evil.test/oauth2/token")
                                        .build())),
                arguments(
                        "no issuer",
                        signed(header().build(), claims().issuer(null).build())),
                arguments(
                        "the issuer with more behind it",
                        signed(
                                header().build(),
                                claims().issuer(TestIdentityProvider.ISSUER + "/")
                                        .build())),
                arguments(
                        "another audience",
                        signed(
                                header().build(),
                                claims().audience("some-other-api").build())),
                arguments(
                        "no audience",
                        signed(
                                header().build(),
                                claims().audience((String) null).build())),
                arguments(
                        "expired",
                        signed(
                                header().build(),
                                claims().expirationTime(Date.from(now.minus(Duration.ofMinutes(5))))
                                        .build())),
                arguments(
                        "never expires",
                        signed(header().build(), claims().expirationTime(null).build())),
                arguments(
                        "not yet valid",
                        signed(
                                header().build(),
                                claims().notBeforeTime(Date.from(now.plus(Duration.ofMinutes(5))))
                                        .build())),
                arguments(
                        "an unknown critical header",
                        with(
                                new RSASSASigner(key),
                                header().criticalParams(Set.of("urgent"))
                                        .customParam("urgent", true)
                                        .build(),
                                good)),
                arguments(
                        "another kind of token",
                        signed(header().type(new JOSEObjectType("logout+jwt")).build(), good)),
                arguments(
                        "oversized",
                        signed(
                                header().build(),
                                claims().claim("padding", "x".repeat(7000)).build())),
                arguments("claims that are no object", parts[0] + "." + base64("[]") + "." + parts[2]),
                arguments("an array for a header", base64("[]") + "." + parts[1] + "." + parts[2]),
                arguments("an encrypted token's five parts", valid + ".x.y"),
                arguments("line breaks inside", parts[0] + "." + parts[1] + ".%0A" + parts[2]),
                arguments("letters that are not base64", "§§§." + parts[1] + "." + parts[2]));
    }

    /** A token for one thing does not open another. */
    @ParameterizedTest(name = "{0} {1} {2} with {3}")
    @MethodSource("missingScopes")
    void isForbidden(User user, String method, String path, List<String> scopes) throws JOSEException {
        String token = signed(
                header().build(),
                BookstoreSystem.identityProvider()
                        .claims(user)
                        .claim("scope", String.join(" ", scopes))
                        .build());
        Shop.raw()
                .header("Authorization", "Bearer " + token)
                .request(method, path)
                .then()
                .statusCode(403)
                .body("code", equalTo("insufficient_scope"))
                .header("WWW-Authenticate", containsString("insufficient_scope"));
    }

    static Stream<Arguments> missingScopes() {
        return Stream.of(
                arguments(
                        User.STAFF,
                        "POST",
                        "/orders/v1/orders",
                        List.of("orders:read", "orders:process", "inventory:write")),
                arguments(
                        User.CUSTOMER, "POST", "/orders/v1/orders/1/complete", List.of("orders:create", "orders:read")),
                arguments(User.CUSTOMER, "POST", "/inventory/v1/books", List.of("orders:create", "orders:read")),
                arguments(User.CUSTOMER, "GET", "/orders/v1/orders", List.of("orders:create")),
                arguments(User.CUSTOMER, "GET", "/orders/v1/orders", List.of("orders:READ")),
                arguments(User.CUSTOMER, "GET", "/orders/v1/orders", List.of("orders:reader", "orders")),
                arguments(User.CUSTOMER, "GET", "/orders/v1/orders", List.of()));
    }

    private static RSAKey key() {
        return BookstoreSystem.identityProvider().key();
    }

    private static JWSHeader.Builder header() {
        return new JWSHeader.Builder(JWSAlgorithm.RS256)
                .type(new JOSEObjectType("at+jwt"))
                .keyID(key().getKeyID());
    }

    private static JWTClaimsSet.Builder claims() {
        return BookstoreSystem.identityProvider().claims(User.CUSTOMER);
    }

    private static String signed(JWSHeader header, JWTClaimsSet claims) throws JOSEException {
        return with(new RSASSASigner(key()), header, claims);
    }

    private static String with(JWSSigner signer, JWSHeader header, JWTClaimsSet claims) throws JOSEException {
        SignedJWT token = new SignedJWT(header, claims);
        token.sign(signer);
        return token.serialize();
    }

    private static String hmac(byte[] secret, JWTClaimsSet claims) throws JOSEException {
        return with(
                new MACSigner(secret),
                new JWSHeader.Builder(JWSAlgorithm.HS256)
                        .keyID(key().getKeyID())
                        .build(),
                claims);
    }

    private static String pem(RSAKey key) throws JOSEException {
        return "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                        .encodeToString(key.toRSAPublicKey().getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
    }

    private static String base64(String text) {
        return Base64URL.encode(text).toString();
    }
}
