package com.books.bookstore.domain;

/** An order amounts to more than {@link Money#MAXIMUM}. */
public final class TotalTooLargeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TotalTooLargeException() {
        super("The order total is more than " + Money.MAXIMUM, null, false, false);
    }
}
