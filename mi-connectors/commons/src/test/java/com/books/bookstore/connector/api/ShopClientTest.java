package com.books.bookstore.connector.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.books.bookstore.connector.api.StubServer.Answer;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShopClientTest {

    private static final Map<String, String> KEY = Map.of("Idempotency-Key", "k-1");

    @Test
    void aRequestHasItsBodyItsHeadersAndTheToken() throws Exception {
        try (StubServer server = new StubServer(number -> new Answer(201, "{}"))) {
            HttpResponse<String> answer = client(server)
                    .send(
                            new ApiRequest("POST", "/orders/v1/orders?a=b%20c", KEY, "{\"a\":\"\u00e9\"}", true),
                            "given");
            assertThat(answer.statusCode()).isEqualTo(201);
            assertThat(server.requests)
                    .containsExactly(new StubServer.Request(
                            "POST", "/orders/v1/orders?a=b%20c", "Bearer given", "k-1", "{\"a\":\"\u00e9\"}"));
        }
    }

    @Test
    void anOperationThatNeedsNoTokenGetsNone() throws Exception {
        try (StubServer server = new StubServer(number -> new Answer(200, "{}"))) {
            client(server).send(new ApiRequest("GET", "/catalog/v1/books", Map.of(), null, false), "given");
            assertThat(server.requests.get(0).authorization()).isNull();
        }
    }

    @Test
    void aGivenTokenThatIsRefusedIsNotReplaced() throws Exception {
        try (StubServer server = new StubServer(number -> new Answer(401, "{}"))) {
            assertThat(client(server).send(get(), "given").statusCode()).isEqualTo(401);
            assertThat(server.requests).hasSize(1);
        }
    }

    @Test
    void withoutCredentialsAndTokenTheConnectionIsIncomplete() throws Exception {
        try (StubServer server = new StubServer(number -> new Answer(200, "{}"))) {
            assertError(() -> client(server).send(get(), ""), ApiException.CONFIGURATION);
            assertThat(server.requests).isEmpty();
        }
    }

    @Test
    void aRefusedTokenOfTheClientIsReplacedOnce() throws Exception {
        try (StubServer tokens = new StubServer(
                        number -> new Answer(200, "{\"access_token\":\"t-" + number + "\",\"expires_in\":600}"));
                StubServer server = new StubServer(number -> new Answer(number < 4 ? 401 : 200, "{}"))) {
            Map<String, String> settings = Settings.of(server.url());
            settings.putAll(Map.of("tokenEndpoint", tokens.url(), "clientId", "c", "clientSecret", "s"));
            ShopClient client = new ShopClient(Settings.read(settings), Clock.systemUTC());

            assertThat(client.send(get(), "").statusCode()).isEqualTo(401);
            assertThat(client.send(get(), "").statusCode()).isEqualTo(200);
            assertThat(server.requests)
                    .extracting(StubServer.Request::authorization)
                    .containsExactly("Bearer t-1", "Bearer t-2", "Bearer t-2", "Bearer t-3");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET, false, true",
        "POST, true, true",
        "POST, false, false",
        "PUT, false, false",
        "DELETE, false, false"
    })
    void onlyWhatDoesNoHarmIsSentAgainAfterALostAnswer(String method, boolean key, boolean again) throws Exception {
        try (StubServer server = new StubServer(number -> new Answer(number == 1 ? 0 : 200, "{}"))) {
            ApiRequest request = new ApiRequest(method, "/x", key ? KEY : Map.of(), null, false);
            if (again) {
                assertThat(client(server).send(request, "").statusCode()).isEqualTo(200);
                assertThat(server.requests.size()).isGreaterThan(1);
            } else {
                assertError(() -> client(server).send(request, ""), ApiException.NO_ANSWER);
                assertThat(server.requests).hasSize(1);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "DELETE"})
    void aServerThatIsGoneIsNoAnswer(String method) throws Exception {
        StubServer server = new StubServer(number -> new Answer(200, "{}"));
        ShopClient client = client(server);
        server.close();
        assertError(() -> client.send(new ApiRequest(method, "/x", Map.of(), null, false), ""), ApiException.NO_ANSWER);
    }

    @Test
    void aRedirectIsAnAnswerAndTakesTheTokenNowhere() throws Exception {
        try (StubServer server = new StubServer(number -> new Answer(302, ""))) {
            assertThat(client(server).send(get(), "given").statusCode()).isEqualTo(302);
            assertThat(server.requests).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Xy\nz", "Xy\u0000z"})
    void aTokenThatHttpDoesNotAllowIsNotInTheMessage(String token) throws Exception {
        try (StubServer server = new StubServer(number -> new Answer(200, "{}"))) {
            assertThatThrownBy(() -> client(server).send(get(), token))
                    .hasMessageNotContaining("Xy")
                    .isInstanceOf(ApiException.class)
                    .satisfies(error ->
                            assertThat(((ApiException) error).errorCode()).isEqualTo(ApiException.INVALID_PARAMETER));
        }
    }

    private static void assertError(org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String code) {
        assertThatThrownBy(call)
                .isInstanceOf(ApiException.class)
                .extracting(error -> ((ApiException) error).errorCode())
                .isEqualTo(code);
    }

    private static ApiRequest get() {
        return new ApiRequest("GET", "/x", Map.of(), null, true);
    }

    private static ShopClient client(StubServer server) throws IOException {
        return new ShopClient(Settings.read(Settings.of(server.url())), Clock.systemUTC());
    }
}
