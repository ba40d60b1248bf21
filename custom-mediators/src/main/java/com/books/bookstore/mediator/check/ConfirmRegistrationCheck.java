package com.books.bookstore.mediator.check;

import com.books.bookstore.mediator.message.MessageProperties;
import com.books.bookstore.request.ConfirmationBody;

/** The confirmation of an address, with a password. */
final class ConfirmRegistrationCheck implements RequestCheck {

    @Override
    public void check(CheckedRequest request) {
        request.set(MessageProperties.CONFIRMATION, ConfirmationBody.parse(request.body(), request.passwordPolicy()));
    }

    @Override
    public boolean readsBody() {
        return true;
    }
}
