package com.books.bookstore.identity;

import com.books.bookstore.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Whether the identity server publishes its keys, which is what verifying tokens needs of it. An answer is kept for a while, and one thread
 * asks while the others take the last answer: however often this is asked, the identity server hears little of it. Thread-safe.
 */
public final class IdentityProbe {

    /** Short, because the probe's caller waits. */
    private static final Duration TIMEOUT = Duration.ofMillis(1500);

    private final URI jwksUri;
    private final Duration timeToLive;
    private final Clock clock;
    private final HttpClient client;
    private final ReentrantLock asking = new ReentrantLock();
    private volatile Result last;

    /** @param timeToLive how long an answer is kept */
    public IdentityProbe(URI jwksUri, Duration timeToLive, Clock clock) {
        this.jwksUri = jwksUri;
        this.timeToLive = timeToLive;
        this.clock = clock;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(TIMEOUT)
                .build();
    }

    public boolean isUp() {
        Result known = last;
        if (known != null && (clock.instant().isBefore(known.until) || asking.isLocked())) {
            return known.up;
        }
        asking.lock();
        try {
            Result current = last;
            if (current == null || !clock.instant().isBefore(current.until)) {
                current = new Result(ask(), clock.instant().plus(timeToLive));
                last = current;
            }
            return current.up;
        } finally {
            asking.unlock();
        }
    }

    private boolean ask() {
        try {
            HttpResponse<byte[]> answer = client.send(
                    HttpRequest.newBuilder(jwksUri).timeout(TIMEOUT).build(), HttpResponse.BodyHandlers.ofByteArray());
            return answer.statusCode() == 200
                    && Json.parse(answer.body())
                            .map(keys -> keys.path("keys").isArray())
                            .orElse(false);
        } catch (IOException e) {
            // That it is unavailable is the answer.
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static final class Result {

        private final boolean up;
        private final Instant until;

        private Result(boolean up, Instant until) {
            this.up = up;
            this.until = until;
        }
    }
}
