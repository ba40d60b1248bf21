package com.books.bookstore.identity.registration;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * Holds names and email addresses for the moment between the check that they are free and the row that makes the request
 * visible to the next check, so that of two simultaneous requests for one name the second is refused.
 *
 * <p>Works within one server; between the nodes of a cluster the moment stays open. A reservation that is never released
 * (the request failed half-way) ends by itself. Thread-safe.
 */
public final class Reservations {

    private final Map<ApplicantKey, Instant> heldUntil = new HashMap<>();
    private final Duration longest;
    private final Clock clock;

    /**
     * @param longest after this time a forgotten reservation ends
     */
    public Reservations(Duration longest, Clock clock) {
        this.longest = longest;
        this.clock = clock;
    }

    /** Takes all keys or none. @return whether all were free */
    public synchronized boolean reserve(Collection<ApplicantKey> keys) {
        Instant now = clock.instant();
        heldUntil.values().removeIf(end -> !end.isAfter(now));
        if (keys.stream().anyMatch(heldUntil::containsKey)) {
            return false;
        }
        keys.forEach(key -> heldUntil.put(key, now.plus(longest)));
        return true;
    }

    /** Gives keys back; those not held are ignored. */
    public synchronized void release(Collection<ApplicantKey> keys) {
        keys.forEach(heldUntil::remove);
    }
}
