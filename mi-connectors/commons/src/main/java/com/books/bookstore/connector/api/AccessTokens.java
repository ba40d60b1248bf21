package com.books.bookstore.connector.api;

import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/**
 * The access token of a connection: fetched with client credentials, kept until shortly before it expires, and renewed by one thread while
 * the others wait. Thread-safe.
 */
final class AccessTokens {

    /** A token is renewed that long before it expires, so that it does not expire on its way. */
    private static final Duration MARGIN = Duration.ofSeconds(30);

    /** Where the answer does not say how long a token lives. */
    private static final long DEFAULT_LIFETIME_SECONDS = 60;

    private final ConnectionSettings settings;
    private final HttpClient http;
    private final Clock clock;

    private String token;
    private Instant renewAt = Instant.MIN;

    AccessTokens(ConnectionSettings settings, HttpClient http, Clock clock) {
        this.settings = settings;
        this.http = http;
        this.clock = clock;
    }

    /** @throws ApiException if the token endpoint gives no token */
    synchronized String current() {
        if (token == null || !clock.instant().isBefore(renewAt)) {
            fetch();
        }
        return token;
    }

    /** To be called when the API refuses a token. The next caller gets another one, unless that was fetched meanwhile. */
    synchronized void refused(String refusedToken) {
        if (refusedToken.equals(token)) {
            token = null;
        }
    }

    private void fetch() {
        token = null;
        HttpResponse<String> answer = send();
        JsonFields fields = JsonFields.of(answer.body());
        if (answer.statusCode() != 200 || fields.text("access_token").isEmpty()) {
            throw ApiException.tokenRefused("The token endpoint answered with status " + answer.statusCode()
                    + fields.text("error")
                            .map(error -> " and the error " + error)
                            .orElse("")
                    + ". Check tokenEndpoint, clientId, clientSecret and scopes of the connection");
        }
        Duration lifetime = Duration.ofSeconds(fields.number("expires_in").orElse(DEFAULT_LIFETIME_SECONDS));
        // Half of a short life, or the token would be fetched anew for every request.
        Duration margin = MARGIN.compareTo(lifetime.dividedBy(2)) < 0 ? MARGIN : lifetime.dividedBy(2);
        renewAt = clock.instant().plus(lifetime).minus(margin);
        token = fields.text("access_token").get();
    }

    private HttpResponse<String> send() {
        String form = "grant_type=client_credentials"
                + (settings.scopes().isEmpty() ? "" : "&scope=" + encoded(settings.scopes()));
        String credentials = encoded(settings.clientId()) + ":" + encoded(settings.clientSecret());
        HttpRequest request = HttpRequest.newBuilder(settings.tokenEndpoint())
                .timeout(settings.requestTimeout())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Accept", "application/json")
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)))
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw ApiException.noAnswer("The token endpoint does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ApiException.noAnswer("The request for an access token was interrupted", e);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
