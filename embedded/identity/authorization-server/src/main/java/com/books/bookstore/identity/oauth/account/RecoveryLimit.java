package com.books.bookstore.identity.oauth.account;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/** How many recovery emails an address gets, and a client asks for, in an hour. Keeps the 10,000 entries used last. Thread safe. */
final class RecoveryLimit {

    static final int PER_EMAIL = 3;
    static final int PER_CLIENT = 20;

    private static final Duration WINDOW = Duration.ofHours(1);
    private static final int REMEMBERED = 10_000;

    private final Clock clock;
    private final Map<String, Deque<Instant>> requests = new LinkedHashMap<>(16, 0.75f, true) {

        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Deque<Instant>> eldest) {
            return size() > REMEMBERED;
        }
    };

    RecoveryLimit(Clock clock) {
        this.clock = clock;
    }

    /** Counts a request, unless there were too many. */
    synchronized boolean allows(String email, String client) {
        Deque<Instant> ofEmail = recent("email " + email);
        Deque<Instant> ofClient = recent("client " + client);
        if (ofEmail.size() >= PER_EMAIL || ofClient.size() >= PER_CLIENT) {
            return false;
        }
        ofEmail.add(clock.instant());
        ofClient.add(clock.instant());
        return true;
    }

    private Deque<Instant> recent(String key) {
        Deque<Instant> times = requests.computeIfAbsent(key, none -> new ArrayDeque<>());
        Instant since = clock.instant().minus(WINDOW);
        while (!times.isEmpty() && times.peek().isBefore(since)) {
            times.remove();
        }
        return times;
    }
}
