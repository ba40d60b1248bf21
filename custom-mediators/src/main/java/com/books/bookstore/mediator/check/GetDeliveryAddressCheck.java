package com.books.bookstore.mediator.check;

import com.books.bookstore.mediator.message.MessageProperties;

/** The customer's last delivery address, and whether the shop wants one. */
final class GetDeliveryAddressCheck implements RequestCheck {

    @Override
    public void check(CheckedRequest request) {
        request.set(MessageProperties.DELIVERY_RULE, request.deliveryRule());
    }
}
