package com.books.bookstore.mediator.check;

import com.books.bookstore.mediator.message.MessageProperties;
import com.books.bookstore.request.Days;

/** The summary of one day. */
final class GetSummaryCheck implements RequestCheck {

    @Override
    public void check(CheckedRequest request) {
        request.set(
                MessageProperties.DATE,
                Days.upToToday("date", request.pathVariable("date"), request.today())
                        .toString());
    }
}
