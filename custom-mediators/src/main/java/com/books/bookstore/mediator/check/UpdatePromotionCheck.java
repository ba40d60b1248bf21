package com.books.bookstore.mediator.check;

import com.books.bookstore.mediator.message.MessageProperties;
import com.books.bookstore.request.IfMatch;
import com.books.bookstore.request.PromotionData;

/** A changed promotion; the caller has to name the version that it replaces. */
final class UpdatePromotionCheck implements RequestCheck {

    @Override
    public void check(CheckedRequest request) {
        PromotionFields.code(request);
        request.set(MessageProperties.EXPECTED_VERSION, IfMatch.required(request.header("If-Match")));
        CallerFields.actor(request);
        PromotionFields.set(request, PromotionData.ofReplacement(request.body()));
    }

    @Override
    public boolean readsBody() {
        return true;
    }
}
