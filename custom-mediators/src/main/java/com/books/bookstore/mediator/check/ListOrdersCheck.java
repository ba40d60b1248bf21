package com.books.bookstore.mediator.check;

import com.books.bookstore.json.Json;
import com.books.bookstore.mediator.message.MessageProperties;
import com.books.bookstore.request.OrderQuery;
import com.books.bookstore.request.SearchText;

/** The list of orders: the caller's own, or all with the scope {@code orders:read_all}. */
final class ListOrdersCheck implements RequestCheck {

    @Override
    public void check(CheckedRequest request) {
        OrderQuery query = OrderQuery.from(request.query());
        request.set(MessageProperties.STATUS, query.status());
        request.set(MessageProperties.SOUGHT_ORDER_ID, Integer.toString(query.orderId()));
        request.set(MessageProperties.CUSTOMER, query.customer());
        request.set(MessageProperties.BOOK, json(query.book()));
        request.set(MessageProperties.FROM, query.from());
        request.set(MessageProperties.TO, query.to());
        request.set(MessageProperties.OLDEST_FIRST, query.oldestFirst() ? "1" : "0");
        request.setPage(query.page());
        CallerFields.owner(request, CallerFields.READ_ALL);
    }

    /** As the procedure {@code list_orders} takes it. */
    private static String json(SearchText book) {
        return book.isEmpty()
                ? ""
                : Json.write(json -> {
                    json.writeStartObject();
                    json.writeFieldName("words");
                    json.writeArray(
                            book.words().toArray(String[]::new), 0, book.words().size());
                    json.writeStringField("isbn", book.isbn());
                    json.writeEndObject();
                });
    }
}
