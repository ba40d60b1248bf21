package com.books.bookstore.mediator.check;

import com.books.bookstore.request.PlacedPage;

/** A page of promotions. */
final class ListPromotionsCheck implements RequestCheck {

    @Override
    public void check(CheckedRequest request) {
        request.setPage(PlacedPage.from(request.query(), "promotions"));
    }
}
