package com.books.bookstore.domain;

import java.math.BigDecimal;

/** The percentage of the promotion whose code the order names. Immutable. */
public final class PromotionDiscount implements LineDiscount {

    /**
     * @throws PromotionNotValidException if the order names a promotion that does not exist or is not valid now
     * @throws PromotionUsedUpException   if it names one that the customer may not use any more
     */
    @Override
    public BigDecimal amount(DiscountedLine line) {
        return line.order()
                .promoCode()
                .map(code -> Money.share(line.remaining(), promotion(code, line).rate()))
                .orElse(Money.ZERO);
    }

    private static Promotion promotion(String code, DiscountedLine line) {
        Promotion valid = line.promotion()
                .filter(promotion -> promotion.code().equalsIgnoreCase(code) && promotion.isValidAt(line.moment()))
                .orElseThrow(PromotionNotValidException::new);
        if (!valid.uses().allowAnother()) {
            throw new PromotionUsedUpException();
        }
        return valid;
    }
}
