package com.books.bookstore.request;

import java.util.List;
import java.util.Set;

/** Which lines of an import a caller wants to see. Immutable. */
public final class ImportQuery {

    private static final List<String> RESULTS = List.of("wrong", "changed", "new", "unchanged");
    private static final Set<String> PARAMETERS = Page.with("result");

    private final String result;
    private final Page page;

    private ImportQuery(String result, Page page) {
        this.result = result;
        this.page = page;
    }

    /**
     * Reads {@code result}, {@code limit} and {@code offset}.
     *
     * @throws com.books.bookstore.problem.ProblemException {@code invalid_request} naming every wrong one
     */
    public static ImportQuery from(QueryParameters query) {
        FieldErrors errors = new FieldErrors();
        query.refuseOthersThan(PARAMETERS, errors);
        String result = query.get("result").isPresent() ? query.choice("result", RESULTS, errors) : "";
        Page page = Page.from(query, errors);
        errors.throwIfAny();
        return new ImportQuery(result, page);
    }

    /** Empty for all lines. */
    public String result() {
        return result;
    }

    public Page page() {
        return page;
    }
}
