package com.books.bookstore.identity.oauth;

import static com.books.bookstore.identity.oauth.Visitor.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.books.bookstore.identity.oauth.users.DirectoryUser;
import com.books.bookstore.identity.oauth.users.InMemoryUserDirectory;
import com.books.bookstore.identity.oauth.users.UserDirectory;
import com.books.bookstore.identity.oauth.users.UserDirectoryUnavailableException;
import com.books.bookstore.identity.throttle.SignInThrottle;
import com.books.bookstore.signin.SignInClient;
import com.books.bookstore.signin.SignInException;
import com.books.bookstore.signin.TokenSet;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.threeten.extra.MutableClock;

@Tag("slow")
class SignInPageTest {

    private static final String SHOP = "https://shop.example";
    private static final AtomicBoolean DIRECTORY_IS_AWAY = new AtomicBoolean();
    private static MutableClock clock;

    private static AuthorizationServer server;

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        clock = MutableClock.of(Instant.now(), ZoneOffset.UTC);
        server = AuthorizationServer.start(
                RunningServer.settings(directory)
                        .webRedirectUri(RunningServer.STOREFRONT)
                        .webOrigin(SHOP)
                        .users(new SwitchedDirectory())
                        .build(),
                clock);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** Until the server has forgotten the refused passwords of the test before. */
    @BeforeEach
    void wait_until_forgotten() {
        clock.add(SignInThrottle.MEMORY.plusSeconds(1));
        DIRECTORY_IS_AWAY.set(false);
    }

    /** The demo users, at times out of reach. */
    private static class SwitchedDirectory implements UserDirectory {

        private final UserDirectory demoUsers = InMemoryUserDirectory.withDemoUsers();

        @Override
        public Optional<DirectoryUser> authenticate(String userName, String password) {
            requireReachable();
            return demoUsers.authenticate(userName, password);
        }

        @Override
        public Optional<DirectoryUser> find(String id) {
            requireReachable();
            return demoUsers.find(id);
        }

        private void requireReachable() {
            if (DIRECTORY_IS_AWAY.get()) {
                throw new UserDirectoryUnavailableException("The user store cannot be reached");
            }
        }
    }

    @Test
    void the_page_is_usable_without_scripts_and_by_screen_readers() {
        HttpResponse<String> page = Visitor.of(server).get("/login");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body())
                .contains(
                        "<html lang=\"en\">",
                        "<label for=\"username\">",
                        "<label for=\"password\">",
                        "autocomplete=\"current-password\"",
                        "<h1>",
                        "<main>")
                .doesNotContain("<script", "style=", "{{");
        assertThat(Visitor.of(server)
                        .get("/login.css")
                        .headers()
                        .firstValue("Content-Type")
                        .orElseThrow())
                .startsWith("text/css");
    }

    @Test
    void the_page_asks_for_the_email_address_and_leads_back_to_the_shop_that_sent_the_visitor() {
        Visitor visitor = Visitor.of(server);
        visitor.authorize(with("redirect_uri", SHOP + "/callback"));

        assertThat(visitor.get("/login").body())
                .contains(
                        "<label for=\"username\">Email address</label>",
                        "<a href=\"" + SHOP + "/\">",
                        "<a href=\"" + SHOP + "/register\">");
        assertThat(visitor.submitLogin("customer", "wrong").body())
                .contains("The email address or password is wrong.", "<a href=\"" + SHOP + "/register\">");
    }

    @Test
    void the_page_is_in_the_language_of_the_browser() {
        Visitor visitor = Visitor.of(server);

        assertThat(visitor.send(visitor.request("/login").header("Accept-Language", "fr, de-AT;q=0.8, en;q=0.5"))
                        .body())
                .contains("<html lang=\"de\">", "<h1>Anmelden</h1>", "<label for=\"password\">Passwort</label>");
        for (String other : new String[] {"fr", "en-GB, de;q=0.5", "*", "??"}) {
            assertThat(visitor.send(visitor.request("/login").header("Accept-Language", other))
                            .body())
                    .as(other)
                    .contains("<html lang=\"en\">", "<h1>Sign in</h1>");
        }
    }

    @Test
    void the_language_that_the_shop_asks_for_comes_first_and_stays() {
        Visitor visitor = Visitor.of(server);
        visitor.authorize(with("redirect_uri", SHOP + "/callback", "ui_locales", "fr de"));

        assertThat(visitor.send(visitor.request("/login").header("Accept-Language", "en"))
                        .body())
                .contains("<h1>Anmelden</h1>");
        assertThat(visitor.submitLogin("customer", "wrong").body())
                .contains("Die E-Mail-Adresse oder das Passwort ist falsch.");
        assertThat(visitor.get("/login").body()).contains("<h1>Anmelden</h1>");
    }

    @Test
    void who_did_not_come_from_a_shop_gets_no_links() {
        Visitor visitor = Visitor.of(server);
        assertThat(visitor.get("/login").body()).doesNotContain("<a ");

        visitor.authorize(Map.of());

        assertThat(visitor.get("/login").body()).doesNotContain("<a ");
    }

    @Test
    void typing_begins_where_something_is_missing() {
        assertThat(Visitor.of(server).get("/login").body())
                .containsPattern("id=\"username\"[^>]* autofocus")
                .doesNotContainPattern("id=\"password\"[^>]* autofocus");
        assertThat(Visitor.of(server).submitLogin("customer", "wrong").body())
                .containsPattern("id=\"password\"[^>]* autofocus")
                .doesNotContainPattern("id=\"username\"[^>]* autofocus");
    }

    @Test
    void every_answer_carries_headers_that_protect_it() {
        Visitor visitor = Visitor.of(server);
        for (String path : new String[] {"/login", "/oauth2/jwks", "/oauth2/token", "/nowhere", "/oauth2/authorize"}) {
            Map<String, String> headers = new HashMap<>();
            visitor.get(path)
                    .headers()
                    .map()
                    .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
            assertThat(headers)
                    .as(path)
                    .containsEntry("x-content-type-options", "nosniff")
                    .doesNotContainKeys("server", "x-powered-by", "strict-transport-security");
            assertThat(headers.get("cache-control")).as(path).contains("no-store");
        }
        assertThat(visitor.get("/login").headers().map())
                .containsKeys("content-security-policy", "x-frame-options", "referrer-policy");
        assertThat(visitor.get("/login")
                        .headers()
                        .firstValue("content-security-policy")
                        .orElseThrow())
                .contains(
                        "default-src 'none'",
                        "frame-ancestors 'none'",
                        "form-action 'self' http://127.0.0.1:* https://shop.books.example");
    }

    @Test
    void the_session_cookie_is_kept_from_scripts_and_from_plain_http() {
        String cookie = Visitor.of(server)
                .get("/login")
                .headers()
                .firstValue("Set-Cookie")
                .orElseThrow();

        assertThat(cookie).contains("HttpOnly", "Secure", "SameSite=Lax");
    }

    @Test
    void the_session_id_changes_when_the_user_signs_in() {
        Visitor visitor = Visitor.of(server);
        String before =
                visitor.authorize(Map.of()).headers().firstValue("Set-Cookie").orElseThrow();

        String after = visitor.submitLogin("customer", "customer")
                .headers()
                .firstValue("Set-Cookie")
                .orElseThrow();

        assertThat(after.split(";")[0]).isNotEqualTo(before.split(";")[0]);
    }

    @Test
    void an_unknown_user_and_a_wrong_password_get_the_same_answer() {
        HttpResponse<String> wrongPassword = Visitor.of(server).submitLogin("customer", "wrong");
        HttpResponse<String> unknownUser = Visitor.of(server).submitLogin("custoner", "wrong");

        assertThat(wrongPassword.statusCode()).isEqualTo(401);
        assertThat(unknownUser.statusCode()).isEqualTo(401);
        assertThat(withoutVariables(unknownUser.body()).replace("custoner", "customer"))
                .isEqualTo(withoutVariables(wrongPassword.body()));
        assertThat(unknownUser.body())
                .contains("role=\"alert\"", "aria-invalid=\"true\"")
                .doesNotContain("wrong\"");
    }

    private static String withoutVariables(String page) {
        return page.replaceAll("name=\"_csrf\" value=\"[^\"]+\"", "");
    }

    @Test
    void what_was_typed_comes_back_as_text_only() {
        String page = Visitor.of(server)
                .submitLogin("\"><script>alert(1)</script>{{csrfToken}}", "x")
                .body();

        assertThat(page).doesNotContain("<script").contains("&lt;script&gt;");
    }

    @Test
    void after_five_failures_a_user_name_has_to_wait_whether_it_exists_or_not() {
        for (String userName : new String[] {"customer", "nobody"}) {
            for (int i = 0; i < SignInThrottle.FREE_ATTEMPTS; i++) {
                assertThat(Visitor.of(server).submitLogin(userName, "wrong").statusCode())
                        .isEqualTo(401);
            }
            HttpResponse<String> throttled = Visitor.of(server).submitLogin(userName, "customer");
            assertThat(throttled.statusCode()).isEqualTo(429);
            assertThat(throttled.headers().firstValueAsLong("Retry-After").orElseThrow())
                    .isBetween(1L, 61L);
        }
        assertThat(Visitor.of(server).submitLogin("staff", "staff").statusCode())
                .isEqualTo(302);
        assertThatExceptionOfType(SignInException.class)
                .isThrownBy(() -> RunningServer.client(server).signIn("customer", "customer"))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(SignInException.Reason.THROTTLED));
    }

    @Test
    void when_the_user_store_is_away_nobody_is_told_that_their_password_is_wrong() {
        DIRECTORY_IS_AWAY.set(true);

        HttpResponse<String> response = Visitor.of(server).submitLogin("customer", "customer");

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.body()).doesNotContain("is wrong");
        assertThatExceptionOfType(SignInException.class)
                .isThrownBy(() -> RunningServer.client(server).signIn("customer", "customer"))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(SignInException.Reason.UNAVAILABLE));
    }

    @Test
    void when_the_user_store_cannot_be_reached_tokens_and_sessions_wait_and_do_not_end() {
        Visitor visitor = Visitor.of(server);
        String refreshToken = visitor.tokens("customer", "openid orders:read")
                .get("refresh_token")
                .stringValue();
        DIRECTORY_IS_AWAY.set(true);

        HttpResponse<String> refused = visitor.refresh(refreshToken, Map.of());
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        assertThat(Visitor.error(refused)).isEqualTo("temporarily_unavailable");
        assertThat(visitor.authorize(Map.of()).statusCode()).isEqualTo(503);
        assertThat(visitor.authorize(Map.of("prompt", "none")).statusCode()).isEqualTo(503);

        DIRECTORY_IS_AWAY.set(false);
        assertThat(visitor.refresh(refreshToken, Map.of()).statusCode()).isEqualTo(200);
        assertThat(Visitor.answer(visitor.authorize(Map.of("prompt", "none")))).containsKey("code");
    }

    @Test
    void a_sign_in_without_a_request_of_a_client_leads_to_a_page_of_this_server() {
        HttpResponse<String> response = Visitor.of(server).submitLogin("customer", "customer");

        assertThat(response.headers().firstValue("Location")).contains("/");
        assertThat(Visitor.of(server).get("/").statusCode()).isEqualTo(200);
    }

    @Test
    void the_command_line_client_signs_in_with_the_exported_certificate_authority() throws Exception {
        TokenSet tokens = SignInClient.at(server.issuer())
                .trusting(server.caCertificate())
                .build()
                .signIn("staff", "staff");

        assertThat(tokens.scope().split(" "))
                .contains("inventory:write", "orders:process")
                .doesNotContain("registrations:approve");
        assertThat(tokens.refreshToken()).isNotBlank();
        assertThat(tokens.lifetime().toMinutes()).isBetween(13L, 15L);
        assertThat(tokens.toString()).doesNotContain(tokens.accessToken());
    }

    @Test
    void the_command_line_client_says_why_there_are_no_tokens(@TempDir Path directory) throws Exception {
        assertThatExceptionOfType(SignInException.class)
                .isThrownBy(() -> RunningServer.client(server).signIn("customer", "wrong"))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(SignInException.Reason.REFUSED));
        assertThatExceptionOfType(SignInException.class)
                .isThrownBy(() -> SignInClient.at(server.issuer())
                        .trusting(server.clientSslContext())
                        .client("nobody")
                        .build()
                        .signIn("customer", "customer"))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(SignInException.Reason.UNEXPECTED));
        AuthorizationServer stopped =
                AuthorizationServer.start(RunningServer.settings(directory).build());
        SignInClient client = RunningServer.client(stopped);
        stopped.close();
        assertThatExceptionOfType(SignInException.class)
                .isThrownBy(() -> client.signIn("customer", "customer"))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(SignInException.Reason.UNAVAILABLE));
    }
}
