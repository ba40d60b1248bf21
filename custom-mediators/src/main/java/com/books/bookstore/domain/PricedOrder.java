package com.books.bookstore.domain;

import java.util.List;
import java.util.Optional;

/** An order whose lines have their prices. Lines are in ascending order of their books' numbers. Immutable. */
public final class PricedOrder {

    private final List<PricedLine> lines;
    private final String promoCode;

    PricedOrder(List<PricedLine> lines, String promoCode) {
        this.lines = List.copyOf(lines);
        this.promoCode = promoCode;
    }

    public List<PricedLine> lines() {
        return lines;
    }

    /** The promotion code that was applied. */
    public Optional<String> promoCode() {
        return Optional.ofNullable(promoCode);
    }
}
