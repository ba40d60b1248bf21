package com.books.bookstore.request;

import java.util.List;
import java.util.Set;

/** Which lines of an import a caller wants to see. Immutable. */
public final class ImportQuery {

    private static final List<String> RESULTS = List.of("wrong", "changed", "new", "unchanged");
    private static final Set<String> PARAMETERS = Page.with("next", "result");

    private final String result;
    private final PlacedPage page;

    private ImportQuery(String result, PlacedPage page) {
        this.result = result;
        this.page = page;
    }

    /**
     * Reads {@code result}, {@code limit}, {@code offset} and {@code next}.
     *
     * @throws com.books.bookstore.problem.ProblemException {@code invalid_request} naming every wrong one
     */
    public static ImportQuery from(QueryParameters query) {
        FieldErrors errors = new FieldErrors();
        query.refuseOthersThan(PARAMETERS, errors);
        String result = query.get("result").isPresent() ? query.choice("result", RESULTS, errors) : "";
        PlacedPage page = PlacedPage.from(query, "import-" + result, errors);
        errors.throwIfAny();
        return new ImportQuery(result, page);
    }

    /** Empty for all lines. */
    public String result() {
        return result;
    }

    public PlacedPage page() {
        return page;
    }
}
