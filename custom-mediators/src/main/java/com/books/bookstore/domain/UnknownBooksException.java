package com.books.bookstore.domain;

import java.util.List;

/** An order names books that are not on sale. */
public final class UnknownBooksException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<Integer> bookIds;

    UnknownBooksException(List<Integer> bookIds) {
        super("Books not on sale: " + bookIds, null, false, false);
        this.bookIds = List.copyOf(bookIds);
    }

    /** Every such book, ascending. */
    public List<Integer> bookIds() {
        return bookIds;
    }
}
