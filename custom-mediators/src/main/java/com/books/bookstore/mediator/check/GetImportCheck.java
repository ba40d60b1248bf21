package com.books.bookstore.mediator.check;

import com.books.bookstore.mediator.message.MessageProperties;
import com.books.bookstore.request.ImportQuery;

/** The lines of a file of books, before or after it is applied. */
final class GetImportCheck implements RequestCheck {

    @Override
    public void check(CheckedRequest request) {
        PathIds.imported(request);
        CallerFields.actor(request);
        ImportQuery query = ImportQuery.from(request.query());
        request.set(MessageProperties.LINE_RESULT, query.result());
        request.setPage(query.page());
    }
}
