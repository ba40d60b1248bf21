package com.books.bookstore.domain;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Arithmetic on amounts of money: always two decimals, halves rounded away from zero. */
public final class Money {

    /** Decimals of every amount. */
    public static final int SCALE = 2;

    /** No money at all. */
    public static final BigDecimal ZERO = BigDecimal.ZERO.setScale(SCALE);

    /** The largest amount that the database stores, in columns of type {@code DECIMAL(10,2)}. */
    public static final BigDecimal MAXIMUM = new BigDecimal("99999999.99");

    private Money() {}

    /**
     * Gives an amount its two decimals.
     *
     * @param amount any number
     * @return the number rounded half up to two decimals
     */
    public static BigDecimal round(BigDecimal amount) {
        return amount.setScale(SCALE, RoundingMode.HALF_UP);
    }

    /**
     * Takes a share of an amount.
     *
     * @param amount the whole
     * @param rate   the share as a fraction: 0.05 is five percent
     * @return the share, rounded half up to two decimals
     */
    public static BigDecimal share(BigDecimal amount, BigDecimal rate) {
        return rate.signum() == 0 ? ZERO : round(amount.multiply(rate));
    }

    /**
     * Turns a percentage into a fraction.
     *
     * @param percent five percent is 5
     * @return the same as a fraction, exactly: 0.05
     */
    public static BigDecimal rateOf(BigDecimal percent) {
        return percent.movePointLeft(2);
    }
}
