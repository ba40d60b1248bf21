package com.books.bookstore.domain;

import java.math.BigDecimal;
import java.util.Objects;

/** A book on sale, as it was read at one moment. Immutable. */
public final class Book {

    private final int bookId;
    private final String title;
    private final BigDecimal price;
    private final int stockQuantity;

    /**
     * @param price         price of one copy, not negative, at most two decimals
     * @param stockQuantity copies that can be ordered, not negative
     */
    public Book(int bookId, String title, BigDecimal price, int stockQuantity) {
        if (price.signum() < 0) {
            throw new IllegalArgumentException("The price of book " + bookId + " is negative");
        }
        if (stockQuantity < 0) {
            throw new IllegalArgumentException("The stock of book " + bookId + " is negative");
        }
        this.bookId = bookId;
        this.title = Objects.requireNonNull(title, "title");
        // A third decimal would be a mistake upstream; it must not be rounded away in silence.
        this.price = price.setScale(Money.SCALE);
        this.stockQuantity = stockQuantity;
    }

    public int bookId() {
        return bookId;
    }

    public String title() {
        return title;
    }

    public BigDecimal price() {
        return price;
    }

    public int stockQuantity() {
        return stockQuantity;
    }
}
