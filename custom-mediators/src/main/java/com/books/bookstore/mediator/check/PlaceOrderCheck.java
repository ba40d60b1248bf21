package com.books.bookstore.mediator.check;

import com.books.bookstore.mediator.message.MessageProperties;
import com.books.bookstore.request.IdempotencyKey;
import com.books.bookstore.request.OrderBody;

/** A new order. */
final class PlaceOrderCheck implements RequestCheck {

    @Override
    public void check(CheckedRequest request) {
        CallerFields.actor(request);
        request.set(MessageProperties.IDEMPOTENCY_KEY, IdempotencyKey.required(request.header("Idempotency-Key")));
        OrderFields.set(request, OrderBody.parse(request.body(), request.deliveryRule()));
    }

    @Override
    public boolean readsBody() {
        return true;
    }
}
