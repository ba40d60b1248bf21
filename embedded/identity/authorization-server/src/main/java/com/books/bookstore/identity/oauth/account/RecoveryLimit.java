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
        String byEmail = "email " + email;
        String byClient = "client " + client;
        Deque<Instant> ofEmail = recent(byEmail);
        Deque<Instant> ofClient = recent(byClient);
        if (ofEmail.size() >= PER_EMAIL || ofClient.size() >= PER_CLIENT) {
            return false;
        }
        ofEmail.add(clock.instant());
        ofClient.add(clock.instant());
        // Only now: refused requests for ever new addresses must not push out what is remembered of others.
        requests.put(byEmail, ofEmail);
        requests.put(byClient, ofClient);
        return true;
    }

    private Deque<Instant> recent(String key) {
        Deque<Instant> times = requests.getOrDefault(key, new ArrayDeque<>());
        Instant since = clock.instant().minus(WINDOW);
        while (!times.isEmpty() && times.peek().isBefore(since)) {
            times.remove();
        }
        return times;
    }
}
