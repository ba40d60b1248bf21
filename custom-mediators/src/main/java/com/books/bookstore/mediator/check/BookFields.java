package com.books.bookstore.mediator.check;

import com.books.bookstore.mediator.message.MessageProperties;
import com.books.bookstore.request.BookData;

/** The fields of a book in a body. */
final class BookFields {

    private BookFields() {}

    static void read(CheckedRequest request, BookData book) {
        request.set(MessageProperties.TITLE, book.title());
        request.set(MessageProperties.AUTHOR, book.author());
        request.set(MessageProperties.ISBN, book.isbn());
        request.set(MessageProperties.DETAILS, book.details().json());
        request.set(MessageProperties.PRICE, book.price().toPlainString());
        request.set(
                MessageProperties.STOCK_QUANTITY,
                book.stockQuantity().isPresent()
                        ? Integer.toString(book.stockQuantity().getAsInt())
                        : "");
    }
}
