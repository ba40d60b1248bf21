package com.books.bookstore.domain;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Quantity discounts: a percentage off a line with at least so many copies of one book. Immutable. */
public final class QuantityDiscounts implements LineDiscount {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    /** Lowest quantity of each tier, ascending, and the rate of the tier at the same index. */
    private final int[] quantities;

    private final BigDecimal[] rates;

    private final SortedMap<Integer, BigDecimal> percents;

    private QuantityDiscounts(TreeMap<Integer, BigDecimal> percents) {
        this.percents = Collections.unmodifiableSortedMap(percents);
        quantities = new int[percents.size()];
        rates = new BigDecimal[percents.size()];
        int tier = 0;
        for (Map.Entry<Integer, BigDecimal> entry : percents.entrySet()) {
            quantities[tier] = entry.getKey();
            rates[tier] = Money.rateOf(entry.getValue());
            tier++;
        }
    }

    /**
     * Reads tiers from their written form.
     *
     * @param text {@code quantity:percent} separated by commas, in any order: {@code 5:5,10:10,20:15}; blank or {@code none} for no discounts
     * @throws IllegalArgumentException for anything else, a quantity below 1 or given twice, or a percentage outside 0 to 100
     */
    public static QuantityDiscounts parse(String text) {
        TreeMap<Integer, BigDecimal> percents = new TreeMap<>();
        if (!text.isBlank() && !"none".equals(text)) {
            for (String tier : text.split(",", -1)) {
                String[] parts = tier.split(":", -1);
                if (parts.length != 2) {
                    throw invalid(text, "'" + tier.trim() + "' must be quantity:percent");
                }
                int quantity;
                BigDecimal percent;
                try {
                    quantity = Integer.parseInt(parts[0].trim());
                    percent = new BigDecimal(parts[1].trim());
                } catch (NumberFormatException e) {
                    throw invalid(text, "'" + tier.trim() + "' must be quantity:percent");
                }
                if (quantity < 1 || percent.signum() < 0 || percent.compareTo(HUNDRED) > 0) {
                    throw invalid(text, "'" + tier.trim() + "' is out of range");
                }
                if (percents.put(quantity, percent) != null) {
                    throw invalid(text, "there are two discounts for quantity " + quantity);
                }
            }
        }
        return new QuantityDiscounts(percents);
    }

    @Override
    public BigDecimal amount(DiscountedLine line) {
        return Money.share(line.remaining(), rateFor(line.quantity()));
    }

    /** What is taken off in percent, by the lowest number of copies of each tier, ascending. */
    public SortedMap<Integer, BigDecimal> percents() {
        return percents;
    }

    /**
     * @param quantity copies of one book
     * @return what is taken off that line, as a fraction of 1
     */
    public BigDecimal rateFor(int quantity) {
        for (int tier = quantities.length - 1; tier >= 0; tier--) {
            if (quantity >= quantities[tier]) {
                return rates[tier];
            }
        }
        return BigDecimal.ZERO;
    }

    private static IllegalArgumentException invalid(String text, String why) {
        return new IllegalArgumentException("The quantity discounts '" + text + "' are not valid: " + why);
    }
}
