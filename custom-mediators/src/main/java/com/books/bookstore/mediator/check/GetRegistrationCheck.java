package com.books.bookstore.mediator.check;

import com.books.bookstore.mediator.message.MessageProperties;

/** The state of a registration. */
final class GetRegistrationCheck implements RequestCheck {

    @Override
    public void check(CheckedRequest request) {
        request.set(MessageProperties.REGISTRATION_ID, PathIds.opaque(request, "registrationId"));
    }
}
