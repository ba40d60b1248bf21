package com.books.bookstore.request;

import java.time.LocalDate;
import java.util.List;
import java.util.Set;

/** Which events of the audit a caller wants to see. Immutable. */
public final class AuditQuery {

    private static final List<String> KINDS = List.of(
            "price_changed",
            "promotion_changed",
            "promotion_created",
            "quantity_discounts_changed",
            "registration_approved",
            "registration_rejected",
            "stock_changed");
    private static final Set<String> PARAMETERS = Page.with("kind", "day", "next");

    private final String kind;
    private final String day;
    private final PlacedPage page;

    private AuditQuery(String kind, String day, PlacedPage page) {
        this.kind = kind;
        this.day = day;
        this.page = page;
    }

    /**
     * Reads {@code kind}, {@code day}, {@code limit}, {@code offset} and {@code next}.
     *
     * @throws com.books.bookstore.problem.ProblemException {@code invalid_request} naming every wrong one
     */
    public static AuditQuery from(QueryParameters query) {
        FieldErrors errors = new FieldErrors();
        query.refuseOthersThan(PARAMETERS, errors);
        String kind = query.get("kind").orElse("");
        if (query.get("kind").isPresent() && !KINDS.contains(kind)) {
            errors.add("kind", "must be " + String.join(" or ", KINDS));
        }
        String day = Days.day(query, "day", errors).map(LocalDate::toString).orElse("");
        PlacedPage page = PlacedPage.from(query, "audit", errors);
        errors.throwIfAny();
        return new AuditQuery(kind, day, page);
    }

    /** Empty for any. */
    public String kind() {
        return kind;
    }

    /** As 2026-11-22, in UTC; empty for any. */
    public String day() {
        return day;
    }

    public PlacedPage page() {
        return page;
    }
}
