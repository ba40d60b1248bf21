package com.books.bookstore.mediator.check;

/** The cancellation of an order: the caller's own, or any with the scope {@code orders:process}. */
final class CancelOrderCheck implements RequestCheck {

    @Override
    public void check(CheckedRequest request) {
        PathIds.order(request);
        CallerFields.actor(request);
        CallerFields.owner(request, CallerFields.PROCESS);
    }
}
