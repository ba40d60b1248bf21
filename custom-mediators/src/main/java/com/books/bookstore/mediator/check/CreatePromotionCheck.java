package com.books.bookstore.mediator.check;

import com.books.bookstore.mediator.message.MessageProperties;
import com.books.bookstore.request.PromotionData;

/** A new promotion. */
final class CreatePromotionCheck implements RequestCheck {

    @Override
    public void check(CheckedRequest request) {
        CallerFields.actor(request);
        PromotionData promotion = PromotionData.ofNewPromotion(request.body());
        request.set(MessageProperties.PROMO_CODE, promotion.code());
        PromotionFields.set(request, promotion);
    }

    @Override
    public boolean readsBody() {
        return true;
    }
}
