package com.books.bookstore.request;

import java.util.List;
import java.util.Set;

/** What a caller wants to see of the catalog. Immutable. */
public final class BookQuery {

    private static final Set<String> PARAMETERS = Page.with("q", "sort", "order");
    private static final int MAX_SEARCH_LENGTH = 200;
    private static final List<String> SORTS = List.of("title", "price");
    static final List<String> ORDERS = List.of("asc", "desc");

    private final String pattern;
    private final String sort;
    private final Page page;

    private BookQuery(String pattern, String sort, Page page) {
        this.pattern = pattern;
        this.sort = sort;
        this.page = page;
    }

    /**
     * Reads {@code q}, {@code sort}, {@code order}, {@code limit} and {@code offset}.
     *
     * @throws com.books.bookstore.problem.ProblemException {@code invalid_request} naming every wrong one
     */
    public static BookQuery from(QueryParameters query) {
        FieldErrors errors = new FieldErrors();
        query.refuseOthersThan(PARAMETERS, errors);
        String search = query.search("q", MAX_SEARCH_LENGTH, errors);
        String sort = query.choice("sort", SORTS, errors) + "_" + query.choice("order", ORDERS, errors);
        Page page = Page.from(query, errors);
        errors.throwIfAny();
        return new BookQuery(search.isEmpty() ? "%" : LikePatterns.containing(search), sort, page);
    }

    /** An SQL LIKE pattern, escape character {@code !}, that matches every book the caller searches for. */
    public String pattern() {
        return pattern;
    }

    /** {@code title_asc}, {@code title_desc}, {@code price_asc} or {@code price_desc}. */
    public String sort() {
        return sort;
    }

    public Page page() {
        return page;
    }
}
