package com.books.bookstore.runtime.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.books.bookstore.runtime.support.HttpApi;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DemoIdentityProviderTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final String FORM = "application/x-www-form-urlencoded";

    private DemoIdentityProvider identity;
    private HttpApi http;

    @BeforeEach
    void start() {
        identity = new DemoIdentityProvider(0, Clock.fixed(NOW, ZoneOffset.UTC));
        http = new HttpApi(identity.baseUri());
    }

    @AfterEach
    void stop() {
        identity.close();
    }

    private HttpResponse<String> ask(String form) {
        return http.post("/oauth2/token", form, "Content-Type", FORM);
    }

    @ParameterizedTest
    @CsvSource({
            "customer, orders:create orders:read",
            "staff,    inventory:write orders:read orders:read_all orders:process",
            "admin,    inventory:write orders:read orders:read_all orders:process registrations:approve",
    })
    void aUserGetsATokenSignedWithThePublishedKey(String user, String scope) throws Exception {
        HttpResponse<String> response = ask("grant_type=password&username=" + user + "&password=" + user);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Cache-Control")).contains("no-store");
        SignedJWT token = SignedJWT.parse(JSONObjectUtils.getString(JSONObjectUtils.parse(response.body()), "access_token"));
        JWKSet keys = JWKSet.parse(http.get("/oauth2/jwks").body());
        assertThat(token.verify(new RSASSAVerifier(keys.getKeyByKeyId(token.getHeader().getKeyID()).toRSAKey()))).isTrue();
        assertThat(keys.getKeys()).noneMatch(key -> key.isPrivate());
        JWTClaimsSet claims = token.getJWTClaimsSet();
        assertThat(claims.getIssuer()).isEqualTo(identity.issuer());
        assertThat(claims.getAudience()).containsExactly("bookstore-api");
        assertThat(claims.getSubject()).isEqualTo(user);
        assertThat(claims.getStringClaim("email")).isEqualTo(user + "@books.com");
        assertThat(claims.getStringClaim("scope")).isEqualTo(scope);
        assertThat(claims.getExpirationTime()).isEqualTo(Date.from(NOW.plusSeconds(3600)));
        assertThat(claims.getJWTID()).isNotBlank();
    }

    @Test
    void scopesAreLimitedToWhatIsAskedForAndHeld() throws Exception {
        HttpResponse<String> response = ask("grant_type=password&username=customer&password=customer&scope=orders%3Aread+inventory%3Awrite");

        assertThat(JSONObjectUtils.getString(JSONObjectUtils.parse(response.body()), "scope")).isEqualTo("orders:read");
    }

    @ParameterizedTest
    @CsvSource({
            "grant_type=password&username=customer&password=wrong, invalid_grant",
            "grant_type=password&username=nobody&password=nobody,  invalid_grant",
            "grant_type=password&username=customer,                invalid_grant",
            "grant_type=client_credentials,                        unsupported_grant_type",
            "username=customer&password=customer,                  invalid_request",
    })
    void everythingElseIsRefused(String form, String error) {
        HttpResponse<String> response = ask(form);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).isEqualTo("{\"error\":\"" + error + "\"}");
    }

    @Test
    void theMetadataNamesTheEndpoints() throws Exception {
        HttpResponse<String> response = http.get("/oauth2/token/.well-known/openid-configuration");

        assertThat(JSONObjectUtils.parse(response.body())).containsEntry("issuer", identity.issuer()).containsEntry("jwks_uri", identity.jwksUri());
        assertThat(http.get("/elsewhere").statusCode()).isEqualTo(404);
    }
}
