package com.books.bookstore.request;

import com.books.bookstore.registration.RegistrationStatus;
import java.util.Optional;
import java.util.Set;

/** Which requests for accounts an administrator wants to see. Immutable. */
public final class RegistrationQuery {

    private static final Set<String> PARAMETERS = Page.with("status", "next");

    private final RegistrationStatus status;
    private final PlacedPage page;

    private RegistrationQuery(RegistrationStatus status, PlacedPage page) {
        this.status = status;
        this.page = page;
    }

    /**
     * Reads {@code status} (pending unless given), {@code limit}, {@code offset} and {@code next}.
     *
     * @throws com.books.bookstore.problem.ProblemException {@code invalid_request} naming every wrong one
     */
    public static RegistrationQuery from(QueryParameters query) {
        FieldErrors errors = new FieldErrors();
        query.refuseOthersThan(PARAMETERS, errors);
        Optional<RegistrationStatus> status =
                RegistrationStatus.of(query.get("status").orElse(RegistrationStatus.PENDING.code()));
        if (status.isEmpty()) {
            errors.add("status", "must be pending or approved or rejected or failed");
        }
        PlacedPage page = PlacedPage.from(query, "registrations", errors);
        errors.throwIfAny();
        return new RegistrationQuery(status.get(), page);
    }

    public RegistrationStatus status() {
        return status;
    }

    public PlacedPage page() {
        return page;
    }
}
