package com.books.bookstore.domain;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Objects;

/** A promotion: a code that takes a percentage off every line while it is valid. Immutable. */
public final class Promotion {

    private final String code;
    private final BigDecimal rate;
    private final Instant validFrom;
    private final Instant validUntil;
    private final PromotionUses uses;

    /**
     * A promotion that may be used any number of times.
     *
     * @param code       the code customers give, in upper case
     * @param percentOff more than 0, at most 100
     * @param validFrom  the first moment it is valid
     * @param validUntil the first moment it is no longer valid, or null if it does not end
     */
    public Promotion(String code, BigDecimal percentOff, Instant validFrom, Instant validUntil) {
        this(code, percentOff, validFrom, validUntil, PromotionUses.UNLIMITED);
    }

    /** The same with the uses of the promotion so far. */
    public Promotion(String code, BigDecimal percentOff, Instant validFrom, Instant validUntil, PromotionUses uses) {
        if (percentOff.signum() <= 0 || percentOff.compareTo(BigDecimal.valueOf(100)) > 0) {
            throw new IllegalArgumentException(
                    "The percentage of a promotion must be more than 0 and at most 100, not " + percentOff);
        }
        this.code = Objects.requireNonNull(code, "code");
        this.rate = Money.rateOf(percentOff);
        this.validFrom = Objects.requireNonNull(validFrom, "validFrom");
        this.validUntil = validUntil;
        this.uses = Objects.requireNonNull(uses, "uses");
    }

    public String code() {
        return code;
    }

    /** What is taken off, as a fraction of 1. */
    public BigDecimal rate() {
        return rate;
    }

    public PromotionUses uses() {
        return uses;
    }

    /** Whether the promotion is valid at a moment: from validFrom on, before validUntil. */
    public boolean isValidAt(Instant moment) {
        return !moment.isBefore(validFrom) && (validUntil == null || moment.isBefore(validUntil));
    }
}
