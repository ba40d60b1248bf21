package com.books.bookstore.identity.oauth.signin;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Counts refused passwords by user name and by network address, and says when either has to wait. User names that do not
 * exist count like those that do. Thread safe.
 */
public final class SignInThrottle {

    public static final int FAILURES_PER_USER = 5;
    public static final int FAILURES_PER_ADDRESS = 50;
    public static final Duration WINDOW = Duration.ofMinutes(1);

    private static final int REMEMBERED = 10_000;

    private final Clock clock;
    private final Map<String, Deque<Instant>> failures = new LinkedHashMap<>() {

        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Deque<Instant>> eldest) {
            return size() > REMEMBERED;
        }
    };

    public SignInThrottle(Clock clock) {
        this.clock = clock;
    }

    /** How long this user has to wait before a password is looked at; zero when not at all. */
    public synchronized Duration waitingTime(String userName, String address) {
        Duration forUser = waitingTime(userKey(userName), FAILURES_PER_USER);
        Duration forAddress = waitingTime(addressKey(address), FAILURES_PER_ADDRESS);
        return forUser.compareTo(forAddress) > 0 ? forUser : forAddress;
    }

    private Duration waitingTime(String key, int allowed) {
        Deque<Instant> recent = failures.get(key);
        if (recent == null) {
            return Duration.ZERO;
        }
        Instant now = clock.instant();
        while (!recent.isEmpty() && !recent.peekFirst().plus(WINDOW).isAfter(now)) {
            recent.removeFirst();
        }
        if (recent.isEmpty()) {
            failures.remove(key);
        }
        return recent.size() < allowed
                ? Duration.ZERO
                : Duration.between(now, recent.peekFirst().plus(WINDOW));
    }

    public synchronized void failed(String userName, String address) {
        Instant now = clock.instant();
        failures.computeIfAbsent(userKey(userName), key -> new ArrayDeque<>()).addLast(now);
        failures.computeIfAbsent(addressKey(address), key -> new ArrayDeque<>()).addLast(now);
    }

    public synchronized void succeeded(String userName) {
        failures.remove(userKey(userName));
    }

    private static String userKey(String userName) {
        return "user " + userName.strip().toLowerCase(Locale.ROOT);
    }

    private static String addressKey(String address) {
        return "address " + address;
    }
}
