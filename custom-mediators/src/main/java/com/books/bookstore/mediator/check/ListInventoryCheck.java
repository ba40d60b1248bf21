package com.books.bookstore.mediator.check;

import com.books.bookstore.mediator.message.MessageProperties;
import com.books.bookstore.request.InventoryQuery;

/** The list of books for staff: search text with ISBN, stock, order and page. */
final class ListInventoryCheck implements RequestCheck {

    @Override
    public void check(CheckedRequest request) {
        InventoryQuery query = InventoryQuery.from(request.query());
        request.set(MessageProperties.PATTERN, query.pattern());
        request.set(MessageProperties.ISBN, query.isbn());
        request.set(MessageProperties.MAX_STOCK, Integer.toString(query.maxStock()));
        request.set(MessageProperties.SORT, query.sort());
        request.setPage(query.page());
    }
}
