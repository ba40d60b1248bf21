package com.books.bookstore.domain;

/** The limits of a book's stock. */
public final class Stock {

    /**
     * The most copies that staff may bring a stock to. The database stores twice as many, so that copies of cancelled orders always fit.
     */
    public static final int MAXIMUM = 1_000_000_000;

    private Stock() {}
}
