package com.books.bookstore.mediator.check;

import com.books.bookstore.mediator.message.MessageProperties;
import com.books.bookstore.request.RegistrationQuery;

/** The list of registrations in one state. */
final class ListRegistrationsCheck implements RequestCheck {

    @Override
    public void check(CheckedRequest request) {
        RegistrationQuery query = RegistrationQuery.from(request.query());
        request.set(MessageProperties.STATUS, query.status().code());
        request.setPage(query.page());
    }
}
