package com.books.bookstore.mediator.check;

import com.books.bookstore.mediator.message.MessageProperties;
import com.books.bookstore.request.BookData;
import com.books.bookstore.request.IfMatch;

/** A changed book; the caller has to name the version that it replaces. */
final class UpdateBookCheck implements RequestCheck {

    @Override
    public void check(CheckedRequest request) {
        PathIds.book(request);
        request.set(MessageProperties.EXPECTED_VERSION, IfMatch.required(request.header("If-Match")));
        CallerFields.actor(request);
        BookFields.read(request, BookData.ofReplacement(request.body()));
    }

    @Override
    public boolean readsBody() {
        return true;
    }
}
