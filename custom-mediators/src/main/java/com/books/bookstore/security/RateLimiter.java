package com.books.bookstore.security;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Token buckets, one for each client and one for all of them together. A bucket holds as many requests as its limit allows in its window, and
 * fills up evenly. A request passes if both buckets have one left; a request that does not pass takes nothing from either.
 *
 * <p>For this node only. Bounded: when there are too many clients, the one without requests for the longest time is forgotten, whose bucket is
 * the most likely to be full again; the common limit is not affected. Thread-safe.
 */
public final class RateLimiter {

    private final RateLimit perClient;
    private final RateLimit inAll;
    private final Clock clock;
    private final Instant start;
    private final Map<String, Long> fullAgainAt;
    private long allFullAgainAt;

    /** @param mostClients clients remembered at the same time */
    public RateLimiter(RateLimit perClient, RateLimit inAll, int mostClients, Clock clock) {
        this.perClient = perClient;
        this.inAll = inAll;
        this.clock = clock;
        this.start = clock.instant();
        this.fullAgainAt = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
                return size() > mostClients;
            }
        };
    }

    /** Whether a request passes, and what its client has left. Immutable. */
    public static final class Decision {

        private final RateLimit limit;
        private final int remaining;
        private final Duration retryAfter;
        private final Duration fullAgainAfter;

        private Decision(RateLimit limit, int remaining, Duration retryAfter, Duration fullAgainAfter) {
            this.limit = limit;
            this.remaining = remaining;
            this.retryAfter = retryAfter;
            this.fullAgainAfter = fullAgainAfter;
        }

        public boolean passes() {
            return retryAfter.isZero();
        }

        /** The limit that stopped the request, or that of one client. */
        public RateLimit limit() {
            return limit;
        }

        /** Requests that could follow at once. */
        public int remaining() {
            return remaining;
        }

        /** How long to wait before a request passes; zero if this one did. */
        public Duration retryAfter() {
            return retryAfter;
        }

        /** How long until the whole limit is free again, if no request comes; never less than {@link #retryAfter()}. */
        public Duration fullAgainAfter() {
            return fullAgainAfter;
        }
    }

    /** Takes one request of a client, if it may have it. */
    public synchronized Decision take(String client) {
        long now = Math.max(0, Duration.between(start, clock.instant()).toNanos());
        // A bucket is one number: the moment at which it will be full, which lies one step in the future for every
        // request taken.
        long fullAt = Math.max(now, fullAgainAt.getOrDefault(client, 0L)) + perClient.nanosPerRequest();
        long allFullAt = Math.max(now, allFullAgainAt) + inAll.nanosPerRequest();
        long wait = wait(perClient, fullAt, now);
        if (wait > 0) {
            return refused(perClient, wait, fullAt - now);
        }
        long waitForAll = wait(inAll, allFullAt, now);
        if (waitForAll > 0) {
            return refused(inAll, waitForAll, allFullAt - now);
        }
        fullAgainAt.put(client, fullAt);
        allFullAgainAt = allFullAt;
        return new Decision(
                perClient, (int) (-wait / perClient.nanosPerRequest()), Duration.ZERO, Duration.ofNanos(fullAt - now));
    }

    /** @param fullAfter nanoseconds until the bucket would be full if the request had passed */
    private static Decision refused(RateLimit limit, long wait, long fullAfter) {
        return new Decision(
                limit,
                0,
                Duration.ofNanos(wait),
                Duration.ofNanos(Math.max(wait, fullAfter - limit.nanosPerRequest())));
    }

    private static long wait(RateLimit limit, long fullAt, long now) {
        return fullAt - now - limit.requests() * limit.nanosPerRequest();
    }

    synchronized int rememberedClients() {
        return fullAgainAt.size();
    }
}
