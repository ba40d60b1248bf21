package com.books.bookstore.mediator.check;

/** A new book. */
final class CreateBookCheck implements RequestCheck {

    @Override
    public void check(CheckedRequest request) {
        BookFields.read(request);
    }

    @Override
    public boolean readsBody() {
        return true;
    }
}
