package com.books.bookstore.mediator.check;

import com.books.bookstore.mediator.message.MessageProperties;
import com.books.bookstore.request.IfMatch;

/** The deletion of a book; the version is optional. */
final class DeleteBookCheck implements RequestCheck {

    @Override
    public void check(CheckedRequest request) {
        PathIds.book(request);
        request.set(MessageProperties.EXPECTED_VERSION, IfMatch.optional(request.header("If-Match")));
    }
}
