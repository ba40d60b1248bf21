package com.books.bookstore.registration;

import java.time.Instant;
import java.util.Optional;

/** A request for an account as an administrator sees it. Immutable. */
public final class RegistrationRequest {

    private final String approvalId;
    private final RegistrationStatus status;
    private final Instant requestedAt;
    private final String email;
    private final String givenName;
    private final String familyName;
    private final RegistrationDecision decision;

    /**
     * @param approvalId  the same for every administrator and in every state
     * @param requestedAt null if the identity server does not say
     * @param email       null if the identity server does not say, like the names
     */
    public RegistrationRequest(
            String approvalId,
            RegistrationStatus status,
            Instant requestedAt,
            String email,
            String givenName,
            String familyName,
            RegistrationDecision decision) {
        this.approvalId = approvalId;
        this.status = status;
        this.requestedAt = requestedAt;
        this.email = email;
        this.givenName = givenName;
        this.familyName = familyName;
        this.decision = decision;
    }

    /** The identity server's name for the request. */
    public String approvalId() {
        return approvalId;
    }

    public RegistrationStatus status() {
        return status;
    }

    public Optional<Instant> requestedAt() {
        return Optional.ofNullable(requestedAt);
    }

    public Optional<String> email() {
        return Optional.ofNullable(email);
    }

    public Optional<String> givenName() {
        return Optional.ofNullable(givenName);
    }

    public Optional<String> familyName() {
        return Optional.ofNullable(familyName);
    }

    public RegistrationDecision decision() {
        return decision;
    }
}
