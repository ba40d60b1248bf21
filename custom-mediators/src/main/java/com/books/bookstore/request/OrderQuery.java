package com.books.bookstore.request;

import java.util.List;

/** Which orders a caller wants to see. Immutable. */
public final class OrderQuery {

    private static final List<String> STATUSES = List.of("pending", "completed", "cancelled");

    private final String status;
    private final Page page;

    private OrderQuery(String status, Page page) {
        this.status = status;
        this.page = page;
    }

    /**
     * Reads {@code status}, {@code limit} and {@code offset}.
     *
     * @throws com.books.bookstore.problem.ProblemException {@code invalid_request} naming every wrong one
     */
    public static OrderQuery from(QueryParameters query) {
        FieldErrors errors = new FieldErrors();
        String status = Choice.optional(query, "status", STATUSES, errors);
        Page page = Page.from(query, errors);
        errors.throwIfAny();
        return new OrderQuery(status, page);
    }

    /** The state of the orders, empty for any. */
    public String status() {
        return status;
    }

    public Page page() {
        return page;
    }
}
