package com.books.bookstore.mediator.check;

import com.books.bookstore.request.PlacedPage;

/** The history of a book's stock. */
final class ListStockMovementsCheck implements RequestCheck {

    @Override
    public void check(CheckedRequest request) {
        PathIds.book(request);
        request.setPage(PlacedPage.from(request.query(), "movements"));
    }
}
