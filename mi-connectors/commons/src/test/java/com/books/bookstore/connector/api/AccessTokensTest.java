package com.books.bookstore.connector.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.books.bookstore.connector.api.StubServer.Answer;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTokensTest {

    private final SettableClock clock = new SettableClock();

    @ParameterizedTest
    @CsvSource({"3600, 3569, 3571", "40, 19, 21", "60, 29, 31"})
    void aTokenIsKeptUntilShortlyBeforeItExpires(long lifetime, long stillGood, long renewed) throws Exception {
        try (StubServer server = new StubServer(token(lifetime))) {
            AccessTokens tokens = tokens(server, "");
            assertThat(tokens.current()).isEqualTo("token-1");
            clock.advance(Duration.ofSeconds(stillGood));
            assertThat(tokens.current()).isEqualTo("token-1");
            clock.advance(Duration.ofSeconds(renewed - stillGood));
            assertThat(tokens.current()).isEqualTo("token-2");
        }
    }

    @Test
    void aTokenOfUnknownLifetimeIsKeptForHalfAMinute() throws Exception {
        try (StubServer server =
                new StubServer(number -> new Answer(200, "{\"access_token\":\"token-" + number + "\"}"))) {
            AccessTokens tokens = tokens(server, "");
            assertThat(tokens.current()).isEqualTo("token-1");
            clock.advance(Duration.ofSeconds(29));
            assertThat(tokens.current()).isEqualTo("token-1");
            clock.advance(Duration.ofSeconds(2));
            assertThat(tokens.current()).isEqualTo("token-2");
        }
    }

    @Test
    void theRequestHasTheCredentialsOfTheClientAndTheScopes() throws Exception {
        try (StubServer server = new StubServer(token(60))) {
            tokens(server, "orders:create orders:read").current();
            StubServer.Request request = server.requests.get(0);
            assertThat(request.method()).isEqualTo("POST");
            // shop:s%26ecret in Base64: both parts are encoded as in a form first.
            assertThat(request.authorization()).isEqualTo("Basic c2hvcDpzJTI2ZWNyZXQ=");
            assertThat(request.body()).isEqualTo("grant_type=client_credentials&scope=orders%3Acreate+orders%3Aread");

            tokens(server, "").current();
            assertThat(server.requests.get(1).body()).isEqualTo("grant_type=client_credentials");
        }
    }

    @Test
    void aRefusedTokenIsReplacedUnlessThatWasDoneMeanwhile() throws Exception {
        try (StubServer server = new StubServer(token(3600))) {
            AccessTokens tokens = tokens(server, "");
            String first = tokens.current();
            tokens.refused(first);
            assertThat(tokens.current()).isEqualTo("token-2");
            tokens.refused(first);
            assertThat(tokens.current()).isEqualTo("token-2");
            assertThat(server.requests).hasSize(2);
        }
    }

    @Test
    void oneThreadFetchesWhileTheOthersWait() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try (StubServer server = new StubServer(token(3600))) {
            AccessTokens tokens = tokens(server, "");
            List<Callable<String>> calls = java.util.Collections.nCopies(40, tokens::current);
            for (Future<String> token : threads.invokeAll(calls)) {
                assertThat(token.get()).isEqualTo("token-1");
            }
            assertThat(server.requests).hasSize(1);
        } finally {
            threads.shutdownNow();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no JSON", "{}", "[]", "{\"access_token\":null}", "{\"access_token\":{\"a\":1}}"})
    void anAnswerWithoutATokenIsAnError(String body) throws Exception {
        try (StubServer server = new StubServer(number -> new Answer(200, body))) {
            assertRefused(tokens(server, ""), "status 200");
        }
    }

    @Test
    void anErrorOfTheTokenEndpointIsNamedAndIsTriedAgainByTheNextCall() throws Exception {
        try (StubServer server = new StubServer(number -> number == 1
                ? new Answer(400, "{\"error\":\"invalid_scope\"}")
                : new Answer(200, "{\"access_token\":\"good\",\"expires_in\":60}"))) {
            AccessTokens tokens = tokens(server, "");
            assertRefused(tokens, "status 400 and the error invalid_scope");
            assertThat(tokens.current()).isEqualTo("good");
        }
    }

    private static void assertRefused(AccessTokens tokens, String detail) {
        assertThatThrownBy(tokens::current)
                .hasMessageContaining(detail)
                .hasMessageNotContaining("s&ecret")
                .extracting(error -> ((ApiException) error).errorCode())
                .isEqualTo(ApiException.TOKEN_REFUSED);
    }

    @Test
    void aTokenEndpointThatDoesNotAnswerIsNoAnswer() throws Exception {
        StubServer server = new StubServer(token(60));
        AccessTokens tokens = tokens(server, "");
        server.close();
        assertThatThrownBy(tokens::current)
                .hasMessageContaining("token endpoint")
                .extracting(error -> ((ApiException) error).errorCode())
                .isEqualTo(ApiException.NO_ANSWER);
    }

    private static Function<Integer, Answer> token(long lifetime) {
        return number -> new Answer(200, "{\"access_token\":\"token-" + number + "\",\"expires_in\":" + lifetime + "}");
    }

    private AccessTokens tokens(StubServer server, String scopes) throws IOException {
        Map<String, String> settings = Settings.of(server.url());
        settings.putAll(Map.of(
                "tokenEndpoint",
                server.url() + "/token",
                "clientId",
                "shop",
                "clientSecret",
                "s&ecret",
                "scopes",
                scopes));
        return new AccessTokens(Settings.read(settings), HttpClient.newHttpClient(), clock);
    }

    private static final class SettableClock extends Clock {

        private Instant now = Instant.parse("2026-11-22T18:31:00Z");

        void advance(Duration duration) {
            now = now.plus(duration);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }
}
