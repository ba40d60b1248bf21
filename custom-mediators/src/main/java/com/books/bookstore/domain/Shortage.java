package com.books.bookstore.domain;

/** A line of an order that the stock is too small for. Immutable. */
public final class Shortage {

    private final Book book;
    private final int requested;

    Shortage(Book book, int requested) {
        this.book = book;
        this.requested = requested;
    }

    public int bookId() {
        return book.bookId();
    }

    public String title() {
        return book.title();
    }

    /** Copies wanted. */
    public int requested() {
        return requested;
    }

    /** Copies there are. */
    public int available() {
        return book.stockQuantity();
    }
}
