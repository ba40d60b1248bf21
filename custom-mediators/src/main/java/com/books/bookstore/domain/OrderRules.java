package com.books.bookstore.domain;

/** The limits of an order. Lines that name the same book count as one line with the sum of their quantities. */
public final class OrderRules {

    /** Different books in one order. */
    public static final int MAX_BOOKS = 100;

    /** Copies of one book in one order. */
    public static final int MAX_QUANTITY = 999;

    private OrderRules() {}
}
