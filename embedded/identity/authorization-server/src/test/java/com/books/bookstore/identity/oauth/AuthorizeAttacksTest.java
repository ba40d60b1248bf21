package com.books.bookstore.identity.oauth;

import static com.books.bookstore.identity.oauth.Visitor.answer;
import static com.books.bookstore.identity.oauth.Visitor.error;
import static com.books.bookstore.identity.oauth.Visitor.form;
import static com.books.bookstore.identity.oauth.Visitor.with;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests to authorize that a server of OAuth 2.1 has to refuse. */
@Tag("slow")
@ExtendWith(RunningServer.class)
@Tag("attack")
class AuthorizeAttacksTest {

    private final AuthorizationServer server;
    private final Visitor visitor;

    AuthorizeAttacksTest(AuthorizationServer server) {
        this.server = server;
        this.visitor = Visitor.of(server);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example/callback",
                "http://127.0.0.1:41234/callback/../stolen",
                "http://127.0.0.1:41234/callback?next=https://evil.example",
                "http://127.0.0.1:41234/callback#fragment",
                "http://127.0.0.1:41234/CALLBACK",
                "http://127.0.0.1:41234/callback/",
                "http://127.0.0.1:41234@evil.example/callback",
                "http://127.0.0.1.evil.example/callback",
                "http://localhost:41234/callback",
                "https://127.0.0.1:41234/callback",
                "https://shop.books.example.evil.example/signed-in",
                "https://shop.books.example:444/signed-in",
                "https://shop.books.example/signed-in/",
                "https://SHOP.books.example/signed-in",
                "http://shop.books.example/signed-in",
                "//evil.example/callback",
                "javascript:alert(1)",
                "data:text/html,stolen",
                "",
                "not a uri"
            })
    void nobody_is_sent_to_an_address_that_is_not_registered(String redirectUri) {
        HttpResponse<String> response = visitor.authorize(with("redirect_uri", redirectUri));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(error(response)).isEqualTo("invalid_request");
        assertThat(response.headers().firstValue("Location")).isEmpty();
    }

    @Test
    void a_redirect_uri_is_required() {
        assertThat(visitor.authorize(with("redirect_uri", null)).statusCode()).isEqualTo(400);
    }

    @Test
    void two_redirect_uris_are_refused() {
        HttpResponse<String> response = visitor.get("/oauth2/authorize?" + form(Visitor.authorizationRequest(Map.of()))
                + "&redirect_uri=https%3A%2F%2Fevil.example%2F");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.headers().firstValue("Location")).isEmpty();
    }

    @Test
    void an_unknown_client_is_refused_without_a_redirect() {
        HttpResponse<String> response = visitor.authorize(with("client_id", "nobody"));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.headers().firstValue("Location")).isEmpty();
    }

    @Test
    void the_registration_client_cannot_sign_users_in() {
        assertThat(visitor.authorize(with("client_id", "bookstore-registration"))
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void a_request_without_pkce_is_refused() {
        HttpResponse<String> response = visitor.authorize(with("code_challenge", null, "code_challenge_method", null));

        assertThat(response.statusCode()).isEqualTo(302);
        assertThat(answer(response))
                .containsEntry("error", "invalid_request")
                .containsEntry("state", "the state")
                .doesNotContainKey("code");
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "s256", "S512", "none"})
    void another_challenge_method_than_s256_is_refused(String method) {
        assertThat(answer(visitor.authorize(with("code_challenge", Visitor.VERIFIER, "code_challenge_method", method))))
                .containsEntry("error", "invalid_request")
                .doesNotContainKey("code");
    }

    @Test
    void a_challenge_without_method_means_plain_and_is_refused() {
        assertThat(answer(visitor.authorize(with("code_challenge_method", null))))
                .containsEntry("error", "invalid_request")
                .doesNotContainKey("code");
    }

    @ParameterizedTest
    @ValueSource(strings = {"token", "id_token", "code token", "code id_token", "none", ""})
    void implicit_and_hybrid_flows_do_not_exist(String responseType) {
        HttpResponse<String> response = visitor.authorize(with("response_type", responseType));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.headers().firstValue("Location")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"internal_user_mgt_create", "orders:read internal_approval_task_view", "ORDERS:READ", "*"})
    void a_scope_that_the_client_may_not_ask_for_is_not_granted(String scope) {
        String granted = visitor.tokens("customer", scope).path("scope").asString("");

        assertThat(granted).isIn("", "orders:read");
    }

    @Test
    void a_pushed_request_that_was_never_pushed_is_refused() {
        assertThat(visitor.authorize(with("request_uri", "urn:ietf:params:oauth:request_uri:guess"))
                        .statusCode())
                .isIn(302, 400);
    }

    @Test
    void an_oversized_request_is_refused() {
        assertThat(visitor.authorize(with("state", "x".repeat(9_000))).statusCode())
                .isEqualTo(414);
    }

    @Test
    void an_oversized_form_is_refused_whether_or_not_it_says_so() {
        Map<String, String> request = Visitor.authorizationRequest(with("state", "x".repeat(20_000)));

        assertThat(visitor.post("/oauth2/authorize", request).statusCode()).isEqualTo(413);
        HttpResponse<String> chunked = visitor.send(visitor.request("/oauth2/authorize")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofInputStream(
                        () -> new ByteArrayInputStream(form(request).getBytes(StandardCharsets.US_ASCII)))));
        assertThat(chunked.statusCode()).isIn(400, 413);
        assertThat(chunked.body()).doesNotContain("Exception");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/oauth2/authorize;x=y",
                "/oauth2//authorize",
                "/oauth2/%61uthorize%2f",
                "/oauth2/./authorize",
                "/oauth2/authorize/",
                "/oauth2/device_authorization",
                "/oauth2/par",
                "/oauth2/register",
                "/connect/register",
                "/.well-known/openid-configuration",
                "/actuator",
                "/h2-console",
                "/%2e%2e/signing-keys.json",
                "/error"
            })
    void only_the_listed_paths_exist(String path) {
        assertThat(visitor.get(path).statusCode()).isIn(400, 404);
    }

    @Test
    void a_host_name_that_is_not_the_servers_is_refused() throws Exception {
        String answer = RawHttp.send(
                server.httpAddress().orElseThrow(),
                "GET /login HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 421");
    }

    @Test
    void a_sign_in_form_without_its_token_is_refused() {
        assertThat(visitor.post("/login", with("username", "customer", "password", "customer"))
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void a_code_goes_to_the_address_of_its_own_request_only() {
        String code = visitor.code("customer", Map.of());

        assertThat(error(visitor.redeem(code, with("redirect_uri", RunningServer.STOREFRONT))))
                .isEqualTo("invalid_grant");
    }
}
