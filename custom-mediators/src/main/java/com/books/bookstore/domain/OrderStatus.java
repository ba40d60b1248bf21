package com.books.bookstore.domain;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * The states of an order. API definition, database and storefront have the same list, and a test holds them to this one.
 *
 * <p>The database changes states, in the procedures that lock the order; what {@link #next()} says is what they do.
 */
public enum OrderStatus {
    /** Placed and not delivered. */
    PENDING,
    /** Delivered and paid. */
    COMPLETED,
    /** Not delivered and not paid; its books are back in stock. */
    CANCELLED,
    /** Delivered, paid, and taken back: its books are in stock again, and the customer is paid back. */
    RETURNED;

    /** The name in the API and in the database. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The states that an order in this state can change to. */
    public Set<OrderStatus> next() {
        switch (this) {
            case PENDING:
                return EnumSet.of(COMPLETED, CANCELLED);
            case COMPLETED:
                return EnumSet.of(RETURNED);
            default:
                return EnumSet.noneOf(OrderStatus.class);
        }
    }
}
