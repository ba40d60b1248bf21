package com.books.bookstore.identity.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.books.bookstore.identity.throttle.SignInThrottle;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wso2.carbon.user.api.UserStoreException;

class BasicAuthenticationTest {

    private static final String OWNER = "192.0.2.1";
    private static final String STRANGER = "198.51.100.7";

    private final List<String> checked = new ArrayList<>();
    private final BasicAuthentication basic = new BasicAuthentication(
            this::check, new SignInThrottle(Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC)));
    private boolean storeAnswers = true;

    private String check(String userName, String password) throws UserStoreException {
        checked.add(userName);
        if (!storeAnswers) {
            throw new UserStoreException("no connection");
        }
        return "right".equals(password) ? "id of " + userName : null;
    }

    private String signIn(String userName, String password, String address)
            throws AccessDeniedException, UserStoreException {
        String pair = userName + ":" + password;
        return basic.authenticate(Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)), address);
    }

    private int status(String userName, String password, String address) {
        return catchThrowableOfType(AccessDeniedException.class, () -> signIn(userName, password, address))
                .status();
    }

    @Test
    void guessesAtOneAccountFromOneAddressAreFiveAndDoNotKeepTheOwnerOut() throws Exception {
        for (String spelled : List.of("ann", "ANN", "Ann", "aNn", "anN")) {
            assertThat(status(spelled, "wrong", STRANGER)).isEqualTo(401);
        }

        assertThat(status("ann", "right", STRANGER)).isEqualTo(429);
        assertThat(checked).hasSize(5);
        assertThat(signIn("ann", "right", OWNER)).isEqualTo("id of ann");
    }

    @Test
    void oneAddressCannotTryOnePasswordAtAllAccounts() {
        for (int i = 0; i < 50; i++) {
            assertThat(status("user" + i, "wrong", STRANGER)).isEqualTo(401);
        }

        assertThat(status("user50", "wrong", STRANGER)).isEqualTo(429);
        assertThat(status("user50", "wrong", OWNER)).isEqualTo(401);
    }

    @Test
    void aFailureOfTheUserStoreIsNoWrongPassword() throws Exception {
        storeAnswers = false;
        for (int i = 0; i < 60; i++) {
            assertThatThrownBy(() -> signIn("ann", "right", OWNER)).isInstanceOf(UserStoreException.class);
        }

        storeAnswers = true;
        assertThat(signIn("ann", "right", OWNER)).isEqualTo("id of ann");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "PRIMARY/ann", "a\n2026-01-01 FORGED/x", "an*"})
    void namesThatNoUserCanHaveAreWrongWithoutALookUp(String userName) {
        assertThat(status(userName, "right", STRANGER)).isEqualTo(401);
        assertThat(checked).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"?", "bm9jb2xvbg==", "OnJpZ2h0"})
    void malformedCredentialsAre401(String encoded) {
        assertThat(catchThrowableOfType(AccessDeniedException.class, () -> basic.authenticate(encoded, STRANGER))
                        .status())
                .isEqualTo(401);
        assertThat(checked).isEmpty();
    }

    @Test
    void aStoreWhoseDatabaseDoesNotAnswerFails() throws Exception {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:mem:");
        UserDirectory.requireDatabase(database);

        database.setURL("jdbc:h2:tcp://127.0.0.1:1/none");
        assertThatThrownBy(() -> UserDirectory.requireDatabase(database)).isInstanceOf(UserStoreException.class);
    }
}
