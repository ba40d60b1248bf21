package com.books.bookstore.domain;

/** How often a promotion has been used, and how often it may be. Cancelled orders do not count. Immutable. */
public final class PromotionUses {

    /** A promotion that is not limited. */
    public static final PromotionUses UNLIMITED = new PromotionUses(0, null, 0, null);

    private final int uses;
    private final Integer maximum;
    private final int usesByCustomer;
    private final Integer maximumPerCustomer;

    /**
     * @param uses               orders with the code
     * @param maximum            such orders at most, or null for any number
     * @param usesByCustomer     orders of the customer with the code
     * @param maximumPerCustomer such orders at most, or null for any number
     */
    public PromotionUses(int uses, Integer maximum, int usesByCustomer, Integer maximumPerCustomer) {
        this.uses = uses;
        this.maximum = maximum;
        this.usesByCustomer = usesByCustomer;
        this.maximumPerCustomer = maximumPerCustomer;
    }

    /** Whether the customer may use the promotion once more. */
    public boolean allowAnother() {
        return (maximum == null || uses < maximum)
                && (maximumPerCustomer == null || usesByCustomer < maximumPerCustomer);
    }
}
