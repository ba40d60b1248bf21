package com.books.bookstore.mediator.check;

import com.books.bookstore.request.PlacedPage;

/** The history of an order. */
final class ListOrderHistoryCheck implements RequestCheck {

    @Override
    public void check(CheckedRequest request) {
        PathIds.order(request);
        request.setPage(PlacedPage.from(request.query(), "history"));
    }
}
