package com.books.bookstore.registration;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Where a request for an account stands. */
public enum RegistrationStatus {
    PENDING,
    APPROVED,
    REJECTED,
    /** It ended without an account and without a rejection: the account could not be created, or the request was dropped. */
    FAILED;

    /** The name in the API. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The status of a name in the API. */
    public static Optional<RegistrationStatus> of(String code) {
        return Stream.of(values()).filter(status -> status.code().equals(code)).findFirst();
    }
}
