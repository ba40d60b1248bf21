package com.books.bookstore.domain;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/** What a discount can depend on: a line, the order it is part of, and what earlier discounts have left of its price. Immutable. */
public final class DiscountedLine {

    private final Book book;
    private final int quantity;
    private final BigDecimal remaining;
    private final OrderRequest order;
    private final Catalog catalog;
    private final Instant moment;

    DiscountedLine(Book book, int quantity, BigDecimal remaining, OrderRequest order, Catalog catalog, Instant moment) {
        this.book = book;
        this.quantity = quantity;
        this.remaining = remaining;
        this.order = order;
        this.catalog = catalog;
        this.moment = moment;
    }

    /** The same line after a discount. */
    DiscountedLine less(BigDecimal discount) {
        return new DiscountedLine(book, quantity, remaining.subtract(discount), order, catalog, moment);
    }

    public Book book() {
        return book;
    }

    /** Copies of the book. */
    public int quantity() {
        return quantity;
    }

    /** Price of all copies less the earlier discounts, two decimals. */
    public BigDecimal remaining() {
        return remaining;
    }

    public OrderRequest order() {
        return order;
    }

    /** The promotion of the code that the order names, if there is one. */
    public Optional<Promotion> promotion() {
        return catalog.promotion();
    }

    /** When the order is priced. */
    public Instant moment() {
        return moment;
    }
}
