package com.books.bookstore.registration;

import java.time.Instant;
import java.util.Optional;

/** What the identity server tells of a decision on a registration. Immutable. */
public final class RegistrationDecision {

    /** Of a registration that waits. */
    public static final RegistrationDecision NONE = new RegistrationDecision(null, null, null);

    private final Instant at;
    private final String by;
    private final String reason;

    /**
     * @param at     null if it is not known
     * @param by     the administrator's user name, null if it is not known
     * @param reason null if there is none, or it is not known
     */
    public RegistrationDecision(Instant at, String by, String reason) {
        this.at = at;
        this.by = by;
        this.reason = reason;
    }

    public Optional<Instant> at() {
        return Optional.ofNullable(at);
    }

    public Optional<String> by() {
        return Optional.ofNullable(by);
    }

    public Optional<String> reason() {
        return Optional.ofNullable(reason);
    }
}
