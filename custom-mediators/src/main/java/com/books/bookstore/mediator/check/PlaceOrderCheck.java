package com.books.bookstore.mediator.check;

import com.books.bookstore.mediator.message.MessageProperties;
import com.books.bookstore.request.IdempotencyKey;

/** A new order. */
final class PlaceOrderCheck implements RequestCheck {

    @Override
    public void check(CheckedRequest request) {
        CallerFields.actor(request);
        request.set(MessageProperties.IDEMPOTENCY_KEY, IdempotencyKey.required(request.header("Idempotency-Key")));
        OrderFields.read(request);
    }

    @Override
    public boolean readsBody() {
        return true;
    }
}
