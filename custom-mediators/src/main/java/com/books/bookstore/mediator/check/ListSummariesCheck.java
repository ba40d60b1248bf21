package com.books.bookstore.mediator.check;

import com.books.bookstore.mediator.message.MessageProperties;
import com.books.bookstore.request.Days;

/** The summaries of a range of days. */
final class ListSummariesCheck implements RequestCheck {

    @Override
    public void check(CheckedRequest request) {
        Days days = Days.from(request.query(), request.today());
        request.set(MessageProperties.FROM, days.from().toString());
        request.set(MessageProperties.TO, days.to().toString());
    }
}
