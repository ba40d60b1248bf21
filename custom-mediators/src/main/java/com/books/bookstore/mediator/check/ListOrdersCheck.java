package com.books.bookstore.mediator.check;

import com.books.bookstore.mediator.message.MessageProperties;
import com.books.bookstore.request.StatusQuery;

/** The list of orders: the caller's own, or all with the scope {@code orders:read_all}. */
final class ListOrdersCheck implements RequestCheck {

    @Override
    public void check(CheckedRequest request) {
        StatusQuery query = StatusQuery.ofOrders(request.query());
        request.set(MessageProperties.STATUS, query.status());
        request.setPage(query.page());
        CallerFields.owner(request, CallerFields.READ_ALL);
    }
}
