package com.books.bookstore.mediator.check;

import com.books.bookstore.mediator.message.MessageProperties;
import com.books.bookstore.problem.ProblemException;
import com.books.bookstore.problem.ProblemType;
import com.books.bookstore.request.PromotionData;
import java.util.Locale;

/** What the data services need to know of a promotion. */
final class PromotionFields {

    private PromotionFields() {}

    /** The code in the path. One of the wrong form does not exist. */
    static void code(CheckedRequest request) {
        String code = request.pathVariable("code");
        if (code == null || !PromotionData.isCode(code)) {
            throw new ProblemException(ProblemType.PROMOTION_NOT_FOUND);
        }
        request.set(MessageProperties.PROMO_CODE, code.toUpperCase(Locale.ROOT));
    }

    static void set(CheckedRequest request, PromotionData promotion) {
        request.set(MessageProperties.PERCENT, promotion.percentOff().toPlainString());
        request.set(MessageProperties.FROM, promotion.from());
        request.set(MessageProperties.TO, promotion.until());
        request.set(MessageProperties.MAX_USES, promotion.maxUses());
        request.set(MessageProperties.MAX_USES_PER_CUSTOMER, promotion.maxUsesPerCustomer());
    }
}
