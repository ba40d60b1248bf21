package com.books.bookstore.mediator.check;

import com.books.bookstore.request.BookData;

/** A new book. */
final class CreateBookCheck implements RequestCheck {

    @Override
    public void check(CheckedRequest request) {
        BookFields.read(request, BookData.ofNewBook(request.body()));
        CallerFields.actor(request);
    }

    @Override
    public boolean readsBody() {
        return true;
    }
}
