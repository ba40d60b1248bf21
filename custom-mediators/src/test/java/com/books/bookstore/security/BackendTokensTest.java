package com.books.bookstore.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Duration;
import java.util.Base64;
import java.util.Date;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.threeten.extra.MutableClock;

/** Tokens as API Manager's gateway makes them for the system behind it, and as attackers would. */
class BackendTokensTest {

    private static final String ISSUER = "wso2.org/products/am";
    private static final String DIALECT = "http://wso2.org/claims/";

    private static IdentityProvider gateway;

    private final MutableClock clock = MutableClock.epochUTC();

    @BeforeAll
    static void start() throws IOException {
        gateway = new IdentityProvider(IdentityProvider.RSA.toPublicJWK());
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @Test
    void saysWhoTheGatewayLetPass() throws Exception {
        Caller caller = verifier().verify(token(claims -> {}));

        assertThat(caller.subject()).isEqualTo("customer");
        assertThat(caller.email()).contains("customer@books.com");
        assertThat(caller.scopes()).containsExactlyInAnyOrder("orders:create", "orders:read");
        assertThat(caller.client()).contains("storefront");
    }

    /** API Manager's default, which is not what JWTs are written in. */
    @Test
    void takesTokensInPlainBase64() throws Exception {
        Base64.Encoder plain = Base64.getEncoder().withoutPadding();
        // Chosen so that the texts need the two characters in which the alphabets differ.
        String signed = plain.encodeToString(
                        "{\"typ\":\"JWT\",\"alg\":\"RS256\",\"x5t\":\"~~~???>>>\"}".getBytes(StandardCharsets.UTF_8))
                + "."
                + plain.encodeToString(
                        claims(c -> c.claim("note", "~~~???>>>~~~")).toString().getBytes(StandardCharsets.UTF_8));
        assertThat(signed).containsAnyOf("+", "/");

        assertThat(verifier()
                        .verify(signed + "." + plain.encodeToString(signature(signed)))
                        .subject())
                .isEqualTo("customer");
    }

    /** The gateway adds its tenant to the access token's subject. Orders belong to the subject, whichever way a request comes. */
    @ParameterizedTest
    @CsvSource({
        "5f2c7a10-1111@carbon.super, 5f2c7a10-1111",
        "5f2c7a10-1111, 5f2c7a10-1111",
        "ann@books.com@carbon.super, ann@books.com",
        "ann@books.com, ann@books.com",
        "x@carbon.super@carbon.super, x@carbon.super"
    })
    void theUserIsTheSubjectOfTheAccessToken(String endUser, String subject) throws Exception {
        assertThat(verifier()
                        .verify(token(claims -> claims.claim(DIALECT + "enduser", endUser)))
                        .subject())
                .isEqualTo(subject);
    }

    @Test
    void aTenantAloneIsNoUser() {
        refused(token(claims -> claims.claim(DIALECT + "enduser", "@carbon.super")), "no subject");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "/payroll/v1", "/orders", "/orders/v2", "/x/orders/v1", "/orders/v1/../../payroll/v1"})
    void oneForAnotherApiOfTheSameGatewayIsRefused(String context) {
        refused(token(claims -> claims.claim(DIALECT + "apicontext", context)), "another API");
    }

    @Test
    void accessTokensAreNoneEvenIfTheyAreGood() {
        refused(new Tokens(clock).valid(), "another issuer");
    }

    @Test
    void itsOwnerIsTheEndUserOnly() {
        refused(token(claims -> claims.claim(DIALECT + "enduser", null).subject("admin")), "has no user");
    }

    @Test
    void expiredOnesAreRefused() throws Exception {
        TokenVerifier verifier = verifier();
        String token = token(claims -> {});
        verifier.verify(token);
        clock.add(Duration.ofMinutes(17));

        assertThatThrownBy(() -> verifier.verify(token))
                .isInstanceOf(InvalidTokenException.class)
                .hasMessageContaining("expired");
        refused(token(claims -> claims.expirationTime(null)), "when it expires");
    }

    @Test
    void withoutTheGatewaysSignatureNothingIsBelieved() throws JOSEException {
        JWTClaimsSet claims = claims(c -> {});
        refused(
                Tokens.sign(
                        new JWSHeader.Builder(JWSAlgorithm.RS256)
                                .keyID(IdentityProvider.RSA.getKeyID())
                                .build(),
                        claims,
                        Tokens.signer(IdentityProvider.OTHER_RSA)),
                "signature is wrong");
        refused(
                Tokens.sign(
                        new JWSHeader(JWSAlgorithm.HS256),
                        claims,
                        new MACSigner(IdentityProvider.RSA.toRSAPublicKey().getEncoded())),
                "algorithm");
        String none = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString("{\"typ\":\"JWT\",\"alg\":\"none\"}".getBytes(StandardCharsets.UTF_8));
        refused(none + "." + token(c -> {}).split("\\.")[1] + ".", "not a signed JWT");
        refused(token(c -> {}) + ", " + token(c -> {}), "not a signed JWT");
    }

    private void refused(String token, String because) {
        assertThatThrownBy(() -> verifier().verify(token))
                .isInstanceOf(InvalidTokenException.class)
                .hasMessageContaining(because);
    }

    private TokenVerifier verifier() throws IOException {
        return TokenVerifier.ofBackendTokens(
                ISSUER, Set.of("/orders/v1", "/bookstore/v1"), Duration.ofSeconds(60), gateway.jwksUri(), clock);
    }

    /** With a key id that is not among the published ones, as the gateway makes it. */
    private String token(Consumer<JWTClaimsSet.Builder> change) {
        return Tokens.sign(
                new JWSHeader.Builder(JWSAlgorithm.RS256)
                        .keyID("thumbprint_RS256")
                        .build(),
                claims(change),
                Tokens.signer(IdentityProvider.RSA));
    }

    private JWTClaimsSet claims(Consumer<JWTClaimsSet.Builder> change) {
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .claim(DIALECT + "enduser", "customer@carbon.super")
                .claim(DIALECT + "apicontext", "/orders/v1")
                .claim(DIALECT + "usertype", "Application_User")
                .claim("scope", "orders:create orders:read")
                .claim("email", "Customer@books.com")
                .claim("azp", "storefront")
                .issueTime(Date.from(clock.instant()))
                .expirationTime(Date.from(clock.instant().plusSeconds(900)));
        change.accept(claims);
        return claims.build();
    }

    private static byte[] signature(String signed) throws GeneralSecurityException, JOSEException {
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(IdentityProvider.RSA.toRSAPrivateKey());
        signature.update(signed.getBytes(StandardCharsets.US_ASCII));
        return signature.sign();
    }
}
