package com.books.bookstore.mediator.check;

import com.books.bookstore.mediator.message.MessageProperties;
import com.books.bookstore.request.BookQuery;

/** The list of books: search text, order and page. */
final class ListBooksCheck implements RequestCheck {

    @Override
    public void check(CheckedRequest request) {
        BookQuery query = BookQuery.from(request.query());
        request.set(MessageProperties.PATTERN, query.pattern());
        request.set(MessageProperties.SORT, query.sort());
        request.setPage(query.page());
    }
}
