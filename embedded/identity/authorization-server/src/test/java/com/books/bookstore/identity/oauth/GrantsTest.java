package com.books.bookstore.identity.oauth;

import static com.books.bookstore.identity.oauth.Visitor.answer;
import static com.books.bookstore.identity.oauth.Visitor.claims;
import static com.books.bookstore.identity.oauth.Visitor.error;
import static com.books.bookstore.identity.oauth.Visitor.json;
import static com.books.bookstore.identity.oauth.Visitor.with;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

@Tag("slow")
@ExtendWith(RunningServer.class)
class GrantsTest {

    private static final String ALL_SCOPES = "openid email profile roles orders:create orders:read orders:read_all "
            + "orders:process inventory:write registrations:approve reports:read prices:manage mails:manage";

    private final AuthorizationServer server;
    private final Visitor visitor;

    GrantsTest(AuthorizationServer server) {
        this.server = server;
        this.visitor = Visitor.of(server);
    }

    @ParameterizedTest
    @CsvSource({
        "customer, orders:create orders:read",
        "reader, orders:create orders:read",
        "staff, inventory:write orders:process orders:read orders:read_all",
        "admin, inventory:write orders:process orders:read orders:read_all prices:manage registrations:approve reports:read mails:manage"
    })
    void a_user_gets_the_requested_scopes_that_their_roles_allow(String user, String allowed) {
        JsonNode tokens = visitor.tokens(user, ALL_SCOPES);

        assertThat(claims(tokens.get("access_token").stringValue())
                        .getClaim("scope")
                        .toString()
                        .split(" "))
                .containsExactlyInAnyOrder((allowed + " openid email profile roles").split(" "));
        assertThat(tokens.get("scope").stringValue().split(" "))
                .containsExactlyInAnyOrder((allowed + " openid email profile roles").split(" "));
    }

    @Test
    void scopes_that_were_not_requested_are_not_granted() {
        assertThat(claims(visitor.tokens("admin", "orders:read")
                                .get("access_token")
                                .stringValue())
                        .getClaim("scope"))
                .isEqualTo("orders:read");
    }

    @Test
    void an_access_token_of_a_user_looks_as_identity_server_makes_them() throws Exception {
        SignedJWT token = SignedJWT.parse(visitor.tokens("customer", "openid orders:read")
                .get("access_token")
                .stringValue());
        JWTClaimsSet claims = token.getJWTClaimsSet();

        assertThat(token.getHeader().getType().getType()).isEqualTo("at+jwt");
        assertThat(token.getHeader().getAlgorithm().getName()).isEqualTo("RS256");
        assertThat(claims.getIssuer()).isEqualTo(server.issuer().toString());
        assertThat(claims.getAudience()).containsExactly("bookstore-web", "bookstore-api");
        assertThat(claims.getSubject()).isNotBlank().doesNotContain("customer");
        assertThat(claims.getStringClaim("email")).isEqualTo("customer@books.com");
        assertThat(claims.getStringListClaim("roles")).containsExactly("bookstore-customer");
        assertThat(claims.getStringClaim("client_id")).isEqualTo("bookstore-web");
        assertThat(claims.getStringClaim("azp")).isEqualTo("bookstore-web");
        assertThat(claims.getStringClaim("aut")).isEqualTo("APPLICATION_USER");
        assertThat(claims.getJWTID()).isNotBlank();
        assertThat(claims.getNotBeforeTime()).isEqualTo(claims.getIssueTime());
        assertThat(Duration.between(
                        claims.getIssueTime().toInstant(),
                        claims.getExpirationTime().toInstant()))
                .isEqualTo(Duration.ofMinutes(15));
    }

    @Test
    void tokens_are_signed_with_a_published_key_and_no_private_part_is_published() throws Exception {
        SignedJWT token = SignedJWT.parse(
                visitor.tokens("customer", "openid").get("access_token").stringValue());
        JWKSet published = JWKSet.parse(visitor.get("/oauth2/jwks").body());

        assertThat(published.getKeys()).noneMatch(key -> key.isPrivate());
        assertThat(published.getKeyByKeyId(token.getHeader().getKeyID())).isNotNull();
        assertThat(token.verify(new RSASSAVerifier(
                        published.getKeyByKeyId(token.getHeader().getKeyID()).toRSAKey())))
                .isTrue();
    }

    @Test
    void state_and_nonce_come_back_and_the_identity_token_is_for_the_client() throws Exception {
        HttpResponse<String> redirect = visitor.signIn("customer", with("scope", "openid profile email roles"));
        assertThat(redirect.headers().firstValue("Location").orElseThrow()).startsWith(Visitor.CALLBACK + "?");
        assertThat(answer(redirect)).containsEntry("state", "the state").containsKey("code");

        JWTClaimsSet identity = claims(json(visitor.redeem(answer(redirect).get("code"), Map.of()))
                .get("id_token")
                .stringValue());
        assertThat(identity.getStringClaim("nonce")).isEqualTo("the-nonce");
        assertThat(identity.getAudience()).containsExactly("bookstore-web");
        assertThat(identity.getClaims())
                .containsEntry("email", "customer@books.com")
                .containsEntry("given_name", "Carla")
                .containsEntry("username", "customer")
                .containsEntry("roles", List.of("bookstore-customer"));
    }

    @Test
    void a_second_request_of_a_signed_in_user_needs_no_password() {
        visitor.tokens("customer", "openid");

        assertThat(answer(visitor.authorize(Map.of()))).containsKey("code");
    }

    @Test
    void a_client_that_wants_no_page_is_told_that_nobody_is_signed_in() {
        assertThat(answer(visitor.authorize(with("prompt", "none"))))
                .containsEntry("error", "login_required")
                .containsEntry("state", "the state");
    }

    @Test
    void the_registration_client_gets_a_token_for_itself_and_no_refresh_token() throws Exception {
        HttpResponse<String> response = visitor.postAs(
                "bookstore-registration",
                server.clientSecret("bookstore-registration"),
                "/oauth2/token",
                with("grant_type", "client_credentials", "scope", "internal_user_mgt_create"));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(json(response).has("refresh_token")).isFalse();
        JWTClaimsSet claims = claims(json(response).get("access_token").stringValue());
        assertThat(claims.getStringClaim("scope")).isEqualTo("internal_user_mgt_create");
        assertThat(claims.getStringClaim("aut")).isEqualTo("APPLICATION");
        assertThat(claims.getAudience()).containsExactly("bookstore-registration");
        assertThat(claims.getClaims()).doesNotContainKeys("email", "roles");
    }

    @Test
    void the_client_that_hands_over_emails_gets_a_token_for_the_shop_and_no_other_does() throws Exception {
        JWTClaimsSet claims = claims(json(visitor.postAs(
                        "bookstore-emails",
                        server.clientSecret("bookstore-emails"),
                        "/oauth2/token",
                        with("grant_type", "client_credentials", "scope", "mails:submit")))
                .get("access_token")
                .stringValue());

        assertThat(claims.getStringClaim("scope")).isEqualTo("mails:submit");
        assertThat(claims.getStringClaim("aut")).isEqualTo("APPLICATION");
        assertThat(claims.getAudience()).containsExactly("bookstore-emails", "bookstore-api");
        assertThat(visitor.postAs(
                                "bookstore-registration",
                                server.clientSecret("bookstore-registration"),
                                "/oauth2/token",
                                with("grant_type", "client_credentials", "scope", "mails:submit"))
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void a_client_may_send_its_secret_in_the_form() {
        assertThat(visitor.post(
                                "/oauth2/token",
                                with(
                                        "grant_type",
                                        "client_credentials",
                                        "client_id",
                                        "bookstore-registration",
                                        "client_secret",
                                        server.clientSecret("bookstore-registration")))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void a_refresh_token_is_exchanged_for_new_tokens_of_the_same_user() {
        JsonNode first = visitor.tokens("staff", "openid orders:read inventory:write");
        JsonNode second = json(visitor.refresh(first.get("refresh_token").stringValue(), Map.of()));

        assertThat(second.get("refresh_token").stringValue())
                .isNotEqualTo(first.get("refresh_token").stringValue());
        JWTClaimsSet before = claims(first.get("access_token").stringValue());
        JWTClaimsSet after = claims(second.get("access_token").stringValue());
        assertThat(after.getSubject()).isEqualTo(before.getSubject());
        assertThat(after.getClaim("scope")).isEqualTo(before.getClaim("scope"));
        assertThat(after.getClaim("email")).isEqualTo("staff@books.com");
        assertThat(after.getJWTID()).isNotEqualTo(before.getJWTID());
        assertThat(visitor.refresh(second.get("refresh_token").stringValue(), Map.of())
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void a_refresh_may_ask_for_less() {
        JsonNode first = visitor.tokens("staff", "orders:read inventory:write");

        JsonNode second = json(visitor.refresh(first.get("refresh_token").stringValue(), with("scope", "orders:read")));

        assertThat(claims(second.get("access_token").stringValue()).getClaim("scope"))
                .isEqualTo("orders:read");
    }

    @Test
    void user_info_tells_what_the_scopes_cover() {
        String token =
                visitor.tokens("customer", "openid email").get("access_token").stringValue();

        JsonNode info = json(visitor.get("/oauth2/userinfo", token));

        assertThat(info.get("email").stringValue()).isEqualTo("customer@books.com");
        assertThat(info.get("sub").stringValue()).isEqualTo(claims(token).getSubject());
        assertThat(info.has("roles")).isFalse();
        assertThat(info.has("given_name")).isFalse();
    }

    @Test
    void introspection_describes_a_good_token_and_nothing_else() {
        String token = visitor.tokens("customer", "openid orders:read")
                .get("access_token")
                .stringValue();

        JsonNode good = introspect(token);
        assertThat(good.get("active").booleanValue()).isTrue();
        assertThat(good.get("scope").stringValue()).isEqualTo("openid orders:read");
        assertThat(good.get("client_id").stringValue()).isEqualTo("bookstore-web");

        assertThat(introspect(token + "x").toString()).isEqualTo("{\"active\":false}");
    }

    @Test
    void a_revoked_access_token_is_no_longer_active() {
        String token = visitor.tokens("customer", "openid").get("access_token").stringValue();

        assertThat(visitor.post("/oauth2/revoke", with("token", token, "client_id", "bookstore-web"))
                        .statusCode())
                .isEqualTo(200);

        assertThat(introspect(token).get("active").booleanValue()).isFalse();
        assertThat(visitor.get("/oauth2/userinfo", token).statusCode()).isEqualTo(401);
    }

    @Test
    void revoking_the_refresh_token_ends_the_access_token_too() {
        JsonNode tokens = visitor.tokens("customer", "openid");

        visitor.post(
                "/oauth2/revoke",
                with(
                        "token",
                        tokens.get("refresh_token").stringValue(),
                        "token_type_hint",
                        "refresh_token",
                        "client_id",
                        "bookstore-web"));

        HttpResponse<String> refresh =
                visitor.refresh(tokens.get("refresh_token").stringValue(), Map.of());
        assertThat(refresh.statusCode()).isEqualTo(400);
        assertThat(error(refresh)).isEqualTo("invalid_grant");
        assertThat(introspect(tokens.get("access_token").stringValue())
                        .get("active")
                        .booleanValue())
                .isFalse();
    }

    @Test
    void revoking_an_unknown_token_succeeds_as_the_specification_says() {
        assertThat(visitor.post("/oauth2/revoke", with("token", "unknown", "client_id", "bookstore-web"))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void logging_out_ends_the_browser_session_and_leads_back_to_the_client() {
        JsonNode tokens = json(visitor.redeem(
                visitor.code("customer", with("redirect_uri", RunningServer.STOREFRONT)),
                with("redirect_uri", RunningServer.STOREFRONT)));

        HttpResponse<String> loggedOut = visitor.get("/oidc/logout?"
                + Visitor.form(with(
                        "id_token_hint",
                        tokens.get("id_token").stringValue(),
                        "post_logout_redirect_uri",
                        RunningServer.STOREFRONT,
                        "state",
                        "bye")));

        assertThat(loggedOut.headers().firstValue("Location")).contains(RunningServer.STOREFRONT + "?state=bye");
        assertThat(visitor.authorize(Map.of()).headers().firstValue("Location").orElseThrow())
                .endsWith("/login");
    }

    @Test
    void the_discovery_document_names_addresses_that_answer() {
        JsonNode document = json(visitor.get("/oauth2/token/.well-known/openid-configuration"));
        String base = server.httpsAddress().toString();

        assertThat(document.get("issuer").stringValue()).isEqualTo(base + "/oauth2/token");
        assertThat(document.get("code_challenge_methods_supported").toString()).isEqualTo("[\"S256\"]");
        assertThat(document.get("grant_types_supported").toString()).doesNotContain("implicit", "password");
        assertThat(document.get("scopes_supported").toString())
                .contains("openid", "orders:create", "registrations:approve");
        for (String endpoint :
                List.of("authorization", "token", "userinfo", "end_session", "revocation", "introspection")) {
            String address = document.get(endpoint + "_endpoint").stringValue();
            assertThat(address).startsWith(base);
            assertThat(visitor.send(visitor.request(address.substring(base.length()))
                                    .header("Content-Type", "application/x-www-form-urlencoded")
                                    .POST(HttpRequest.BodyPublishers.noBody()))
                            .statusCode())
                    .as(endpoint)
                    .isIn(302, 400, 401);
        }
        assertThat(visitor.get(document.get("jwks_uri").stringValue().substring(base.length()))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void the_discovery_document_is_also_where_rfc_8414_and_identity_server_put_it() {
        String document =
                visitor.get("/oauth2/token/.well-known/openid-configuration").body();

        assertThat(visitor.get("/.well-known/oauth-authorization-server/oauth2/token")
                        .body())
                .isEqualTo(document);
        assertThat(visitor.get("/oauth2/oidcdiscovery/.well-known/openid-configuration")
                        .body())
                .isEqualTo(document);
    }

    @Test
    void scripts_of_the_web_client_may_fetch_tokens_and_others_may_not() {
        HttpResponse<String> own = preFlight(RunningServer.WEB_ORIGIN, "/oauth2/token");
        assertThat(own.statusCode()).isEqualTo(200);
        assertThat(own.headers().firstValue("Access-Control-Allow-Origin")).contains(RunningServer.WEB_ORIGIN);
        assertThat(own.headers().firstValue("Access-Control-Allow-Credentials")).isEmpty();

        assertThat(preFlight("https://evil.example", "/oauth2/token").statusCode())
                .isEqualTo(403);
        assertThat(preFlight(RunningServer.WEB_ORIGIN, "/oauth2/authorize").statusCode())
                .isEqualTo(405);
    }

    @Test
    void a_storefront_of_this_machine_signs_users_in_and_out_over_plain_http() {
        Visitor browser = Visitor.inTheClear(server);
        Map<String, String> callback = with("redirect_uri", RunningServer.LOCAL_ORIGIN + "/callback");

        JsonNode tokens = json(browser.redeem(browser.code("customer", callback), callback));
        JsonNode refreshed = json(browser.refresh(tokens.get("refresh_token").stringValue(), Map.of()));
        assertThat(claims(refreshed.get("access_token").stringValue()).getIssuer())
                .isEqualTo(server.issuer().toString());
        for (String path : List.of(
                "/oauth2/token",
                "/oauth2/revoke",
                "/oauth2/userinfo",
                "/oauth2/jwks",
                "/oauth2/token/.well-known/openid-configuration")) {
            assertThat(preFlight(RunningServer.LOCAL_ORIGIN, path).headers().firstValue("Access-Control-Allow-Origin"))
                    .as(path)
                    .contains(RunningServer.LOCAL_ORIGIN);
        }

        HttpResponse<String> loggedOut = browser.get("/oidc/logout?"
                + Visitor.form(with(
                        "id_token_hint",
                        refreshed.get("id_token").stringValue(),
                        "post_logout_redirect_uri",
                        RunningServer.LOCAL_ORIGIN + "/")));
        assertThat(loggedOut.headers().firstValue("Location")).contains(RunningServer.LOCAL_ORIGIN + "/");
        assertThat(answer(browser.authorize(
                        with("prompt", "none", "redirect_uri", RunningServer.LOCAL_ORIGIN + "/callback"))))
                .containsEntry("error", "login_required");
    }

    @Test
    void the_sign_out_address_of_another_site_is_refused() {
        JsonNode tokens = visitor.tokens("customer", "openid");

        assertThat(visitor.get("/oidc/logout?"
                                + Visitor.form(with(
                                        "id_token_hint",
                                        tokens.get("id_token").stringValue(),
                                        "post_logout_redirect_uri",
                                        "http://localhost:8081/")))
                        .statusCode())
                .isEqualTo(400);
    }

    private HttpResponse<String> preFlight(String origin, String path) {
        return visitor.send(visitor.request(path)
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                .header("Origin", origin)
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", "content-type"));
    }

    @Test
    void local_tools_may_use_plain_http_and_see_the_same_issuer() {
        JsonNode tokens = Visitor.inTheClear(server).tokens("customer", "openid orders:read");

        assertThat(claims(tokens.get("access_token").stringValue()).getIssuer())
                .isEqualTo(server.issuer().toString());
        assertThat(server.jwksUri().getScheme()).isEqualTo("http");
        assertThat(Visitor.inTheClear(server).get(server.jwksUri().getPath()).statusCode())
                .isEqualTo(200);
    }

    private JsonNode introspect(String token) {
        return json(visitor.postAs(
                "bookstore-registration",
                server.clientSecret("bookstore-registration"),
                "/oauth2/introspect",
                with("token", token)));
    }
}
