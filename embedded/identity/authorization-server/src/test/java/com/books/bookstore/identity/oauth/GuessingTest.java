package com.books.bookstore.identity.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import com.books.bookstore.identity.oauth.users.DirectoryUser;
import com.books.bookstore.identity.oauth.users.InMemoryUserDirectory;
import com.books.bookstore.identity.oauth.users.UserDirectory;
import com.books.bookstore.identity.throttle.SignInThrottle;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.threeten.extra.MutableClock;

/** Guessing passwords at the sign-in page, and names that are none. */
@Tag("slow")
@Tag("attack")
class GuessingTest {

    private static final RecordingDirectory USERS = new RecordingDirectory();
    private static MutableClock clock;

    private static AuthorizationServer server;

    /** The demo users; keeps the names that were looked at. */
    private static final class RecordingDirectory implements UserDirectory {

        private final UserDirectory demoUsers = InMemoryUserDirectory.withDemoUsers();
        private final ConcurrentLinkedQueue<String> lookedAt = new ConcurrentLinkedQueue<>();

        @Override
        public Optional<DirectoryUser> authenticate(String userName, String password) {
            lookedAt.add(userName);
            return demoUsers.authenticate(userName, password);
        }

        @Override
        public Optional<DirectoryUser> find(String id) {
            return demoUsers.find(id);
        }
    }

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        clock = MutableClock.of(Instant.now(), ZoneOffset.UTC);
        server = AuthorizationServer.start(
                RunningServer.settings(directory).users(USERS).build(), clock);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** Until the server has forgotten the refused passwords of the test before. */
    @BeforeEach
    void wait_until_forgotten() {
        clock.add(SignInThrottle.MEMORY.plusSeconds(1));
        USERS.lookedAt.clear();
    }

    @Test
    void thirty_guesses_at_once_get_five_looks() throws Exception {
        List<Visitor> visitors =
                IntStream.range(0, 30).mapToObj(i -> Visitor.of(server)).toList();

        List<Integer> answers = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(visitors.size());
        try {
            for (Future<Integer> answer : threads.invokeAll(visitors.stream()
                    .<Callable<Integer>>map(visitor ->
                            () -> visitor.submitLogin("customer", "guess").statusCode())
                    .toList())) {
                answers.add(answer.get());
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(answers).containsOnly(401, 429);
        assertThat(USERS.lookedAt).hasSizeLessThanOrEqualTo(SignInThrottle.FREE_ATTEMPTS);
    }

    static Stream<Arguments> spellings_of_one_account() {
        return Stream.of(
                Arguments.of("the user store named", "PRIMARY/customer"),
                Arguments.of("named twice", "PRIMARY/PRIMARY/customer"),
                Arguments.of("named in lower case", "primary/customer"),
                Arguments.of("capital letters", "CUSTOMER"),
                Arguments.of("mixed letters", "Primary/CusTomer"),
                Arguments.of("spaces around it", "  customer "));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("spellings_of_one_account")
    void spellings_of_one_account_are_counted_together(String label, String spelling) {
        for (int i = 0; i < SignInThrottle.FREE_ATTEMPTS; i++) {
            Visitor.of(server).submitLogin("customer", "guess");
        }

        assertThat(Visitor.of(server).submitLogin(spelling, "customer").statusCode())
                .isEqualTo(429);
    }

    @Test
    void composed_and_decomposed_letters_are_one_account() {
        for (int i = 0; i < SignInThrottle.FREE_ATTEMPTS; i++) {
            Visitor.of(server).submitLogin("ren\u00e9e", "guess");
        }

        assertThat(Visitor.of(server).submitLogin("rene\u0301e", "guess").statusCode())
                .isEqualTo(429);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nope/x",
                "nope\\x",
                "a\nERROR everything is lost/x",
                "a\r\nb",
                "a\tb",
                "a\u0000b",
                "a\u001b[31mb",
                "a\u202eb",
                "a\u200bb",
                "a b",
                "*",
                "custome?",
                "%",
                "a,b",
                "a;b",
                "<script>",
                "\"",
                "PRIMARY/",
                "/",
                ""
            })
    void a_name_that_no_user_can_have_is_a_wrong_name_and_reaches_no_user_store(String name) {
        HttpResponse<String> response = Visitor.of(server).submitLogin(name, "guess");

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.body())
                .contains("The email address or password is wrong.")
                .doesNotContain("<script>");
        assertThat(USERS.lookedAt).isEmpty();
    }

    @Test
    void a_name_or_password_that_is_too_long_reaches_no_user_store() {
        assertThat(Visitor.of(server).submitLogin("a".repeat(300), "guess").statusCode())
                .isEqualTo(401);
        assertThat(Visitor.of(server).submitLogin("customer", "a".repeat(300)).statusCode())
                .isEqualTo(401);
        assertThat(USERS.lookedAt).isEmpty();
    }

    @Test
    void the_user_store_may_be_named() {
        assertThat(Visitor.of(server)
                        .submitLogin("PRIMARY/customer", "customer")
                        .statusCode())
                .isEqualTo(302);
        assertThat(USERS.lookedAt).containsExactly("customer");
    }
}
