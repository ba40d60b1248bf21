package com.books.bookstore.identity.oauth;

import static com.books.bookstore.identity.oauth.Visitor.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.books.bookstore.identity.oauth.users.Accounts;
import com.books.bookstore.identity.oauth.users.DirectoryUser;
import com.books.bookstore.identity.oauth.users.RecoveryMail.Letter;
import com.books.bookstore.identity.oauth.users.UserDirectory;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.threeten.extra.MutableClock;

/** The pages on which users change their own accounts. */
@Tag("slow")
@Tag("attack")
class OwnAccountTest {

    private static final String FORGOTTEN = "/accountrecoveryendpoint/recoverpassword.do";
    private static final String NEW_PASSWORD = "/accountrecoveryendpoint/confirmrecovery.do";
    private static final String ACCOUNT = "/myaccount";
    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");
    private static final Store STORE = new Store();
    private static MutableClock clock;
    private static final Pattern LINK = Pattern.compile("https://\\S+confirmation=\\S+");
    /** Address and letter of each email. */
    private static final List<Map.Entry<String, Letter>> EMAILS = new CopyOnWriteArrayList<>();

    private static AuthorizationServer server;

    /** A user store of two users. */
    private static final class Store implements UserDirectory, Accounts {

        private final Map<String, DirectoryUser> users = new ConcurrentHashMap<>();
        private final Map<String, String> passwords = new ConcurrentHashMap<>();

        void reset() {
            users.clear();
            put("jane", List.of("bookstore-customer"), true);
            put("boss", List.of("bookstore-admin"), true);
            put("gone", List.of("bookstore-customer"), false);
            users.keySet().forEach(id -> passwords.put(id, "Old-pass-1"));
        }

        private void put(String name, List<String> roles, boolean active) {
            users.put(name, user(name, "Given", "Family", roles, active, "1"));
        }

        private static DirectoryUser user(
                String name, String given, String family, List<String> roles, boolean active, String stamp) {
            return new DirectoryUser(name, name, name + "@example.com", given, family, roles, active, stamp);
        }

        @Override
        public Optional<DirectoryUser> authenticate(String userName, String password) {
            return find(userName).filter(user -> password.equals(passwords.get(userName)));
        }

        @Override
        public Optional<DirectoryUser> find(String id) {
            return Optional.ofNullable(users.get(id));
        }

        @Override
        public Optional<DirectoryUser> withEmail(String email) {
            return users.values().stream()
                    .filter(user -> user.email().equals(email))
                    .findFirst();
        }

        @Override
        public Optional<String> setPassword(String id, String password) {
            if (password.length() < 8) {
                return Optional.of("The password needs 8 characters.");
            }
            DirectoryUser old = users.get(id);
            passwords.put(id, password);
            users.put(id, user(id, old.givenName(), old.familyName(), old.roles(), old.active(), old.stamp() + "x"));
            return Optional.empty();
        }

        @Override
        public void rename(String id, String givenName, String familyName) {
            DirectoryUser old = users.get(id);
            users.put(id, user(id, givenName, familyName, old.roles(), old.active(), old.stamp()));
        }

        @Override
        public void delete(String id) {
            users.remove(id);
        }
    }

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        clock = MutableClock.of(Instant.now(), ZoneOffset.UTC);
        server = AuthorizationServer.start(
                RunningServer.settings(directory)
                        .webOrigin("https://shop.example")
                        .users(STORE)
                        .ownAccounts(STORE, (address, letter) -> EMAILS.add(Map.entry(address, letter)))
                        .build(),
                clock);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void reset() {
        clock.add(Duration.ofHours(2));
        STORE.reset();
        EMAILS.clear();
    }

    private static Visitor signedIn(String user) {
        Visitor visitor = Visitor.of(server);
        assertThat(visitor.get(ACCOUNT).headers().firstValue("Location").orElse(""))
                .endsWith("/login");
        assertThat(visitor.submitLogin(user, "Old-pass-1")
                        .headers()
                        .firstValue("Location")
                        .orElse(""))
                .endsWith(ACCOUNT);
        return visitor;
    }

    private static HttpResponse<String> submit(Visitor visitor, String page, String target, String... namesAndValues) {
        Matcher csrf = CSRF.matcher(visitor.get(page).body());
        assertThat(csrf.find()).isTrue();
        Map<String, String> form = with(namesAndValues);
        form.put("_csrf", csrf.group(1));
        return visitor.post(target, form);
    }

    private static HttpResponse<String> change(Visitor visitor, String... namesAndValues) {
        return submit(visitor, ACCOUNT, ACCOUNT, namesAndValues);
    }

    private static void ask(String email) {
        assertThat(submit(Visitor.of(server), FORGOTTEN, FORGOTTEN, "username", email)
                        .body())
                .contains("Check your email");
    }

    /** The address of the page in the only email. */
    private static String link() {
        await().until(() -> EMAILS.size() == 1);
        Matcher found = LINK.matcher(EMAILS.get(0).getValue().text());
        assertThat(found.find()).isTrue();
        String link = found.group();
        return link.substring(link.indexOf(NEW_PASSWORD));
    }

    private static HttpResponse<String> choose(Visitor visitor, String link, String password) {
        return submit(
                visitor,
                link,
                NEW_PASSWORD,
                "confirmation",
                link.substring(link.indexOf('=') + 1),
                "password",
                password,
                "repeated",
                password);
    }

    @Test
    void the_pages_exist_in_german() {
        Visitor visitor = Visitor.of(server);
        String german =
                visitor.send(visitor.request(FORGOTTEN + "?ui_locales=de")).body();

        assertThat(german)
                .contains("<html lang=\"de\">", "<title>Passwort vergessen? - books.com</title>", "Zurück zum Shop")
                .doesNotContain("{{", "password?");
        assertThat(visitor.get(NEW_PASSWORD + "?ui_locales=de&confirmation=x").body())
                .contains("<h1>Dieser Link funktioniert nicht</h1>");
    }

    @Test
    void the_email_has_the_language_of_the_page() {
        Visitor visitor = Visitor.of(server);
        String page = FORGOTTEN + "?ui_locales=de";
        assertThat(visitor.get(page).body()).contains("name=\"ui_locales\" value=\"de\"");
        submit(visitor, page, FORGOTTEN, "username", "jane@example.com", "ui_locales", "de");
        String link = link();

        Letter letter = EMAILS.get(0).getValue();
        assertThat(letter.language()).isEqualTo("de");
        assertThat(letter.subject()).isEqualTo("Wählen Sie ein neues Passwort bei books.com");
        assertThat(letter.text()).contains("Der Link gilt 60 Minuten").doesNotContain("<p>");
        assertThat(letter.html())
                .contains("<html lang=\"de\">", link.replace("=", "&#x3D;"), "wählen Sie ein neues Passwort</a>")
                .doesNotContain("{{");
    }

    @Test
    void the_page_works_without_scripts_and_leads_back_to_the_shop() {
        assertThat(signedIn("jane").get(ACCOUNT).body())
                .contains("jane@example.com", "value=\"Given\"", "<a href=\"https://shop.example/\">")
                .doesNotContain("<script", "style=", "{{");
    }

    @Test
    void a_name_is_changed_and_shown_as_text() {
        Visitor visitor = signedIn("jane");

        assertThat(change(visitor, "action", "name", "givenName", "J<b>", "familyName", " Doe ")
                        .body())
                .contains("Your name was changed.", "J&lt;b&gt;", "value=\"Doe\"");
        assertThat(STORE.find("jane").orElseThrow().familyName()).isEqualTo("Doe");
        for (String name : List.of(" ", "\u0301", "\u200b", "\u3164", "An\u202ena", "\u009b2J", "a".repeat(101))) {
            assertThat(change(visitor, "action", "name", "givenName", name, "familyName", "Doe")
                            .statusCode())
                    .isEqualTo(400);
        }
        assertThat(change(
                                visitor,
                                "action",
                                "name",
                                "givenName",
                                "\u0639\u0644\u06cc\u200c\u0631\u0636\u0627",
                                "familyName",
                                "Doe")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void a_new_password_needs_the_current_one_and_ends_the_session() {
        Visitor visitor = signedIn("jane");

        assertThat(change(visitor, password("Wrong-pass-1", "New-pass-2", "New-pass-2"))
                        .body())
                .contains("The current password is wrong.");
        assertThat(change(visitor, password("Old-pass-1", "New-pass-2", "New-pass-3"))
                        .body())
                .contains("The new passwords are not the same.");
        assertThat(change(visitor, password("Old-pass-1", "short", "short")).body())
                .contains("The password needs 8 characters.");
        assertThat(STORE.authenticate("jane", "Old-pass-1")).isPresent();

        assertThat(change(visitor, password("Old-pass-1", "New-pass-2", "New-pass-2"))
                        .body())
                .contains("Your password was changed");
        assertThat(STORE.authenticate("jane", "New-pass-2")).isPresent();
        assertThat(visitor.get(ACCOUNT).headers().firstValue("Location").orElse(""))
                .endsWith("/login");
    }

    private static String[] password(String current, String wanted, String repeated) {
        return new String[] {"action", "password", "current", current, "password", wanted, "repeated", repeated};
    }

    @Test
    void guesses_of_the_current_password_are_slowed_down() {
        Visitor visitor = signedIn("jane");
        for (int i = 0; i < 5; i++) {
            change(visitor, password("Wrong-pass-" + i, "New-pass-2", "New-pass-2"));
        }

        assertThat(change(visitor, password("Old-pass-1", "New-pass-2", "New-pass-2"))
                        .body())
                .contains("cannot be checked now");
        assertThat(STORE.authenticate("jane", "Old-pass-1")).isPresent();
    }

    @Test
    void customers_delete_their_account_and_administrators_do_not() {
        Visitor visitor = signedIn("jane");
        assertThat(change(visitor, "action", "delete", "current", "Wrong-pass-1")
                        .statusCode())
                .isEqualTo(400);
        assertThat(STORE.find("jane")).isPresent();

        assertThat(change(visitor, "action", "delete", "current", "Old-pass-1").body())
                .contains("Your account was deleted", "orders are kept");
        assertThat(STORE.find("jane")).isEmpty();
        assertThat(visitor.get(ACCOUNT).headers().firstValue("Location").orElse(""))
                .endsWith("/login");

        assertThat(change(signedIn("boss"), "action", "delete", "current", "Old-pass-1")
                        .statusCode())
                .isEqualTo(400);
        assertThat(STORE.find("boss")).isPresent();
    }

    @Test
    void a_form_without_its_token_changes_nothing() {
        assertThat(signedIn("jane")
                        .post(ACCOUNT, with("action", "delete", "current", "Old-pass-1"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(STORE.find("jane")).isPresent();
    }

    @Test
    void a_forgotten_password_is_replaced_by_a_link_that_works_once() {
        assertThat(Visitor.of(server).get("/login").body()).contains("<a href=\"" + FORGOTTEN + "\">");
        ask(" JANE@example.com ");
        String link = link();
        assertThat(EMAILS.get(0).getKey()).isEqualTo("jane@example.com");
        assertThat(EMAILS.get(0).getValue().text()).contains("\n" + server.httpsAddress(), "60 minutes");
        Visitor visitor = Visitor.of(server);

        assertThat(choose(visitor, link, "short").body()).contains("The password needs 8 characters.");
        assertThat(choose(visitor, link, "New-pass-2").body()).contains("Your password was changed");
        assertThat(STORE.authenticate("jane", "New-pass-2")).isPresent();
        assertThat(visitor.get(link).body()).contains("This link does not work");
    }

    @Test
    void unknown_addresses_and_inactive_users_get_the_same_answer_and_no_email() {
        ask("nobody@example.com");
        ask("gone@example.com");
        ask("jane@example.com");

        assertThat(link()).isNotEmpty();
        assertThat(EMAILS).hasSize(1).first().asString().startsWith("jane@example.com=");
    }

    @Test
    void a_link_expires_and_cannot_be_changed() {
        ask("jane@example.com");
        String link = link();
        Visitor visitor = Visitor.of(server);
        for (String changed : List.of(
                link + "A",
                link.substring(0, link.length() - 2),
                link.replace("confirmation=", "confirmation=A"),
                NEW_PASSWORD,
                NEW_PASSWORD + "?confirmation=a.b.c.d")) {
            assertThat(visitor.get(changed).body()).as(changed).contains("This link does not work");
        }
        assertThat(visitor.get(link).statusCode()).isEqualTo(200);

        clock.add(Duration.ofHours(1));

        assertThat(visitor.get(link).body()).contains("This link does not work");
    }

    @Test
    void an_address_gets_three_emails_in_an_hour() {
        for (int i = 0; i < 5; i++) {
            ask("jane@example.com");
        }
        ask("boss@example.com");

        await().until(() -> EMAILS.stream().anyMatch(email -> email.getKey().startsWith("boss@")));
        assertThat(EMAILS)
                .filteredOn(email -> email.getKey().startsWith("jane@"))
                .hasSize(3);
    }
}
