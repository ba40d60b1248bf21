package com.books.bookstore.domain;

/** One book and how many copies of it are wanted. Immutable. */
public final class OrderLine {

    private final int bookId;
    private final int quantity;

    /**
     * @param bookId   the book's number, from 1
     * @param quantity copies, 1 to {@value OrderRules#MAX_QUANTITY}
     * @throws IllegalArgumentException outside these limits
     */
    public OrderLine(int bookId, int quantity) {
        if (bookId < 1) {
            throw new IllegalArgumentException("Book numbers start at 1, not " + bookId);
        }
        if (quantity < 1 || quantity > OrderRules.MAX_QUANTITY) {
            throw new IllegalArgumentException(
                    "A quantity must be from 1 to " + OrderRules.MAX_QUANTITY + ", not " + quantity);
        }
        this.bookId = bookId;
        this.quantity = quantity;
    }

    public int bookId() {
        return bookId;
    }

    public int quantity() {
        return quantity;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof OrderLine
                && ((OrderLine) other).bookId == bookId
                && ((OrderLine) other).quantity == quantity;
    }

    @Override
    public int hashCode() {
        return 31 * bookId + quantity;
    }

    @Override
    public String toString() {
        return quantity + " x book " + bookId;
    }
}
