package com.books.bookstore.identity;

import com.books.bookstore.identity.IdentityServerHttp.Answer;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

/**
 * The registration client's own access token, by the client-credentials grant (RFC 6749, 4.4).
 *
 * <p>Kept until shortly before it expires. However many requests need a new one at the same moment, one of them asks and the others wait
 * for its answer, good or bad. Thread-safe.
 */
public final class ServiceTokens {

    /** A token is not used any more so long before it expires, or half its life if that is less. */
    static final Duration MARGIN = Duration.ofSeconds(30);
    /** Kept at most so long, whatever the server promises: a client that is revoked must notice. */
    static final Duration LONGEST_LIFE = Duration.ofHours(1);
    /** If the server does not say. */
    private static final Duration DEFAULT_LIFE = Duration.ofMinutes(1);

    private static final int UNAUTHORIZED = 401;

    private final IdentityServerHttp http;
    private final URI address;
    private final String authorization;
    private final String form;
    private final Clock clock;

    private String token;
    private Instant usableUntil = Instant.MIN;
    private CompletableFuture<String> request;

    /** @param scopes separated by blanks, may be empty */
    public ServiceTokens(
            IdentityServerHttp http, URI address, String clientId, String clientSecret, String scopes, Clock clock) {
        this.http = http;
        this.address = address;
        this.authorization = "Basic "
                + Base64.getEncoder()
                        .encodeToString(
                                (encode(clientId) + ":" + encode(clientSecret)).getBytes(StandardCharsets.UTF_8));
        this.form = "grant_type=client_credentials" + (scopes.isEmpty() ? "" : "&scope=" + encode(scopes));
        this.clock = clock;
    }

    /**
     * A token that should be good now.
     *
     * @throws IdentityServerException if the server issues none
     */
    String token() {
        CompletableFuture<String> mine = null;
        CompletableFuture<String> running;
        synchronized (this) {
            if (clock.instant().isBefore(usableUntil)) {
                return token;
            }
            if (request == null) {
                mine = new CompletableFuture<>();
                request = mine;
            }
            running = request;
        }
        if (mine != null) {
            fetch(mine);
        }
        try {
            return running.join();
        } catch (CompletionException e) {
            throw new IdentityServerException(
                    "Could not get an access token for the registration client", e.getCause());
        }
    }

    /**
     * Sends a request with a token. If the server does not accept the token, which may have been revoked or signed with a key that is no longer
     * used, the request is sent once more with a new one: a request that was not let in can be repeated.
     *
     * @param request gets the Authorization header
     * @throws IdentityServerException if there is no token or no answer
     */
    Answer authorized(Function<String, Answer> request) {
        String first = token();
        Answer answer = request.apply("Bearer " + first);
        if (answer.status() != UNAUTHORIZED) {
            return answer;
        }
        forget(first);
        return request.apply("Bearer " + token());
    }

    /** Says that the server refused a token, so that the next request asks for another. */
    synchronized void forget(String refused) {
        if (refused.equals(token)) {
            token = null;
            usableUntil = Instant.MIN;
        }
    }

    private void fetch(CompletableFuture<String> result) {
        try {
            Answer answer = http.post(
                    "The access token request", address, authorization, "application/x-www-form-urlencoded", form);
            String fresh = answer.text("access_token");
            if (!answer.isSuccess() || fresh.isEmpty()) {
                throw new IdentityServerException("The access token request returned status " + answer.status());
            }
            synchronized (this) {
                token = fresh;
                usableUntil = clock.instant()
                        .plus(usableFor(answer.json()
                                .map(json -> json.path("expires_in"))
                                .orElseThrow()));
                request = null;
            }
            result.complete(fresh);
        } catch (RuntimeException | Error e) {
            // Whatever it was: the others must not wait for ever.
            synchronized (this) {
                request = null;
            }
            result.completeExceptionally(e);
        }
    }

    private static Duration usableFor(JsonNode expiresIn) {
        long seconds = Math.min(Math.max(0, expiresIn.asLong(DEFAULT_LIFE.toSeconds())), LONGEST_LIFE.toSeconds());
        return Duration.ofSeconds(seconds).minus(Duration.ofSeconds(Math.min(MARGIN.toSeconds(), seconds / 2)));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
