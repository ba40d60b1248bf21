package com.books.bookstore.mediator.check;

/** One promotion. */
final class GetPromotionCheck implements RequestCheck {

    @Override
    public void check(CheckedRequest request) {
        PromotionFields.code(request);
    }
}
