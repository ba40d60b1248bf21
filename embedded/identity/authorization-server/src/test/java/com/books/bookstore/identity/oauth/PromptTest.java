package com.books.bookstore.identity.oauth;

import static com.books.bookstore.identity.oauth.Visitor.answer;
import static com.books.bookstore.identity.oauth.Visitor.claims;
import static com.books.bookstore.identity.oauth.Visitor.with;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** OpenID Connect Core, section 3.1.2.1: what a client may ask of a sign-in; and RFC 9207. */
@Tag("slow")
@ExtendWith(RunningServer.class)
@Tag("attack")
class PromptTest {

    private final AuthorizationServer server;
    private final Visitor visitor;

    PromptTest(AuthorizationServer server) {
        this.server = server;
        this.visitor = Visitor.of(server);
    }

    private static boolean showsSignInPage(HttpResponse<String> response) {
        return response.headers().firstValue("Location").orElse("").endsWith("/login");
    }

    static Stream<Arguments> demands_for_a_fresh_sign_in() {
        return Stream.of(
                Arguments.of("prompt", "login"),
                Arguments.of("prompt", "select_account"),
                Arguments.of("prompt", "login consent"),
                Arguments.of("max_age", "0"),
                Arguments.of("max_age", "-1"),
                Arguments.of("max_age", "soon"));
    }

    @ParameterizedTest
    @MethodSource("demands_for_a_fresh_sign_in")
    void a_demand_for_a_fresh_sign_in_is_met_once(String name, String value) {
        visitor.code("customer", Map.of());

        assertThat(showsSignInPage(visitor.authorize(with(name, value)))).isTrue();
        HttpResponse<String> signedIn = visitor.submitLogin("customer", "customer");
        String next = signedIn.headers().firstValue("Location").orElseThrow();
        assertThat(answer(visitor.get(next.substring(next.indexOf("/oauth2"))))).containsKey("code");
        assertThat(showsSignInPage(visitor.authorize(with(name, value))))
                .as("the same address again asks again")
                .isTrue();
    }

    @Test
    void a_first_sign_in_meets_the_demand() {
        assertThat(answer(visitor.signIn("customer", with("prompt", "login")))).containsKey("code");
    }

    @Test
    void a_session_that_is_young_enough_is_used() {
        visitor.code("customer", Map.of());

        assertThat(answer(visitor.authorize(with("max_age", "600")))).containsKey("code");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "x"})
    void without_a_page_an_old_session_is_login_required(String maxAge) {
        visitor.code("customer", Map.of());

        assertThat(answer(visitor.authorize(with("prompt", "none", "max_age", maxAge))))
                .containsEntry("error", "login_required");
    }

    private String idToken(String user) {
        JsonNode tokens = Visitor.of(server).tokens(user, "openid");
        return tokens.get("id_token").stringValue();
    }

    @Test
    void the_hint_of_the_signed_in_user_is_taken() {
        visitor.code("customer", Map.of());

        assertThat(answer(visitor.authorize(with("id_token_hint", idToken("customer")))))
                .containsKey("code");
    }

    @ParameterizedTest
    @ValueSource(strings = {"id_token", "access_token"})
    void the_hint_of_another_user_or_another_kind_of_token_is_login_required(String kind) {
        visitor.code("customer", Map.of());
        String hint = Visitor.of(server)
                .tokens(kind.equals("id_token") ? "reader" : "customer", "openid")
                .get(kind)
                .stringValue();

        assertThat(answer(visitor.authorize(with("id_token_hint", hint))))
                .containsEntry("error", "login_required")
                .containsEntry("state", "the state")
                .doesNotContainKey("code");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0."})
    void a_hint_that_is_no_id_token_is_login_required(String hint) {
        visitor.code("customer", Map.of());

        assertThat(answer(visitor.authorize(with("id_token_hint", hint)))).containsEntry("error", "login_required");
    }

    @Test
    void unknown_scopes_are_ignored_and_offline_access_is_understood() {
        JsonNode tokens = visitor.tokens("customer", "openid offline_access orders:read internal_login no:such/scope");

        assertThat(tokens.get("scope").stringValue().split(" "))
                .containsExactlyInAnyOrder("openid", "offline_access", "orders:read");
        assertThat(tokens.has("refresh_token")).isTrue();
    }

    @Test
    void every_answer_names_the_issuer() {
        assertThat(answer(visitor.signIn("customer", Map.of())))
                .containsEntry("iss", server.issuer().toString());
        assertThat(answer(Visitor.of(server).authorize(with("prompt", "none"))))
                .containsEntry("error", "login_required")
                .containsEntry("iss", server.issuer().toString());
        assertThat(visitor.get("/oauth2/token/.well-known/openid-configuration").body())
                .contains("\"authorization_response_iss_parameter_supported\":true");
    }

    @Test
    void tokens_say_when_the_password_was_checked() {
        JsonNode tokens = visitor.tokens("customer", "openid");

        for (String kind : new String[] {"access_token", "id_token"}) {
            var claims = claims(tokens.get(kind).stringValue());
            assertThat((Long) claims.getClaim("auth_time"))
                    .as(kind)
                    .isBetween(
                            claims.getIssueTime().getTime() / 1000 - 60,
                            claims.getIssueTime().getTime() / 1000);
        }
    }
}
