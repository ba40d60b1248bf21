package com.books.bookstore.mediator.message;

import com.books.bookstore.security.RateLimit;
import com.books.bookstore.security.RateLimiter;
import java.time.Duration;
import java.util.Map;

/**
 * The client's limit as headers of an answer: the fields {@code RateLimit-Policy} and {@code RateLimit} in the form they have had since
 * draft-ietf-httpapi-ratelimit-headers-08 (structured fields; up to -07 there were RateLimit-Limit, -Remaining and -Reset).
 */
public final class RateLimitHeaders {

    private static final String POLICY = "\"default\"";

    private RateLimitHeaders() {}

    /** {@code q} requests in {@code w} seconds; {@code r} are left, and all are free again after {@code t} seconds. */
    static Map<String, String> of(RateLimiter.Decision decision) {
        RateLimit limit = decision.limit();
        return Map.of(
                "RateLimit-Policy",
                        POLICY + ";q=" + limit.requests() + ";w="
                                + limit.window().toSeconds(),
                "RateLimit", POLICY + ";r=" + decision.remaining() + ";t=" + seconds(decision.fullAgainAfter()));
    }

    /** The field {@code Retry-After}: whole seconds, at least 1. */
    public static String retryAfter(RateLimiter.Decision decision) {
        return Long.toString(Math.max(1, seconds(decision.retryAfter())));
    }

    /** Whole seconds, rounded up, so that no client comes back too early. */
    private static long seconds(Duration duration) {
        return duration.plus(Duration.ofSeconds(1).minusNanos(1)).toSeconds();
    }
}
