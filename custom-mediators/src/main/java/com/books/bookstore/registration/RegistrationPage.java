package com.books.bookstore.registration;

import java.util.List;

/** A part of a list of requests for accounts, and how long the whole list is. Immutable. */
public final class RegistrationPage {

    private final List<RegistrationRequest> requests;
    private final int total;

    public RegistrationPage(List<RegistrationRequest> requests, int total) {
        this.requests = List.copyOf(requests);
        this.total = total;
    }

    public List<RegistrationRequest> requests() {
        return requests;
    }

    public int total() {
        return total;
    }
}
