package com.books.bookstore.identity.oauth;

import static com.books.bookstore.identity.oauth.Visitor.claims;
import static com.books.bookstore.identity.oauth.Visitor.error;
import static com.books.bookstore.identity.oauth.Visitor.json;
import static com.books.bookstore.identity.oauth.Visitor.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.books.bookstore.embedded.FreePort;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

@Tag("slow")
class RestartTest {

    @TempDir
    private Path directory;

    private AuthorizationServer start(int httpsPort) throws IOException {
        return AuthorizationServer.start(
                RunningServer.settings(directory).httpsPort(httpsPort).build());
    }

    @Test
    void keys_tokens_clients_and_certificate_survive() throws Exception {
        JsonNode tokens;
        JsonNode spent;
        String keys;
        String secret;
        int port = FreePort.next();
        try (AuthorizationServer server = start(port)) {
            Visitor visitor = Visitor.of(server);
            spent = visitor.tokens("customer", "openid orders:read");
            tokens = json(visitor.refresh(spent.get("refresh_token").stringValue(), Map.of()));
            keys = visitor.get("/oauth2/jwks").body();
            secret = server.clientSecret("bookstore-registration");
        }
        byte[] authority = Files.readAllBytes(directory.resolve("tls").resolve("ca.pem"));

        try (AuthorizationServer server = start(port)) {
            Visitor visitor = Visitor.of(server);
            assertThat(Files.readAllBytes(server.caCertificate())).isEqualTo(authority);
            assertThat(visitor.get("/oauth2/jwks").body()).isEqualTo(keys);
            assertThat(server.clientSecret("bookstore-registration")).isEqualTo(secret);
            assertThat(json(visitor.postAs(
                                    "bookstore-registration",
                                    secret,
                                    "/oauth2/introspect",
                                    with("token", tokens.get("access_token").stringValue())))
                            .get("active")
                            .booleanValue())
                    .isTrue();

            JsonNode renewed = json(visitor.refresh(tokens.get("refresh_token").stringValue(), Map.of()));
            assertThat(claims(renewed.get("access_token").stringValue()).getClaim("email"))
                    .isEqualTo("customer@books.com");

            assertThat(error(visitor.refresh(spent.get("refresh_token").stringValue(), Map.of())))
                    .isEqualTo("invalid_grant");
            assertThat(error(visitor.refresh(renewed.get("refresh_token").stringValue(), Map.of())))
                    .as("the reuse is noticed after the restart")
                    .isEqualTo("invalid_grant");
        }
    }

    @Test
    void after_a_rotation_the_new_key_signs_and_the_old_one_still_verifies() throws Exception {
        String oldToken;
        try (AuthorizationServer server = start(0)) {
            oldToken = Visitor.of(server)
                    .tokens("customer", "openid")
                    .get("access_token")
                    .stringValue();
            server.rotateSigningKey();
            assertSignsWithNewKey(Visitor.of(server), oldToken);
        }
        try (AuthorizationServer server = start(0)) {
            assertSignsWithNewKey(Visitor.of(server), oldToken);
            server.rotateSigningKey();
            assertThat(JWKSet.parse(Visitor.of(server).get("/oauth2/jwks").body())
                            .getKeyByKeyId(SignedJWT.parse(oldToken).getHeader().getKeyID()))
                    .as("the key before the last goes")
                    .isNull();
        }
    }

    private static void assertSignsWithNewKey(Visitor visitor, String oldToken) throws Exception {
        JWKSet published = JWKSet.parse(visitor.get("/oauth2/jwks").body());
        SignedJWT old = SignedJWT.parse(oldToken);
        SignedJWT fresh = SignedJWT.parse(
                visitor.tokens("customer", "openid").get("access_token").stringValue());

        assertThat(published.getKeys()).hasSize(2);
        assertThat(fresh.getHeader().getKeyID()).isNotEqualTo(old.getHeader().getKeyID());
        for (SignedJWT token : List.of(old, fresh)) {
            assertThat(token.verify(new RSASSAVerifier(published
                            .getKeyByKeyId(token.getHeader().getKeyID())
                            .toRSAKey())))
                    .isTrue();
        }
    }

    @Test
    void a_secret_of_the_settings_replaces_the_kept_one() throws Exception {
        start(0).close();

        try (AuthorizationServer server = AuthorizationServer.start(RunningServer.settings(directory)
                .clientSecret("bookstore-registration", "from the environment")
                .build())) {
            assertThat(Visitor.of(server)
                            .post(
                                    "/oauth2/token",
                                    with(
                                            "grant_type",
                                            "client_credentials",
                                            "client_id",
                                            "bookstore-registration",
                                            "client_secret",
                                            "from the environment"))
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void what_is_kept_is_for_its_owner_only() throws Exception {
        start(0).close();

        try (Stream<Path> kept = Files.walk(directory).filter(path -> !path.equals(directory))) {
            assertThat(kept.filter(path -> !path.startsWith(directory.resolve("state")) || Files.isDirectory(path)))
                    .isNotEmpty()
                    .allSatisfy(path -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                            .endsWith("------"));
        }
    }

    @Test
    void two_servers_cannot_share_a_port_or_a_data_directory() throws Exception {
        try (AuthorizationServer server = start(0)) {
            assertThatThrownBy(() -> start(0)).isInstanceOf(IOException.class).hasMessageContaining("another server");
            int port = server.httpsAddress().getPort();
            assertThatThrownBy(() -> AuthorizationServer.start(RunningServer.settings(directory.resolve("other"))
                            .httpsPort(port)
                            .build()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("Port " + port);
        }
    }
}
