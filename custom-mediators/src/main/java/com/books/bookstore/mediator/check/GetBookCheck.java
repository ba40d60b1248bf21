package com.books.bookstore.mediator.check;

/** One book. */
final class GetBookCheck implements RequestCheck {

    @Override
    public void check(CheckedRequest request) {
        PathIds.book(request);
    }
}
