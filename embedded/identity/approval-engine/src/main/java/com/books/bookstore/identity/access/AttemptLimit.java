package com.books.bookstore.identity.access;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Slows down guessing: after {@value #FREE} wrong passwords for one account, each further one has to wait, one second first and twice
 * as long each time, up to a minute. An attempt is counted before the password is checked, so that attempts sent at once are not all
 * checked. A right password clears the account. Keeps the {@value #MOST_ACCOUNTS} accounts tried last. Thread-safe.
 */
public final class AttemptLimit {

    static final int FREE = 5;
    static final int MOST_ACCOUNTS = 10_000;
    static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    private final Clock clock;
    private final Map<String, Account> accounts = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Account> eldest) {
            return size() > MOST_ACCOUNTS;
        }
    };

    /** @param clock tells when a wait is over */
    public AttemptLimit(Clock clock) {
        this.clock = clock;
    }

    private static final class Account {
        private int wrong;
        private int checking;
        private Instant blockedUntil = Instant.MIN;
    }

    /**
     * Counts an attempt that is about to be checked; {@link #right} or {@link #wrong} has to follow.
     *
     * @param account one name for one account, whatever the letters in which it was sent
     * @return how long the caller has to wait instead, or zero when the attempt may be checked
     */
    public synchronized Duration begin(String account) {
        Account tried = accounts.computeIfAbsent(account, name -> new Account());
        Instant now = clock.instant();
        if (now.isBefore(tried.blockedUntil)) {
            return Duration.between(now, tried.blockedUntil);
        }
        if (tried.checking > 0 && tried.wrong + tried.checking >= FREE) {
            return Duration.ofSeconds(1);
        }
        tried.checking++;
        return Duration.ZERO;
    }

    /** The attempt had the right password. */
    public synchronized void right(String account) {
        accounts.remove(account);
    }

    /** The attempt had a wrong password, or could not be checked. */
    public synchronized void wrong(String account) {
        Account tried = accounts.computeIfAbsent(account, name -> new Account());
        tried.checking = Math.max(0, tried.checking - 1);
        tried.wrong++;
        if (tried.wrong >= FREE) {
            Duration wait = Duration.ofSeconds(1L << Math.min(tried.wrong - FREE, 10));
            tried.blockedUntil = clock.instant().plus(wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT);
        }
    }
}
