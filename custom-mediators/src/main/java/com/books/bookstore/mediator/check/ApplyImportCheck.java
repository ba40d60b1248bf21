package com.books.bookstore.mediator.check;

import com.books.bookstore.mediator.message.MessageProperties;
import com.books.bookstore.request.ImportBody;

/** A file of books that is applied; the caller says how many lines it has. */
final class ApplyImportCheck implements RequestCheck {

    @Override
    public void check(CheckedRequest request) {
        PathIds.imported(request);
        CallerFields.actor(request);
        request.set(MessageProperties.LINES, Integer.toString(ImportBody.lines(request.body())));
    }

    @Override
    public boolean readsBody() {
        return true;
    }
}
