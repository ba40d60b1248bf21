package com.books.bookstore.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.books.bookstore.identity.ScimUsers.Outcome;
import com.books.bookstore.registration.Applicant;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.threeten.extra.MutableClock;

class ScimUsersTest {

    private static final String PASSWORD = "Bag-End-1420";

    private final AtomicInteger issued = new AtomicInteger();
    private StubServer.Handler scim = request -> request.answer(202, "");
    private final StubServer server = new StubServer(request -> {
        if (request.line().endsWith("/token")) {
            request.answer(200, "{\"access_token\":\"token-" + issued.incrementAndGet() + "\",\"expires_in\":600}");
        } else {
            scim.handle(request);
        }
    });
    private final IdentityServerHttp http = new IdentityServerHttp(Duration.ofSeconds(20));
    private final ScimUsers users = new ScimUsers(http, tokens("create"), server.address("/scim2/"));

    private ServiceTokens tokens(String scope) {
        return new ServiceTokens(http, server.address("/token"), "client", "secret", scope, MutableClock.epochUTC());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void registersWithTheClientsOwnToken() {
        assertThat(users.register(applicant(), PASSWORD)).isEqualTo(Outcome.PENDING);

        assertThat(server.requests().get(0).body()).endsWith("scope=create");
        StubServer.Request request = server.requests().get(1);
        assertThat(request.line()).isEqualTo("POST /scim2/Users");
        assertThat(request.header("Authorization")).isEqualTo("Bearer token-1");
        assertThat(request.body())
                .isEqualTo(
                        "{\"schemas\":[\"urn:ietf:params:scim:schemas:core:2.0:User\"],\"userName\":\"frodo@books.com\","
                                + "\"password\":\"Bag-End-1420\",\"name\":{\"givenName\":\"Frodo\",\"familyName\":\"Baggins\"},"
                                + "\"emails\":[{\"value\":\"frodo@books.com\",\"primary\":true}]}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "202||PENDING",
                "201|{\"userName\":\"frodo@books.com\"}|PENDING",
                "201|{\"id\":null}|PENDING",
                "201|{\"id\":\"7\",\"userName\":\"frodo@books.com\"}|CREATED",
                "409|{\"detail\":\"User with the name: frodo already exists in the system.\"}|DUPLICATE",
                "400|{\"detail\":\"UCM-60001 - The user name belongs to a user or to a registration that waits for approval.\"}|DUPLICATE",
                "400|{\"detail\":\"The email address belongs to a user or to a registration that waits for approval.\"}|DUPLICATE",
                "400|{\"detail\":\"Another registration with this user name or email address has just arrived.\"}|DUPLICATE",
                "400|{\"detail\":\"20035 - The password must contain a symbol\"}|PASSWORD_REFUSED",
                "400|{\"detail\":\"30003 - Credential not valid\"}|PASSWORD_REFUSED",
                "400|{\"detail\":\"31301 - Username frodo is not valid\"}|EMAIL_REFUSED",
                "400|{\"detail\":\"A registration needs one valid mail address.\"}|EMAIL_REFUSED",
                "400|{\"detail\":\"Something else\"}|REFUSED",
                "400||REFUSED"
            })
    void understandsWhatTheServerSays(int status, String body, Outcome outcome) {
        scim = request -> request.answer(status, body == null ? "" : body);

        assertThat(users.register(applicant(), PASSWORD)).isEqualTo(outcome);
    }

    @Test
    void renewsATokenThatIsRefused() {
        scim = request -> request.answer("Bearer token-1".equals(request.header("Authorization")) ? 401 : 202, "");

        assertThat(users.register(applicant(), PASSWORD)).isEqualTo(Outcome.PENDING);
        assertThat(issued).hasValue(2);
    }

    @ParameterizedTest
    @CsvSource({"401", "403", "404", "500", "503", "429", "302"})
    void whatIsNotTheApplicantsFaultIsAFailureOfTheServer(int status) {
        scim = request -> request.answer(status, "{\"detail\":\"password\"}");

        assertThatThrownBy(() -> users.register(applicant(), PASSWORD))
                .isInstanceOf(IdentityServerException.class)
                .hasMessageContaining("" + status);
    }

    @Test
    void doesNotSendAnApplicationAgainThatMayHaveArrived() {
        scim = request -> request.answer(500, "");
        assertThatThrownBy(() -> users.register(applicant(), PASSWORD)).isInstanceOf(IdentityServerException.class);

        assertThat(server.requests()).hasSize(2);
    }

    private static Applicant applicant() {
        return new Applicant("frodo@books.com", "Frodo", "Baggins");
    }
}
