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

    /** Whether that many copies were there when the catalogue was read. */
    public boolean inStock() {
        return quantity <= book.stockQuantity();
    }
}
