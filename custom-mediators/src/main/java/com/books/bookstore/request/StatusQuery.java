package com.books.bookstore.request;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which part of a list a caller wants to see, and in what state. Immutable. */
public final class StatusQuery {

    private static final Set<String> PARAMETERS = Page.with("status", "next");
    private static final List<String> MAILS = List.of("waiting", "sent", "dead");

    private final String status;
    private final PlacedPage page;

    private StatusQuery(String status, PlacedPage page) {
        this.status = status;
        this.page = page;
    }

    /**
     * Reads {@code status}, {@code limit}, {@code offset} and {@code next} of a list of emails.
     *
     * @throws com.books.bookstore.problem.ProblemException {@code invalid_request} naming every wrong one
     */
    public static StatusQuery ofMails(QueryParameters query) {
        return of(query, MAILS);
    }

    private static StatusQuery of(QueryParameters query, List<String> statuses) {
        FieldErrors errors = new FieldErrors();
        query.refuseOthersThan(PARAMETERS, errors);
        Optional<String> status = query.get("status");
        if (status.isPresent() && !statuses.contains(status.get())) {
            errors.add("status", "must be " + String.join(" or ", statuses));
        }
        PlacedPage page = PlacedPage.from(query, "emails", errors);
        errors.throwIfAny();
        return new StatusQuery(status.orElse(""), page);
    }

    /** Empty for any. */
    public String status() {
        return status;
    }

    public PlacedPage page() {
        return page;
    }
}
