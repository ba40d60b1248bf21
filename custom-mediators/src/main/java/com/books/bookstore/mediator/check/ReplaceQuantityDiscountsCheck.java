package com.books.bookstore.mediator.check;

import com.books.bookstore.mediator.message.MessageProperties;
import com.books.bookstore.request.IfMatch;
import com.books.bookstore.request.QuantityDiscountsBody;

/** Other quantity discounts; the caller has to name the version that they replace. */
final class ReplaceQuantityDiscountsCheck implements RequestCheck {

    @Override
    public void check(CheckedRequest request) {
        request.set(MessageProperties.EXPECTED_VERSION, IfMatch.required(request.header("If-Match")));
        CallerFields.actor(request);
        request.set(MessageProperties.QUANTITY_TIERS, QuantityDiscountsBody.tiers(request.body()));
    }

    @Override
    public boolean readsBody() {
        return true;
    }
}
