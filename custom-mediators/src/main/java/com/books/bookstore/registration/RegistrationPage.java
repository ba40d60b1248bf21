package com.books.bookstore.registration;

import java.util.List;
import java.util.Optional;

/** A part of a list of requests for accounts, and how long the whole list is. Immutable. */
public final class RegistrationPage {

    private final List<RegistrationRequest> requests;
    private final int total;
    private final String next;

    /** @param next JSON array of the place from which the next part goes on; null if this is the last one */
    public RegistrationPage(List<RegistrationRequest> requests, int total, String next) {
        this.requests = List.copyOf(requests);
        this.total = total;
        this.next = next;
    }

    public List<RegistrationRequest> requests() {
        return requests;
    }

    public int total() {
        return total;
    }

    public Optional<String> next() {
        return Optional.ofNullable(next);
    }
}
