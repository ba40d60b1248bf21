package com.books.bookstore.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import java.io.IOException;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.threeten.extra.MutableClock;

class TokenVerifierTest {

    private static final Duration SKEW = Duration.ofSeconds(60);

    private final MutableClock clock = MutableClock.epochUTC();
    private final Tokens tokens = new Tokens(clock);
    private IdentityProvider provider;
    private TokenVerifier verifier;

    @BeforeEach
    void start() throws IOException {
        provider = new IdentityProvider(IdentityProvider.RSA.toPublicJWK(), IdentityProvider.EC.toPublicJWK());
        verifier = verifier("RS256", "ES256");
    }

    @AfterEach
    void stop() {
        provider.close();
    }

    @Test
    void acceptsAGoodToken() throws Exception {
        Caller caller = verifier.verify(tokens.valid());

        assertThat(caller.subject()).isEqualTo("user-1");
        assertThat(caller.email()).contains("customer@books.com");
        assertThat(caller.scopes()).containsExactlyInAnyOrder("orders:create", "orders:read");
    }

    @Test
    void acceptsEveryAllowedAlgorithm() throws Exception {
        String token = Tokens.sign(
                Tokens.header(JWSAlgorithm.ES256, "ec-1").build(),
                tokens.claims(c -> {}),
                Tokens.signer(IdentityProvider.EC));

        assertThat(verifier.verify(token).subject()).isEqualTo("user-1");
    }

    @Test
    void acceptsScopesAsAnArray() throws Exception {
        String token = tokens.with(c -> c.claim("scope", List.of("orders:read", "inventory:write orders:process")));

        assertThat(verifier.verify(token).scopes())
                .containsExactlyInAnyOrder("orders:read", "inventory:write", "orders:process");
    }

    @Test
    void aTokenWithoutScopesOrEmailNamesNone() throws Exception {
        Caller caller = verifier.verify(tokens.with(c -> c.claim("scope", null).claim("email", " ")));

        assertThat(caller.scopes()).isEmpty();
        assertThat(caller.email()).isEmpty();
    }

    @Test
    void acceptsOneOfSeveralAudiences() throws Exception {
        assertThat(verifier.verify(tokens.with(c -> c.audience(List.of("other", Tokens.AUDIENCE))))
                        .subject())
                .isEqualTo("user-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"at+jwt", "JWT", "jwt", ""})
    void acceptsTheTypesOfAccessTokens(String type) throws Exception {
        assertThat(verifier.verify(withType(type)).subject()).isEqualTo("user-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"logout+jwt", "dpop+jwt", "secevent+jwt", "application/jose"})
    void refusesTokensOfOtherTypes(String type) {
        refused(withType(type), "not an access token");
    }

    @Test
    void acceptsATokenWithoutKeyId() throws Exception {
        String token = Tokens.sign(
                new JWSHeader(JWSAlgorithm.RS256), tokens.claims(c -> {}), Tokens.signer(IdentityProvider.RSA));

        assertThat(verifier.verify(token).subject()).isEqualTo("user-1");
    }

    @Test
    void refusesATokenWithoutSignatureAlgorithm() {
        refused(new PlainJWT(tokens.claims(c -> {})).serialize(), "not a signed JWT");
        String claims = tokens.valid().split("\\.")[1];
        refused(Base64URL.encode("{\"alg\":\"none\"}") + "." + claims + ".", "not a signed JWT");
        refused(
                Base64URL.encode("{\"alg\":\"None\",\"typ\":\"JWT\"}") + "." + claims + "." + Base64URL.encode("x"),
                "algorithm is not accepted");
    }

    @Test
    void refusesATokenSignedWithThePublicKeyAsSharedSecret() throws Exception {
        byte[] publicKey = IdentityProvider.RSA.toRSAPublicKey().getEncoded();
        refused(
                Tokens.sign(
                        Tokens.header(JWSAlgorithm.HS256, "rsa-1").build(),
                        tokens.claims(c -> {}),
                        new MACSigner(publicKey)),
                "algorithm is not accepted");
    }

    @Test
    void refusesAlgorithmsThatAreNotAllowed() {
        refused(
                Tokens.sign(
                        Tokens.header(JWSAlgorithm.RS512, "rsa-1").build(),
                        tokens.claims(c -> {}),
                        Tokens.signer(IdentityProvider.RSA)),
                "algorithm is not accepted");
    }

    @ParameterizedTest
    @ValueSource(strings = {"HS256", "none", "RS255", "ES256K", "EdDSA"})
    void neverAllowsAnythingButRsaAndEc(String algorithm) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> verifier("RS256", algorithm))
                .withMessageContaining(algorithm);
    }

    @Test
    void refusesAnUnknownKey() {
        // Same key id, other key.
        refused(
                Tokens.sign(
                        Tokens.header(JWSAlgorithm.RS256, "rsa-1").build(),
                        tokens.claims(c -> {}),
                        Tokens.signer(IdentityProvider.OTHER_RSA)),
                "signature is wrong");
    }

    @Test
    void refusesAKeyThatTheTokenBringsAlong() {
        JWSHeader header = Tokens.header(JWSAlgorithm.RS256, "rsa-2")
                .jwk(IdentityProvider.OTHER_RSA.toPublicJWK())
                .build();

        refused(
                Tokens.sign(header, tokens.claims(c -> {}), Tokens.signer(IdentityProvider.OTHER_RSA)),
                "key is unknown");
    }

    @Test
    void refusesAStrippedOrChangedSignature() {
        String token = tokens.valid();
        String unsigned = token.substring(0, token.lastIndexOf('.') + 1);
        refused(unsigned, null);
        refused(unsigned + Base64URL.encode("signature"), "signature is wrong");
    }

    @Test
    void refusesChangedClaims() {
        String[] parts = tokens.valid().split("\\.");
        String[] richer = tokens.with(c -> c.claim("scope", "inventory:write")).split("\\.");

        refused(parts[0] + "." + richer[1] + "." + parts[2], "signature is wrong");
    }

    @Test
    void refusesCriticalHeaders() {
        refused(
                Tokens.sign(
                        Tokens.header(JWSAlgorithm.RS256, "rsa-1")
                                .criticalParams(Set.of("x-limits"))
                                .customParam("x-limits", 1)
                                .build(),
                        tokens.claims(c -> {}),
                        Tokens.signer(IdentityProvider.RSA)),
                "not supported");
    }

    @Test
    void refusesAnotherIssuerOrAudience() {
        refused(tokens.with(c -> c.issuer("https://evil.example")), "another issuer");
        refused(tokens.with(c -> c.issuer(null)), "another issuer");
        refused(tokens.with(c -> c.audience("other-api")), "another audience");
        refused(tokens.with(c -> c.audience((String) null)), "another audience");
    }

    @Test
    void refusesATokenWithoutAUser() {
        refused(tokens.with(c -> c.subject(null)), "no subject");
        refused(tokens.with(c -> c.subject(" ")), "no subject");
        refused(tokens.with(c -> c.subject("")), "no subject");
    }

    /** The database ignores blanks at the end and stores 255 characters. */
    @Test
    void refusesASubjectThatCouldBeTakenForAnother() throws Exception {
        refused(tokens.with(c -> c.subject("user-1 ")), "subject is not valid");
        refused(tokens.with(c -> c.subject(" user-1")), "subject is not valid");
        refused(tokens.with(c -> c.subject("user\u00001")), "subject is not valid");
        refused(tokens.with(c -> c.subject("x".repeat(256))), "subject is not valid");
        assertThat(verifier.verify(tokens.with(c -> c.subject("x".repeat(255)))).subject())
                .hasSize(255);
    }

    @Test
    void aTokenExpiresWhenItSaysGiveOrTakeTheClockSkew() throws Exception {
        String token = tokens.valid();
        clock.add(Duration.ofSeconds(600 + 59));
        assertThat(verifier.verify(token)).isNotNull();

        clock.add(Duration.ofSeconds(1));
        refused(token, "expired");
    }

    @Test
    void aRememberedTokenExpiresToo() throws Exception {
        String token =
                tokens.with(c -> c.expirationTime(Date.from(clock.instant().plusSeconds(10))));
        verifier.verify(token);
        clock.add(Duration.ofSeconds(70));

        refused(token, "expired");
    }

    @Test
    void aTokenWithoutExpiryIsRefused() {
        refused(tokens.with(c -> c.expirationTime(null)), "when it expires");
    }

    @Test
    void aTokenIsNotValidBeforeItsTimeGiveOrTakeTheClockSkew() throws Exception {
        String token =
                tokens.with(c -> c.notBeforeTime(Date.from(clock.instant().plusSeconds(61))));
        refused(token, "not valid yet");

        clock.add(Duration.ofSeconds(1));
        assertThat(verifier.verify(token)).isNotNull();
    }

    @Test
    void refusesATokenThatIsTooLong() {
        refused(tokens.with(c -> c.claim("padding", "x".repeat(8 * 1024))), "too long");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "a.b.c", "a.b", "a.b.c.d.e", "....", "eyJhbGciOiJSUzI1NiJ9.e30", "💥.💥.💥"})
    void refusesWhatIsNoToken(String token) {
        refused(token, "not a signed JWT");
    }

    @Test
    void refusesClaimsThatAreNoJsonObject() throws Exception {
        JWSObject jws = new JWSObject(Tokens.header(JWSAlgorithm.RS256, "rsa-1").build(), new Payload("just text"));
        jws.sign(Tokens.signer(IdentityProvider.RSA));

        refused(jws.serialize(), "claims cannot be read");
    }

    @Test
    void doesNotTellTheTokenInErrors() {
        String token = tokens.with(c -> c.claim("secret", "hidden")).replace(".", ":");

        assertThatThrownBy(() -> verifier.verify(token))
                .hasMessageNotContaining(token.substring(0, 20))
                .hasNoCause();
    }

    @Test
    void claimsOfOddTypesAreNotTrusted() throws Exception {
        Caller caller = verifier.verify(
                tokens.with(c -> c.claim("scope", Map.of("orders:create", true)).claim("email", List.of("a@b.c"))));

        assertThat(caller.scopes()).isEmpty();
        assertThat(caller.email()).isEmpty();
    }

    private TokenVerifier verifier(String... algorithms) throws IOException {
        return new TokenVerifier(Tokens.ISSUER, Tokens.AUDIENCE, Set.of(algorithms), SKEW, provider.jwksUri(), clock);
    }

    private String withType(String type) {
        JWSHeader.Builder header = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("rsa-1");
        if (!type.isEmpty()) {
            header.type(new JOSEObjectType(type));
        }
        JWTClaimsSet claims = tokens.claims(c -> {});
        return Tokens.sign(header.build(), claims, Tokens.signer(IdentityProvider.RSA));
    }

    /** @param reason part of what the caller is told, or null for whatever */
    private void refused(String token, String reason) {
        assertThatThrownBy(() -> verifier.verify(token))
                .isInstanceOf(InvalidTokenException.class)
                .hasMessageContaining(reason == null ? "" : reason);
    }
}
