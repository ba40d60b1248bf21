package com.books.bookstore.request;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which part of a list is wanted. Immutable. */
public final class Page {

    static final int DEFAULT_LIMIT = 20;
    static final int MAX_LIMIT = 100;
    /** The database reads all rows before it, so that a larger one would cost more with every page. */
    static final int MAX_OFFSET = 10_000;

    private final int limit;
    private final int offset;

    private Page(int limit, int offset) {
        this.limit = limit;
        this.offset = offset;
    }

    /** The parameters of a list: those of a page and the given ones. */
    static Set<String> with(String... others) {
        Set<String> parameters = new HashSet<>(Set.of("limit", "offset"));
        parameters.addAll(List.of(others));
        return Set.copyOf(parameters);
    }

    /** Reads {@code limit} and {@code offset}, and notes wrong ones. */
    static Page from(QueryParameters query, FieldErrors errors) {
        Page page = new Page(
                query.number("limit", 1, MAX_LIMIT, DEFAULT_LIMIT, errors),
                query.number("offset", 0, Integer.MAX_VALUE, 0, errors));
        if (page.offset > MAX_OFFSET) {
            errors.add(
                    "offset", "must be at most " + MAX_OFFSET + "; further pages are found by next of the page before");
        }
        return page;
    }

    /** Rows at most, 1 to {@value #MAX_LIMIT}. */
    public int limit() {
        return limit;
    }

    /** Rows to skip. */
    public int offset() {
        return offset;
    }
}
