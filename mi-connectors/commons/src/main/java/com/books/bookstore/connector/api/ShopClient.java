package com.books.bookstore.connector.api;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.Optional;

/**
 * Sends requests to the shop: with an access token, once more with a new one if the token is refused, and once more if the answer is lost
 * and repeating does no harm. Thread-safe.
 */
final class ShopClient {

    private static final int UNAUTHORIZED = 401;

    private final ConnectionSettings settings;
    private final HttpClient http;
    private final AccessTokens tokens;

    /** @throws ApiException if the trusted certificates cannot be read */
    ShopClient(ConnectionSettings settings, Clock clock) {
        this.settings = settings;
        // The API redirects nowhere; a redirect must not take the access token to another server.
        HttpClient.Builder client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(settings.connectTimeout())
                .followRedirects(HttpClient.Redirect.NEVER);
        if (!settings.trustedCertificates().isEmpty()) {
            client.sslContext(Trust.of(settings.trustedCertificates()));
        }
        http = client.build();
        tokens = settings.tokenEndpoint() == null ? null : new AccessTokens(settings, http, clock);
    }

    /**
     * @param givenToken an access token of the flow, used in the place of the client's, or empty
     * @return the answer, whatever its status
     * @throws ApiException if there is no token or no answer
     */
    HttpResponse<String> send(ApiRequest request, String givenToken) {
        if (!request.withToken()) {
            return sendWith(request, Optional.empty());
        }
        if (!givenToken.isEmpty()) {
            return sendWith(request, Optional.of(givenToken));
        }
        if (tokens == null) {
            throw ApiException.configuration(
                    "The operation needs an access token: set tokenEndpoint, clientId and clientSecret, or accessToken");
        }
        String token = tokens.current();
        HttpResponse<String> answer = sendWith(request, Optional.of(token));
        if (answer.statusCode() != UNAUTHORIZED) {
            return answer;
        }
        tokens.refused(token);
        return sendWith(request, Optional.of(tokens.current()));
    }

    private HttpResponse<String> sendWith(ApiRequest request, Optional<String> token) {
        HttpRequest message = message(request, token);
        try {
            return http.send(message, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            if (!request.repeatable() && !(e instanceof ConnectException)) {
                throw lost(e);
            }
            return sendAgain(message);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private HttpResponse<String> sendAgain(HttpRequest message) {
        try {
            return http.send(message, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw lost(e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static ApiException lost(IOException e) {
        return ApiException.noAnswer("The bookstore does not answer. Check baseUrl and timeouts of the connection", e);
    }

    private static ApiException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return ApiException.noAnswer("The request was interrupted", e);
    }

    private HttpRequest message(ApiRequest request, Optional<String> token) {
        try {
            HttpRequest.Builder message = HttpRequest.newBuilder(URI.create(settings.baseUrl() + request.target()))
                    .timeout(settings.requestTimeout())
                    .header("Accept", "application/json");
            request.headers().forEach(message::header);
            token.ifPresent(value -> message.header("Authorization", "Bearer " + value));
            if (request.body() == null) {
                return message.method(request.method(), HttpRequest.BodyPublishers.noBody())
                        .build();
            }
            return message.header("Content-Type", "application/json")
                    .method(request.method(), HttpRequest.BodyPublishers.ofString(request.body()))
                    .build();
        } catch (IllegalArgumentException e) {
            // Its message could have the value, which may be a token.
            throw ApiException.invalidParameter("A header or the access token has characters that HTTP does not allow");
        }
    }
}
