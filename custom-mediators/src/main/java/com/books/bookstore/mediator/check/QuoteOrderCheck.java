package com.books.bookstore.mediator.check;

import com.books.bookstore.mediator.message.MessageProperties;
import com.books.bookstore.request.OrderBody;

/** A quote: an order that is priced but not placed. */
final class QuoteOrderCheck implements RequestCheck {

    @Override
    public void check(CheckedRequest request) {
        request.set(MessageProperties.IDEMPOTENCY_KEY, "");
        OrderFields.set(request, OrderBody.parse(request.body()));
    }

    @Override
    public boolean readsBody() {
        return true;
    }
}
