package com.books.bookstore.domain;

import java.math.BigDecimal;

/** One kind of discount. {@link OrderPricing} lists the kinds and applies them one after the other. Implementations are thread-safe. */
@FunctionalInterface
public interface LineDiscount {

    /**
     * @param line a line of an order with what earlier discounts have left of its price
     * @return what this discount takes off, with two decimals: not negative, and at most {@link DiscountedLine#remaining()}
     */
    BigDecimal amount(DiscountedLine line);
}
