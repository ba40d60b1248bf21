package com.books.bookstore.identity.oauth;

import static com.books.bookstore.identity.oauth.Visitor.json;
import static com.books.bookstore.identity.oauth.Visitor.with;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Signature;
import java.time.Instant;
import java.util.Date;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Forged, altered and outdated access tokens. The forger even has the server's own key where that makes the attack stronger:
 * what is refused then is refused for its claims alone.
 */
@Tag("slow")
@Tag("attack")
class AccessTokenAttacksTest {

    private static AuthorizationServer server;
    private static Visitor visitor;
    private static RSAKey serverKey;
    private static SignedJWT genuine;

    @BeforeAll
    static void signIn(@TempDir Path directory) throws Exception {
        server = AuthorizationServer.start(RunningServer.settings(directory).build());
        visitor = Visitor.of(server);
        serverKey = JWKSet.parse(Files.readString(directory.resolve("signing-keys.json")))
                .getKeys()
                .get(0)
                .toRSAKey();
        genuine = SignedJWT.parse(visitor.tokens("customer", "openid orders:read")
                .get("access_token")
                .stringValue());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static void assertRefused(String token) {
        HttpResponse<String> response = visitor.get("/oauth2/userinfo", token);
        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().firstValue("WWW-Authenticate").orElseThrow())
                .startsWith("Bearer")
                .contains("invalid_token")
                .doesNotContain("com.nimbusds", "Exception");
        assertThat(response.body()).doesNotContain("Exception", "email");
        assertThat(json(visitor.postAs(
                                "bookstore-registration",
                                server.clientSecret("bookstore-registration"),
                                "/oauth2/introspect",
                                with("token", token)))
                        .toString())
                .isEqualTo("{\"active\":false}");
    }

    private static String forge(Consumer<JWTClaimsSet.Builder> claims) throws Exception {
        return forge(genuine.getHeader(), claims, new RSASSASigner(serverKey));
    }

    private static String forge(JWSHeader header, Consumer<JWTClaimsSet.Builder> claims, JWSSigner signer)
            throws Exception {
        JWTClaimsSet.Builder changed = new JWTClaimsSet.Builder(genuine.getJWTClaimsSet());
        claims.accept(changed);
        SignedJWT forged = new SignedJWT(header, changed.build());
        forged.sign(signer);
        return forged.serialize();
    }

    private static String payload() {
        return genuine.getParsedParts()[1].toString();
    }

    @Test
    void the_genuine_token_is_accepted() {
        assertThat(visitor.get("/oauth2/userinfo", genuine.serialize()).statusCode())
                .isEqualTo(200);
    }

    @Test
    void the_algorithm_none() {
        for (String algorithm : new String[] {"none", "None", "NONE", "nOnE"}) {
            String header = Base64URL.encode("{\"alg\":\"" + algorithm + "\",\"typ\":\"at+jwt\"}")
                    .toString();
            assertRefused(header + "." + payload() + ".");
        }
    }

    @Test
    void a_symmetric_signature_with_the_public_key_as_its_secret() throws Exception {
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.HS256)
                .type(new JOSEObjectType("at+jwt"))
                .keyID(serverKey.getKeyID())
                .build();

        assertRefused(forge(
                header, claims -> {}, new MACSigner(serverKey.toRSAPublicKey().getEncoded())));
    }

    @Test
    void another_algorithm_with_the_right_key() throws Exception {
        for (JWSAlgorithm algorithm : new JWSAlgorithm[] {JWSAlgorithm.RS512, JWSAlgorithm.PS256}) {
            assertRefused(forge(
                    new JWSHeader.Builder(algorithm)
                            .type(new JOSEObjectType("at+jwt"))
                            .keyID(serverKey.getKeyID())
                            .build(),
                    claims -> {},
                    new RSASSASigner(serverKey)));
        }
    }

    @Test
    void a_key_of_the_attackers_own() throws Exception {
        RSAKey own = new RSAKeyGenerator(2048).generate();

        assertRefused(forge(genuine.getHeader(), claims -> {}, new RSASSASigner(own)));
    }

    @Test
    void a_key_that_the_token_brings_along() throws Exception {
        RSAKey own = new RSAKeyGenerator(2048).keyID("own").generate();
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.RS256)
                .type(new JOSEObjectType("at+jwt"))
                .jwk(own.toPublicJWK())
                .keyID("own")
                .build();

        assertRefused(forge(header, claims -> {}, new RSASSASigner(own)));
    }

    @Test
    void another_issuer_audience_or_type() throws Exception {
        assertRefused(forge(claims -> claims.issuer("https://evil.example/oauth2/token")));
        assertRefused(forge(claims -> claims.issuer(null)));
        assertRefused(forge(claims -> claims.audience("another-api")));
        assertRefused(forge(claims -> claims.audience((String) null)));
        assertRefused(forge(
                new JWSHeader.Builder(JWSAlgorithm.RS256)
                        .type(JOSEObjectType.JWT)
                        .keyID(serverKey.getKeyID())
                        .build(),
                claims -> {},
                new RSASSASigner(serverKey)));
    }

    @Test
    void an_expired_token_and_one_that_is_not_good_yet() throws Exception {
        Instant now = Instant.now();
        assertRefused(forge(claims ->
                claims.issueTime(Date.from(now.minusSeconds(120))).expirationTime(Date.from(now.minusSeconds(60)))));
        assertRefused(forge(claims -> claims.notBeforeTime(Date.from(now.plusSeconds(600)))));
    }

    @Test
    void a_token_that_the_server_never_issued_although_its_key_signed_it() throws Exception {
        assertRefused(forge(claims -> claims.claim("scope", "openid registrations:approve")));
        assertRefused(forge(claims -> claims.subject("someone-else")));
    }

    @Test
    void a_stripped_truncated_or_altered_signature() {
        String token = genuine.serialize();
        String unsigned = token.substring(0, token.lastIndexOf('.') + 1);

        assertRefused(unsigned);
        assertRefused(token.substring(0, token.length() - 10));
        assertRefused(unsigned
                + genuine.getParsedParts()[2].toString().replace('A', 'B').replace('a', 'b'));
    }

    @Test
    void altered_claims_under_the_genuine_signature() {
        String altered = Base64URL.encode(payloadText().replace("orders:read", "orders:read_all"))
                .toString();

        assertRefused(genuine.getParsedParts()[0] + "." + altered + "." + genuine.getParsedParts()[2]);
    }

    private static String payloadText() {
        return genuine.getParsedParts()[1].decodeToString();
    }

    @Test
    void a_critical_header_that_nobody_knows() throws Exception {
        // Nimbus does not sign such a thing.
        String signed = Base64URL.encode("{\"alg\":\"RS256\",\"typ\":\"at+jwt\",\"kid\":\"" + serverKey.getKeyID()
                        + "\",\"crit\":[\"exotic\"],\"exotic\":true}")
                + "." + payload();
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(serverKey.toRSAPrivateKey());
        signature.update(signed.getBytes(StandardCharsets.US_ASCII));

        assertRefused(signed + "." + Base64URL.encode(signature.sign()));
    }

    @Test
    void a_key_id_that_points_elsewhere() throws Exception {
        for (String keyId : new String[] {"../../etc/passwd", "' OR 1=1 --", ""}) {
            JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.RS256)
                    .type(new JOSEObjectType("at+jwt"))
                    .keyID(keyId)
                    .build();
            assertRefused(forge(header, claims -> {}, new RSASSASigner(new RSAKeyGenerator(2048).generate())));
        }
    }

    @Test
    void other_tokens_of_the_same_user() {
        JsonNode tokens = Visitor.of(server).tokens("customer", "openid orders:read");

        assertThat(visitor.get("/oauth2/userinfo", tokens.get("id_token").stringValue())
                        .statusCode())
                .isEqualTo(401);
        assertThat(visitor.get("/oauth2/userinfo", tokens.get("refresh_token").stringValue())
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void a_token_of_an_application_where_a_user_is_needed() {
        String token = json(visitor.postAs(
                        "bookstore-registration",
                        server.clientSecret("bookstore-registration"),
                        "/oauth2/token",
                        with("grant_type", "client_credentials")))
                .get("access_token")
                .stringValue();

        assertThat(visitor.get("/oauth2/userinfo", token).statusCode()).isEqualTo(401);
    }

    @Test
    void a_user_token_without_the_scope() {
        String token = Visitor.of(server)
                .tokens("customer", "orders:read")
                .get("access_token")
                .stringValue();

        assertThat(visitor.get("/oauth2/userinfo", token).statusCode()).isEqualTo(403);
    }

    @Test
    void no_token_an_empty_one_and_an_oversized_one() {
        assertThat(visitor.get("/oauth2/userinfo").statusCode()).isEqualTo(401);
        assertThat(visitor.get("/oauth2/userinfo", "").statusCode()).isIn(400, 401);
        assertThat(visitor.get("/oauth2/userinfo", "x".repeat(10_000)).statusCode())
                .isEqualTo(431);
    }

    @Test
    void a_token_in_the_address() {
        assertThat(visitor.get("/oauth2/userinfo?access_token=" + genuine.serialize())
                        .statusCode())
                .isEqualTo(401);
    }
}
