package com.books.bookstore.request;

import java.util.List;

/** Which mails an operator wants to see. Immutable. */
public final class MailQuery {

    private static final List<String> STATUSES = List.of("waiting", "sent", "dead");

    private final String status;
    private final Page page;

    private MailQuery(String status, Page page) {
        this.status = status;
        this.page = page;
    }

    /**
     * Reads {@code status}, {@code limit} and {@code offset}.
     *
     * @throws com.books.bookstore.problem.ProblemException {@code invalid_request} naming every wrong one
     */
    public static MailQuery from(QueryParameters query) {
        FieldErrors errors = new FieldErrors();
        String status = Choice.optional(query, "status", STATUSES, errors);
        Page page = Page.from(query, errors);
        errors.throwIfAny();
        return new MailQuery(status, page);
    }

    /** The state of the mails, empty for any. */
    public String status() {
        return status;
    }

    public Page page() {
        return page;
    }
}
