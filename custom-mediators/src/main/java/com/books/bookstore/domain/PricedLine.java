package com.books.bookstore.domain;

import java.math.BigDecimal;

/** One line of an order with its price. All amounts have two decimals; gross = discount + lineTotal. Immutable. */
public final class PricedLine {

    private final Book book;
    private final int quantity;
    private final BigDecimal gross;
    private final BigDecimal discount;
    private final BigDecimal lineTotal;

    PricedLine(Book book, int quantity, BigDecimal gross, BigDecimal discount) {
        this.book = book;
        this.quantity = quantity;
        this.gross = gross;
        this.discount = discount;
        this.lineTotal = gross.subtract(discount);
    }

    /**
     * A line that was priced elsewhere.
     *
     * @param discount what is taken off the line, from nothing to all of it
     * @throws IllegalArgumentException for a quantity below 1 or a discount out of range
     */
    public static PricedLine of(Book book, int quantity, BigDecimal discount) {
        BigDecimal gross = book.price().multiply(BigDecimal.valueOf(quantity));
        if (quantity < 1 || discount.signum() < 0 || discount.compareTo(gross) > 0) {
            throw new IllegalArgumentException("Book " + book.bookId() + ": quantity or discount is out of range");
        }
        return new PricedLine(book, quantity, gross, discount.setScale(Money.SCALE));
    }

    public int bookId() {
        return book.bookId();
    }

    public String title() {
        return book.title();
    }

    public int quantity() {
        return quantity;
    }

    /** Price of one copy. */
    public BigDecimal unitPrice() {
        return book.price();
    }

    /** Price of all copies before discounts. */
    public BigDecimal gross() {
        return gross;
    }

    /** What quantity tier and promotion take off together. */
    public BigDecimal discount() {
        return discount;
    }

    /** What the line costs. */
    public BigDecimal lineTotal() {
        return lineTotal;
    }

    /** Whether that many copies were there when the catalog was read. */
    public boolean inStock() {
        return quantity <= book.stockQuantity();
    }
}
