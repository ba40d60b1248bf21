package com.books.bookstore.benchmark.load;

/** Who answers. */
enum MeasuredSystem {

    /** The embedded runtime with the bookstore's CARs. */
    BOOKSTORE("bookstore"),
    /** {@link PlainServer}. */
    PLAIN("plain JDBC");

    private final String title;

    MeasuredSystem(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }
}
