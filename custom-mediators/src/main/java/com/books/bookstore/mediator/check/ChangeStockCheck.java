package com.books.bookstore.mediator.check;

import com.books.bookstore.mediator.message.MessageProperties;
import com.books.bookstore.request.IdempotencyKey;
import com.books.bookstore.request.StockMovementBody;

/** Copies of a book that came or went. */
final class ChangeStockCheck implements RequestCheck {

    @Override
    public void check(CheckedRequest request) {
        PathIds.book(request);
        CallerFields.actor(request);
        request.set(MessageProperties.IDEMPOTENCY_KEY, IdempotencyKey.required(request.header("Idempotency-Key")));
        StockMovementBody movement = StockMovementBody.from(request.body());
        request.set(MessageProperties.MOVEMENT_TYPE, movement.type().code());
        request.set(MessageProperties.STOCK_CHANGE, Integer.toString(movement.change()));
        request.set(MessageProperties.REASON, movement.reason());
    }

    @Override
    public boolean readsBody() {
        return true;
    }
}
