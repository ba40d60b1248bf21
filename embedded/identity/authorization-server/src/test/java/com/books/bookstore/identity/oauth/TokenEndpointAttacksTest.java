package com.books.bookstore.identity.oauth;

import static com.books.bookstore.identity.oauth.Visitor.claims;
import static com.books.bookstore.identity.oauth.Visitor.error;
import static com.books.bookstore.identity.oauth.Visitor.json;
import static com.books.bookstore.identity.oauth.Visitor.with;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Requests to the token, revocation and introspection endpoints that have to be refused, each with the right status. */
@Tag("slow")
@ExtendWith(RunningServer.class)
@Tag("attack")
class TokenEndpointAttacksTest {

    private static final String REGISTRATION = "bookstore-registration";

    private final AuthorizationServer server;
    private final Visitor visitor;

    TokenEndpointAttacksTest(AuthorizationServer server) {
        this.server = server;
        this.visitor = Visitor.of(server);
    }

    private static void assertRefused(HttpResponse<String> response, int status, String error) {
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(error(response)).isEqualTo(error);
        assertThat(response.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/json");
        assertThat(response.headers().firstValue("Cache-Control").orElseThrow()).contains("no-store");
        assertThat(response.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(response.headers().map()).doesNotContainKeys("server", "x-powered-by");
        assertThat(response.body()).doesNotContain("access_token", "Exception", "\tat ");
    }

    // Codes

    @Test
    void a_wrong_code_verifier() {
        assertRefused(
                visitor.redeem(visitor.code("customer", Map.of()), with("code_verifier", "x".repeat(50))),
                400,
                "invalid_grant");
    }

    @Test
    void the_challenge_itself_as_the_verifier() {
        assertRefused(
                visitor.redeem(
                        visitor.code("customer", Map.of()), with("code_verifier", Visitor.challenge(Visitor.VERIFIER))),
                400,
                "invalid_grant");
    }

    @Test
    void no_code_verifier() {
        assertRefused(
                visitor.redeem(visitor.code("customer", Map.of()), with("code_verifier", null)), 401, "invalid_client");
    }

    @Test
    void an_empty_code_verifier() {
        assertThat(visitor.redeem(visitor.code("customer", Map.of()), with("code_verifier", ""))
                        .statusCode())
                .isIn(400, 401);
    }

    @Test
    void a_code_that_was_never_issued() {
        assertRefused(visitor.redeem("guess", Map.of()), 400, "invalid_grant");
    }

    @Test
    void a_code_without_its_redirect_uri() {
        assertRefused(
                visitor.redeem(visitor.code("customer", Map.of()), with("redirect_uri", null)), 400, "invalid_grant");
    }

    @Test
    void a_code_that_another_client_stole() {
        String code = visitor.code("customer", Map.of());

        HttpResponse<String> theft = visitor.postAs(
                REGISTRATION,
                server.clientSecret(REGISTRATION),
                "/oauth2/token",
                with(
                        "grant_type",
                        "authorization_code",
                        "code",
                        code,
                        "redirect_uri",
                        Visitor.CALLBACK,
                        "code_verifier",
                        Visitor.VERIFIER));

        assertRefused(theft, 400, "invalid_grant");
        assertRefused(visitor.redeem(code, Map.of()), 400, "invalid_grant");
    }

    @Test
    void a_code_that_is_redeemed_twice_ends_what_it_had_yielded() {
        String code = visitor.code("customer", Map.of());
        JsonNode tokens = json(visitor.redeem(code, Map.of()));

        assertRefused(visitor.redeem(code, Map.of()), 400, "invalid_grant");

        assertThat(isActive(tokens.get("access_token").stringValue())).isFalse();
        assertRefused(visitor.refresh(tokens.get("refresh_token").stringValue(), Map.of()), 400, "invalid_grant");
    }

    @Test
    void a_code_that_many_redeem_at_once_yields_tokens_once_at_most() throws Exception {
        String code = visitor.code("customer", Map.of());

        List<HttpResponse<String>> responses = atOnce(() -> Visitor.of(server).redeem(code, Map.of()));

        assertThat(responses.stream()
                        .filter(response -> response.statusCode() == 200)
                        .count())
                .isEqualTo(1);
        assertThat(responses).allMatch(response -> response.statusCode() == 200 || response.statusCode() == 400);
    }

    // Refresh tokens

    @Test
    void a_refresh_token_that_comes_back_ends_the_whole_sign_in() {
        JsonNode first = visitor.tokens("customer", "openid orders:read");
        JsonNode second = json(visitor.refresh(first.get("refresh_token").stringValue(), Map.of()));

        assertRefused(visitor.refresh(first.get("refresh_token").stringValue(), Map.of()), 400, "invalid_grant");

        assertRefused(visitor.refresh(second.get("refresh_token").stringValue(), Map.of()), 400, "invalid_grant");
        assertThat(isActive(second.get("access_token").stringValue())).isFalse();
    }

    @Test
    void a_refresh_token_that_many_exchange_at_once_yields_tokens_once_at_most() throws Exception {
        String refreshToken =
                visitor.tokens("customer", "openid").get("refresh_token").stringValue();

        List<HttpResponse<String>> responses = atOnce(() -> Visitor.of(server).refresh(refreshToken, Map.of()));

        assertThat(responses.stream()
                        .filter(response -> response.statusCode() == 200)
                        .count())
                .isEqualTo(1);
        assertThat(responses).allMatch(response -> response.statusCode() == 200 || response.statusCode() == 400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "orders:read orders:create",
                "inventory:write",
                "registrations:approve",
                "internal_user_mgt_create"
            })
    void a_refresh_that_asks_for_more(String scope) {
        String refreshToken = visitor.tokens("customer", "openid orders:read")
                .get("refresh_token")
                .stringValue();

        assertRefused(visitor.refresh(refreshToken, with("scope", scope)), 400, "invalid_scope");
    }

    @Test
    void a_refresh_that_asks_for_a_scope_which_the_role_never_allowed() {
        JsonNode tokens = visitor.tokens("customer", "openid orders:read inventory:write");
        assertThat(claims(tokens.get("access_token").stringValue()).getClaim("scope"))
                .isEqualTo("openid orders:read");

        assertRefused(
                visitor.refresh(tokens.get("refresh_token").stringValue(), with("scope", "inventory:write")),
                400,
                "invalid_scope");
    }

    @Test
    void a_refresh_token_that_another_client_stole() {
        String refreshToken =
                visitor.tokens("customer", "openid").get("refresh_token").stringValue();

        assertRefused(
                visitor.postAs(
                        REGISTRATION,
                        server.clientSecret(REGISTRATION),
                        "/oauth2/token",
                        with("grant_type", "refresh_token", "refresh_token", refreshToken)),
                400,
                "invalid_grant");
    }

    @Test
    void a_refresh_token_without_a_client() {
        String refreshToken =
                visitor.tokens("customer", "openid").get("refresh_token").stringValue();

        assertRefused(visitor.refresh(refreshToken, with("client_id", null)), 401, "invalid_client");
        assertRefused(visitor.refresh(refreshToken, with("client_id", "nobody")), 401, "invalid_client");
    }

    @Test
    void a_confidential_client_that_poses_as_a_public_one() {
        assertRefused(visitor.refresh("whatever", with("client_id", REGISTRATION)), 401, "invalid_client");
        assertRefused(
                visitor.post("/oauth2/token", with("grant_type", "client_credentials", "client_id", REGISTRATION)),
                401,
                "invalid_client");
    }

    @Test
    void an_access_token_as_a_refresh_token() {
        String accessToken =
                visitor.tokens("customer", "openid").get("access_token").stringValue();

        assertRefused(visitor.refresh(accessToken, Map.of()), 400, "invalid_grant");
    }

    // Clients and grants

    @Test
    void a_public_client_without_a_grant() {
        assertRefused(visitor.post("/oauth2/token", with("client_id", "bookstore-web")), 400, "invalid_request");
        assertRefused(
                visitor.post("/oauth2/token", with("client_id", "bookstore-web", "grant_type", "")),
                400,
                "invalid_request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"password", "implicit", "urn:ietf:params:oauth:grant-type:jwt-bearer", "x"})
    void a_public_client_with_an_unknown_grant(String grant) {
        assertRefused(
                visitor.post("/oauth2/token", with("client_id", "bookstore-web", "grant_type", grant)),
                400,
                "unsupported_grant_type");
    }

    @ParameterizedTest
    @ValueSource(strings = {"code", "code_verifier", "grant_type", "client_id", "redirect_uri", "anything"})
    void a_parameter_twice(String name) {
        String code = visitor.code("customer", Map.of());
        String request = Visitor.form(with(
                "grant_type",
                "authorization_code",
                "client_id",
                "bookstore-web",
                "redirect_uri",
                Visitor.CALLBACK,
                "code",
                code,
                "code_verifier",
                Visitor.VERIFIER));

        assertRefused(
                visitor.postBody("/oauth2/token", request + "&" + name + "=x&" + name + "=x"), 400, "invalid_request");
        assertRefused(
                visitor.postBody("/oauth2/token?" + name + "=x", request + "&" + name + "=x"), 400, "invalid_request");
    }

    @Test
    void a_wrong_secret() {
        HttpResponse<String> response =
                visitor.postAs(REGISTRATION, "guess", "/oauth2/token", with("grant_type", "client_credentials"));

        assertRefused(response, 401, "invalid_client");
        assertThat(response.headers().firstValue("WWW-Authenticate")).contains("Basic realm=\"books.com\"");
    }

    @Test
    void an_unknown_client_and_an_empty_secret() {
        assertRefused(
                visitor.postAs("nobody", "guess", "/oauth2/token", with("grant_type", "client_credentials")),
                401,
                "invalid_client");
        assertThat(visitor.postAs(REGISTRATION, "", "/oauth2/token", with("grant_type", "client_credentials"))
                        .statusCode())
                .isIn(400, 401);
    }

    @Test
    void no_client_at_all() {
        assertRefused(visitor.post("/oauth2/token", with("grant_type", "client_credentials")), 401, "invalid_client");
    }

    @Test
    void the_public_client_has_no_credentials_of_its_own() {
        assertRefused(
                visitor.post("/oauth2/token", with("grant_type", "client_credentials", "client_id", "bookstore-web")),
                400,
                "unauthorized_client");
        assertRefused(
                visitor.postAs("bookstore-web", "", "/oauth2/token", with("grant_type", "client_credentials")),
                400,
                "invalid_request");
        assertRefused(
                visitor.postAs("bookstore-web", "x", "/oauth2/token", with("grant_type", "client_credentials")),
                401,
                "invalid_client");
    }

    @ParameterizedTest
    @ValueSource(strings = {"password", "implicit", "unknown", "urn:ietf:params:oauth:grant-type:device_code", ""})
    void a_grant_that_is_not_offered(String grantType) {
        HttpResponse<String> response = visitor.postAs(
                REGISTRATION,
                server.clientSecret(REGISTRATION),
                "/oauth2/token",
                with("grant_type", grantType, "username", "admin", "password", "admin", "scope", "orders:read"));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(error(response)).isIn("unsupported_grant_type", "invalid_request");
    }

    @Test
    void a_client_that_asks_for_a_scope_it_was_not_given() {
        for (String scope :
                List.of("orders:read_all", "internal_user_mgt_create internal_approval_task_view", "openid")) {
            assertRefused(
                    visitor.postAs(
                            REGISTRATION,
                            server.clientSecret(REGISTRATION),
                            "/oauth2/token",
                            with("grant_type", "client_credentials", "scope", scope)),
                    400,
                    "invalid_scope");
        }
    }

    @Test
    void an_unsigned_client_assertion() {
        String header = "eyJhbGciOiJub25lIn0";
        String payload = "eyJpc3MiOiJib29rc3RvcmUtcmVnaXN0cmF0aW9uIiwic3ViIjoiYm9va3N0b3JlLXJlZ2lzdHJhdGlvbiJ9";

        assertRefused(
                visitor.post(
                        "/oauth2/token",
                        with(
                                "grant_type",
                                "client_credentials",
                                "client_id",
                                REGISTRATION,
                                "client_assertion_type",
                                "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
                                "client_assertion",
                                header + "." + payload + ".")),
                401,
                "invalid_client");
    }

    // The form of requests

    @Test
    void a_parameter_that_is_there_twice() {
        String body = "grant_type=client_credentials&scope=internal_user_mgt_create&scope=orders%3Aread_all";
        HttpResponse<String> response = visitor.send(visitor.request("/oauth2/token")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Authorization", Visitor.basic(REGISTRATION, server.clientSecret(REGISTRATION)))
                .POST(HttpRequest.BodyPublishers.ofString(body)));

        assertRefused(response, 400, "invalid_request");
    }

    @Test
    void credentials_in_the_address() {
        assertRefused(
                visitor.post(
                        "/oauth2/token?"
                                + Visitor.form(with(
                                        "client_id",
                                        REGISTRATION,
                                        "client_secret",
                                        server.clientSecret(REGISTRATION),
                                        "grant_type",
                                        "client_credentials")),
                        Map.of()),
                401,
                "invalid_client");
    }

    @Test
    void a_token_request_by_get() {
        HttpResponse<String> response = visitor.get("/oauth2/token?grant_type=client_credentials");

        assertRefused(response, 405, "invalid_request");
        assertThat(response.headers().firstValue("Allow")).contains("POST");
    }

    @Test
    void a_json_body() {
        assertRefused(
                visitor.send(visitor.request("/oauth2/token")
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString("{\"grant_type\":\"client_credentials\"}"))),
                400,
                "invalid_request");
    }

    @Test
    void an_oversized_body() {
        assertRefused(visitor.post("/oauth2/token", with("grant_type", "x".repeat(20_000))), 413, "invalid_request");
    }

    @Test
    void malformed_basic_credentials() {
        for (String credentials : List.of("Basic !!!", "Basic", "Basic Zm9v", "Basic Ojo6", "Basic JSU6JSU=")) {
            HttpResponse<String> response = visitor.send(visitor.request("/oauth2/token")
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .header("Authorization", credentials)
                    .POST(HttpRequest.BodyPublishers.ofString("grant_type=client_credentials")));
            assertThat(response.statusCode()).as(credentials).isIn(400, 401);
        }
    }

    // Other endpoints

    @Test
    void introspection_without_a_confidential_client() {
        assertRefused(visitor.post("/oauth2/introspect", with("token", "x")), 401, "invalid_client");
        assertRefused(
                visitor.post("/oauth2/introspect", with("token", "x", "client_id", "bookstore-web")),
                401,
                "invalid_client");
    }

    @Test
    void revocation_of_a_token_of_another_client() {
        String token = visitor.tokens("customer", "openid").get("access_token").stringValue();

        HttpResponse<String> response =
                visitor.postAs(REGISTRATION, server.clientSecret(REGISTRATION), "/oauth2/revoke", with("token", token));

        assertThat(response.statusCode()).isIn(400, 401);
        assertThat(isActive(token)).isTrue();
    }

    @Test
    void logging_someone_out_with_a_forged_identity_token() {
        assertThat(visitor.get("/oidc/logout?id_token_hint=eyJhbGciOiJub25lIn0.e30.")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void logging_out_to_an_address_that_is_not_registered() {
        String idToken = visitor.tokens("customer", "openid").get("id_token").stringValue();

        HttpResponse<String> response = visitor.get("/oidc/logout?"
                + Visitor.form(with(
                        "id_token_hint",
                        idToken,
                        "client_id",
                        "bookstore-web",
                        "post_logout_redirect_uri",
                        "https://evil.example/")));

        assertThat(response.statusCode()).isEqualTo(400);
    }

    private boolean isActive(String token) {
        return json(visitor.postAs(
                        REGISTRATION, server.clientSecret(REGISTRATION), "/oauth2/introspect", with("token", token)))
                .get("active")
                .booleanValue();
    }

    private static <T> List<T> atOnce(Callable<T> request) throws Exception {
        int many = 6;
        ExecutorService threads = Executors.newFixedThreadPool(many);
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> result :
                    threads.invokeAll(Stream.generate(() -> request).limit(many).toList())) {
                results.add(result.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }
}
