package com.books.bookstore.mediator.check;

import com.books.bookstore.request.Page;

/** A page of promotions. */
final class ListPromotionsCheck implements RequestCheck {

    @Override
    public void check(CheckedRequest request) {
        request.setPage(Page.from(request.query()));
    }
}
