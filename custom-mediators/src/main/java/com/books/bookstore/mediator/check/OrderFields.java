package com.books.bookstore.mediator.check;

import com.books.bookstore.domain.OrderRequest;
import com.books.bookstore.mediator.message.MessageProperties;
import com.books.bookstore.request.OrderBody;

/** The fields of an order in a body. */
final class OrderFields {

    private OrderFields() {}

    static void read(CheckedRequest request) {
        OrderRequest order = OrderBody.parse(request.body());
        request.set(MessageProperties.ORDER_REQUEST, order);
        request.set(MessageProperties.BOOK_IDS, OrderBody.bookIds(order));
        request.set(MessageProperties.PROMO_CODE, order.promoCode().orElse(""));
        request.set(MessageProperties.FINGERPRINT, OrderBody.fingerprint(order));
    }
}
