package com.books.bookstore.mediator.check;

import com.books.bookstore.mediator.message.MessageProperties;
import com.books.bookstore.request.StatusQuery;

/** The list of emails in the outbox. */
final class ListMailsCheck implements RequestCheck {

    @Override
    public void check(CheckedRequest request) {
        StatusQuery query = StatusQuery.ofMails(request.query());
        request.set(MessageProperties.STATUS, query.status());
        request.setPage(query.page());
    }
}
