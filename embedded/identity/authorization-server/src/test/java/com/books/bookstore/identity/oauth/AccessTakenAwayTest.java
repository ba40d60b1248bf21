package com.books.bookstore.identity.oauth;

import static com.books.bookstore.identity.oauth.Visitor.answer;
import static com.books.bookstore.identity.oauth.Visitor.claims;
import static com.books.bookstore.identity.oauth.Visitor.error;
import static com.books.bookstore.identity.oauth.Visitor.json;
import static com.books.bookstore.identity.oauth.Visitor.with;
import static org.assertj.core.api.Assertions.assertThat;

import com.books.bookstore.identity.oauth.settings.ServerSettings;
import com.books.bookstore.identity.oauth.users.DirectoryUser;
import com.books.bookstore.identity.oauth.users.InMemoryUserDirectory;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Whatever takes access away from a user takes it away at every endpoint, from the next request on. */
@Tag("slow")
@Tag("attack")
class AccessTakenAwayTest {

    private static final String SCOPE = "openid profile email roles orders:read orders:process";

    private static InMemoryUserDirectory users;
    private static AuthorizationServer server;

    private final Visitor visitor = Visitor.of(server);
    private DirectoryUser user;

    /** What an administrator or the user changed. */
    enum Change {
        DEACTIVATED {
            @Override
            void make(DirectoryUser user) {
                users.put(copy(user, user.email(), user.roles(), false), user.userName());
            }
        },
        DELETED {
            @Override
            void make(DirectoryUser user) {
                users.remove(user.userName());
            }
        },
        REPLACED_BY_ANOTHER_USER_OF_THAT_NAME {
            @Override
            void make(DirectoryUser user) {
                users.put(
                        new DirectoryUser(
                                UUID.randomUUID().toString(),
                                user.userName(),
                                user.email(),
                                "",
                                "",
                                user.roles(),
                                true,
                                ""),
                        user.userName());
            }
        },
        ROLE_REMOVED {
            @Override
            void make(DirectoryUser user) {
                users.put(copy(user, user.email(), List.of("bookstore-customer"), true), user.userName());
            }
        },
        PASSWORD_CHANGED {
            @Override
            void make(DirectoryUser user) {
                users.put(user, "another password");
            }
        },
        EMAIL_CHANGED {
            @Override
            void make(DirectoryUser user) {
                users.put(copy(user, "new-" + user.email(), user.roles(), true), user.userName());
            }
        };

        abstract void make(DirectoryUser user);

        private static DirectoryUser copy(DirectoryUser user, String email, List<String> roles, boolean active) {
            return new DirectoryUser(user.id(), user.userName(), email, "", "", roles, active, "");
        }
    }

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        users = new InMemoryUserDirectory();
        server = AuthorizationServer.start(
                RunningServer.settings(directory).users(users).build());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void aMemberOfStaff() {
        String name = "user-" + UUID.randomUUID();
        user = new DirectoryUser(
                UUID.randomUUID().toString(), name, name + "@books.com", "", "", List.of("bookstore-staff"), true, "");
        users.put(user, name);
    }

    private JsonNode tokens() {
        return visitor.tokens(user.userName(), SCOPE);
    }

    @ParameterizedTest
    @EnumSource
    void refresh_tokens_end(Change change) {
        String refreshToken = tokens().get("refresh_token").stringValue();

        change.make(user);

        assertThat(error(visitor.refresh(refreshToken, Map.of()))).isEqualTo("invalid_grant");
    }

    @ParameterizedTest
    @EnumSource
    void codes_end(Change change) {
        String code = visitor.code(user.userName(), with("scope", SCOPE));

        change.make(user);

        assertThat(error(visitor.redeem(code, Map.of()))).isEqualTo("invalid_grant");
    }

    @ParameterizedTest
    @EnumSource
    void browser_sessions_end(Change change) {
        visitor.code(user.userName(), with("scope", SCOPE));
        assertThat(answer(visitor.authorize(with("prompt", "none")))).containsKey("code");

        change.make(user);

        assertThat(visitor.authorize(Map.of()).headers().firstValue("Location").orElseThrow())
                .endsWith("/login");
    }

    @ParameterizedTest
    @EnumSource
    void silent_sign_ins_end(Change change) {
        visitor.code(user.userName(), with("scope", SCOPE));

        change.make(user);

        assertThat(answer(visitor.authorize(with("prompt", "none"))))
                .containsEntry("error", "login_required")
                .doesNotContainKey("code");
    }

    @ParameterizedTest
    @EnumSource
    void access_tokens_are_worth_nothing_at_this_server(Change change) {
        String token = tokens().get("access_token").stringValue();
        assertThat(visitor.get("/oauth2/userinfo", token).statusCode()).isEqualTo(200);

        change.make(user);

        assertThat(visitor.get("/oauth2/userinfo", token).statusCode()).isEqualTo(401);
        assertThat(json(visitor.postAs(
                                ServerSettings.REGISTRATION_CLIENT,
                                server.clientSecret(ServerSettings.REGISTRATION_CLIENT),
                                "/oauth2/introspect",
                                with("token", token)))
                        .get("active")
                        .booleanValue())
                .isFalse();
    }

    static Stream<Arguments> changes_that_end_the_password() {
        return Stream.of(Change.DEACTIVATED, Change.DELETED, Change.PASSWORD_CHANGED)
                .map(Arguments::of);
    }

    @ParameterizedTest
    @MethodSource("changes_that_end_the_password")
    void the_password_ends(Change change) {
        change.make(user);

        assertThat(visitor.submitLogin(user.userName(), user.userName()).statusCode())
                .isEqualTo(401);
    }

    @Test
    void a_new_sign_in_has_the_roles_and_the_email_of_today() {
        tokens();
        Change.ROLE_REMOVED.make(user);

        JsonNode tokens = Visitor.of(server).tokens(user.userName(), SCOPE);

        Map<String, Object> claims =
                claims(tokens.get("access_token").stringValue()).getClaims();
        assertThat(claims).containsEntry("roles", List.of("bookstore-customer")).containsEntry("email", user.email());
        assertThat(claims.get("scope").toString()).contains("orders:read").doesNotContain("orders:process");
    }

    @Test
    void another_users_sign_in_goes_on() {
        String name = "other-" + UUID.randomUUID();
        users.put(new DirectoryUser(UUID.randomUUID().toString(), name, "", "", "", List.of(), true, ""), name);
        String refreshToken =
                Visitor.of(server).tokens(name, "openid").get("refresh_token").stringValue();

        Change.DELETED.make(user);

        assertThat(visitor.refresh(refreshToken, Map.of()).statusCode()).isEqualTo(200);
    }
}
