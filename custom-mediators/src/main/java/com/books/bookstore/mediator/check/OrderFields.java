package com.books.bookstore.mediator.check;

import com.books.bookstore.domain.OrderRequest;
import com.books.bookstore.mediator.message.MessageProperties;
import com.books.bookstore.request.OrderBody;

/** What the data services need to know of an order. */
final class OrderFields {

    private OrderFields() {}

    static void set(CheckedRequest request, OrderRequest order) {
        request.set(MessageProperties.ORDER_REQUEST, order);
        request.set(MessageProperties.BOOK_IDS, OrderBody.bookIds(order));
        request.set(MessageProperties.PROMO_CODE, order.promoCode().orElse(""));
        request.set(MessageProperties.FINGERPRINT, OrderBody.fingerprint(order));
    }
}
