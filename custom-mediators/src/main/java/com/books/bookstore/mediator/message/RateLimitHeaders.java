package com.books.bookstore.mediator.message;

import com.books.bookstore.security.RateLimit;
import com.books.bookstore.security.RateLimiter;
import java.time.Duration;
import java.util.Map;

/**
 * What an answer tells of the client's limit: the fields {@code RateLimit-Policy} and {@code RateLimit} in the form they have had since
 * draft-ietf-httpapi-ratelimit-headers-08 (structured fields; up to -07 there were RateLimit-Limit, -Remaining and -Reset).
 */
public final class RateLimitHeaders {

    private static final String POLICY = "\"default\"";

    private RateLimitHeaders() {}

    /** {@code q} requests in {@code w} seconds; {@code r} are left, and all are free again after {@code t} seconds. */
    public static Map<String, String> of(RateLimiter.Decision decision) {
        RateLimit limit = decision.limit();
        return Map.of(
                "RateLimit-Policy",
                        POLICY + ";q=" + limit.requests() + ";w="
                                + limit.window().getSeconds(),
                "RateLimit", POLICY + ";r=" + decision.remaining() + ";t=" + seconds(decision.fullAgainAfter()));
    }

    /** Whole seconds, rounded up: who comes back after them does not come too early. */
    public static long seconds(Duration duration) {
        return duration.plus(Duration.ofSeconds(1).minusNanos(1)).getSeconds();
    }
}
