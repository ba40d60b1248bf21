package com.books.bookstore.identity.throttle;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Slows down guessing. It counts refused passwords by account and network address together, by account alone and by address alone;
 * after a number of free ones each further one has to wait, twice as long each time. An attempt is counted before its password is
 * looked at, so that attempts sent at once are not all looked at. Accounts that do not exist count like those that do.
 *
 * <p>The limits for an account alone are wide and its waits are short: wrong passwords from one address do not keep the owner out at
 * another. Keeps the 10,000 entries used last, in memory. Thread safe.
 */
public final class SignInThrottle {

    /** Free attempts for one account from one address. */
    public static final int FREE_ATTEMPTS = 5;

    /** After so long without a refused password the free attempts start again. */
    public static final Duration MEMORY = Duration.ofHours(1);

    private static final Rule ACCOUNT_AND_ADDRESS =
            new Rule(FREE_ATTEMPTS, Duration.ofSeconds(15), Duration.ofMinutes(15), MEMORY);
    private static final Rule ACCOUNT =
            new Rule(20, Duration.ofSeconds(1), Duration.ofSeconds(30), Duration.ofMinutes(15));
    private static final Rule ADDRESS =
            new Rule(50, Duration.ofSeconds(5), Duration.ofMinutes(5), Duration.ofMinutes(15));

    private static final int IPV6_NETWORK_BYTES = 8;
    private static final int REMEMBERED = 10_000;
    private static final int MOST_DOUBLINGS = 20;
    private static final Duration WAIT_FOR_OTHERS = Duration.ofSeconds(1);

    private static final class Rule {

        private final int free;
        private final Duration firstWait;
        private final Duration longestWait;
        private final Duration memory;

        Rule(int free, Duration firstWait, Duration longestWait, Duration memory) {
            this.free = free;
            this.firstWait = firstWait;
            this.longestWait = longestWait;
            this.memory = memory;
        }

        Duration waitAfter(int failures) {
            if (failures < free) {
                return Duration.ZERO;
            }
            Duration wait = firstWait.multipliedBy(1L << Math.min(failures - free, MOST_DOUBLINGS));
            return wait.compareTo(longestWait) < 0 ? wait : longestWait;
        }
    }

    /** What one rule counts by: an account, an address, or both. */
    private static final class Key {

        private final Rule rule;
        private final String account;
        private final String address;

        Key(Rule rule, String account, String address) {
            this.rule = rule;
            this.account = account;
            this.address = address;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key
                    && rule == ((Key) other).rule
                    && account.equals(((Key) other).account)
                    && address.equals(((Key) other).address);
        }

        @Override
        public int hashCode() {
            return Objects.hash(account, address);
        }
    }

    private static final class Attempts {
        private int failures;
        private int running;
        private Instant lastFailure = Instant.MIN;
    }

    private final Clock clock;
    private final Map<Key, Attempts> entries = new LinkedHashMap<>(16, 0.75f, true) {

        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Attempts> eldest) {
            return size() > REMEMBERED;
        }
    };

    public SignInThrottle(Clock clock) {
        this.clock = clock;
    }

    private static List<Key> keys(String account, String address) {
        String network = network(address);
        return List.of(
                new Key(ACCOUNT_AND_ADDRESS, account, network),
                new Key(ACCOUNT, account, ""),
                new Key(ADDRESS, "", network));
    }

    /** An IPv6 address counts by its network of 64 bits: one household has all addresses of it. */
    private static String network(String address) {
        if (address.indexOf(':') < 0) {
            return address;
        }
        try {
            // No look-up: a name has no colon.
            byte[] bytes = InetAddress.getByName(address).getAddress();
            return Arrays.toString(Arrays.copyOf(bytes, Math.min(bytes.length, IPV6_NETWORK_BYTES)));
        } catch (UnknownHostException e) {
            return address;
        }
    }

    /**
     * Counts an attempt that is about to be looked at. When this returns zero, {@link #refused}, {@link #accepted} or
     * {@link #cancelled} has to follow.
     *
     * @param account one name for one account, however it was typed
     * @return how long to wait before the password may be looked at; zero when that may be done now
     */
    public synchronized Duration begin(String account, String address) {
        List<Key> keys = keys(account, address);
        Duration wait =
                keys.stream().map(this::waitingTime).max(Duration::compareTo).orElse(Duration.ZERO);
        if (wait.isZero()) {
            keys.forEach(key -> entry(key).running++);
        }
        return wait;
    }

    private Duration waitingTime(Key key) {
        // Makes no entry: refused attempts with ever new names must not push out what is remembered of others.
        Attempts entry = entries.get(key);
        if (entry == null) {
            return Duration.ZERO;
        }
        Instant now = clock.instant();
        if (entry.lastFailure.isAfter(Instant.MIN)
                && entry.lastFailure.plus(key.rule.memory).isBefore(now)) {
            entry.failures = 0;
        }
        if (entry.failures >= key.rule.free) {
            Instant free = entry.lastFailure.plus(key.rule.waitAfter(entry.failures));
            if (free.isAfter(now)) {
                return Duration.between(now, free);
            }
            return entry.running > 0 ? WAIT_FOR_OTHERS : Duration.ZERO;
        }
        return entry.failures + entry.running >= key.rule.free ? WAIT_FOR_OTHERS : Duration.ZERO;
    }

    private Attempts entry(Key key) {
        return entries.computeIfAbsent(key, ignored -> new Attempts());
    }

    private void end(Key key) {
        Attempts entry = entry(key);
        entry.running = Math.max(0, entry.running - 1);
    }

    /** The password was wrong, or there is no such account. */
    public synchronized void refused(String account, String address) {
        for (Key key : keys(account, address)) {
            end(key);
            Attempts entry = entry(key);
            entry.failures++;
            entry.lastFailure = clock.instant();
        }
    }

    /** The password was right: the account's counters start again. The address keeps its own, or one known password would clear it. */
    public synchronized void accepted(String account, String address) {
        for (Key key : keys(account, address)) {
            end(key);
            if (key.rule != ADDRESS) {
                entry(key).failures = 0;
            }
        }
    }

    /** The password could not be looked at. */
    public synchronized void cancelled(String account, String address) {
        keys(account, address).forEach(this::end);
    }
}
