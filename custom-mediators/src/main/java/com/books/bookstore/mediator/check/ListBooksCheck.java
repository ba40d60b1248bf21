package com.books.bookstore.mediator.check;

import com.books.bookstore.request.BookQuery;

/** The list of books: search text, order and page. */
final class ListBooksCheck implements RequestCheck {

    @Override
    public void check(CheckedRequest request) {
        request.setBooks(BookQuery.from(request.query()));
    }
}
