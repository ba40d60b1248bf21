package com.books.bookstore.domain;

import java.util.Locale;

/**
 * Why staff change a stock. Orders change it too: the database records those movements as {@code sold} and {@code cancelled}.
 */
public enum StockMovementType {
    /** Copies came from a supplier. */
    RECEIVED(1),
    /** A customer brought copies back. */
    RETURNED(1),
    /** Copies can no longer be sold. */
    DAMAGED(-1),
    /** A count found more or fewer copies than the stock said. */
    COUNTED(0);

    /** 1 for copies that come, -1 for copies that go, 0 if both are possible. */
    private final int direction;

    StockMovementType(int direction) {
        this.direction = direction;
    }

    /** The name in the API and in the database. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The smallest quantity that a movement of this type has. */
    public int minimumQuantity() {
        return direction == 0 ? -Stock.MAXIMUM : 1;
    }

    /**
     * What a movement adds to the stock. Movements are differences and never a new stock, so that their order does not matter and none of
     * them hides a sale.
     *
     * @param quantity from {@link #minimumQuantity()} to {@link Stock#MAXIMUM}, not 0
     */
    public int change(int quantity) {
        if (quantity == 0 || quantity < minimumQuantity() || quantity > Stock.MAXIMUM) {
            throw new IllegalArgumentException("No movement of the type " + code() + " has the quantity " + quantity);
        }
        return direction < 0 ? -quantity : quantity;
    }
}
