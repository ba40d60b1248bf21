package com.books.bookstore.mediator.check;

import com.books.bookstore.request.BookQuery;

/** The list of books for staff: search text with ISBN, stock, order and page. */
final class ListInventoryCheck implements RequestCheck {

    @Override
    public void check(CheckedRequest request) {
        request.setBooks(BookQuery.ofStaff(request.query()));
    }
}
