package com.books.bookstore.mediator.check;

/** The completion or the return of an order. */
final class CompleteOrderCheck implements RequestCheck {

    @Override
    public void check(CheckedRequest request) {
        PathIds.order(request);
        CallerFields.actor(request);
    }
}
