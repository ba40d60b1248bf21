package com.books.bookstore.mediator.check;

/** One order or its payment: the caller's own, or any with the scope {@code orders:read_all}. */
final class GetOrderCheck implements RequestCheck {

    @Override
    public void check(CheckedRequest request) {
        PathIds.order(request);
        CallerFields.owner(request, CallerFields.READ_ALL);
    }
}
