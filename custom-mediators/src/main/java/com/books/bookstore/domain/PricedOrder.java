package com.books.bookstore.domain;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** An order whose lines have their prices. Lines are in ascending order of their books' numbers. Immutable. */
public final class PricedOrder {

    private final List<PricedLine> lines;
    private final String promoCode;
    private final DeliveryAddress deliveryAddress;

    PricedOrder(List<PricedLine> lines, String promoCode, DeliveryAddress deliveryAddress) {
        this.lines = List.copyOf(lines);
        this.promoCode = promoCode;
        this.deliveryAddress = deliveryAddress;
    }

    /**
     * An order whose lines were priced elsewhere, with an unknown promotion.
     *
     * @param lines of distinct books, ascending by their numbers
     * @throws IllegalArgumentException for lines in another order, or none
     */
    public static PricedOrder of(Collection<PricedLine> lines) {
        int previous = 0;
        for (PricedLine line : lines) {
            if (line.bookId() <= previous) {
                throw new IllegalArgumentException("The lines are not in ascending order of distinct books");
            }
            previous = line.bookId();
        }
        if (lines.isEmpty()) {
            throw new IllegalArgumentException("An order must have at least one line");
        }
        return new PricedOrder(List.copyOf(lines), null, null);
    }

    public List<PricedLine> lines() {
        return lines;
    }

    /** The promotion code that was applied. */
    public Optional<String> promoCode() {
        return Optional.ofNullable(promoCode);
    }

    /** Where the order is delivered, as it was requested. */
    public Optional<DeliveryAddress> deliveryAddress() {
        return Optional.ofNullable(deliveryAddress);
    }
}
