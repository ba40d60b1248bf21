package com.books.bookstore.domain;

import java.math.BigDecimal;

/** The sales tax, as a fraction of the price: 0.08 is eight percent. Immutable. */
public final class TaxRate {

    /** The database keeps four decimals. */
    private static final int MAX_DECIMALS = 4;

    private final BigDecimal value;

    private TaxRate(BigDecimal value) {
        this.value = value;
    }

    /**
     * @param text a number from 0 to 1 with at most four decimals
     * @throws IllegalArgumentException for anything else
     */
    public static TaxRate parse(String text) {
        BigDecimal value;
        try {
            value = new BigDecimal(text.trim());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("The tax rate '" + text + "' must be a number");
        }
        if (value.signum() < 0
                || value.compareTo(BigDecimal.ONE) > 0
                || value.stripTrailingZeros().scale() > MAX_DECIMALS) {
            throw new IllegalArgumentException("The tax rate '" + text
                    + "' must be a fraction from 0 to 1 with at most " + MAX_DECIMALS + " decimals");
        }
        return new TaxRate(value.setScale(MAX_DECIMALS));
    }

    public BigDecimal value() {
        return value;
    }
}
