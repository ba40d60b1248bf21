package com.books.bookstore.request;

import java.util.List;

/** What a caller wants to see of the catalog. Immutable. */
public final class BookQuery {

    private static final int MAX_SEARCH_LENGTH = 200;
    private static final List<String> SORTS = List.of("title", "price");
    private static final List<String> ORDERS = List.of("asc", "desc");

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
        String search = query.get("q").map(Texts::clean).orElse("");
        if (Texts.length(search) > MAX_SEARCH_LENGTH) {
            errors.add("q", "must have at most " + MAX_SEARCH_LENGTH + " characters");
        } else if (Texts.hasForbiddenCharacters(search)) {
            errors.add("q", "must not contain control characters");
        }
        String sort = choice(query, "sort", SORTS, errors) + "_" + choice(query, "order", ORDERS, errors);
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

    private static String choice(QueryParameters query, String name, List<String> choices, FieldErrors errors) {
        String value = query.get(name).orElse(choices.get(0));
        if (!choices.contains(value)) {
            errors.add(name, "must be " + String.join(" or ", choices));
        }
        return value;
    }
}
