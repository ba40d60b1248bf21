package com.books.bookstore.mediator.check;

import com.books.bookstore.mediator.message.MessageProperties;
import com.books.bookstore.request.RegistrationBody;

/** A registration. */
final class RegisterCheck implements RequestCheck {

    @Override
    public void check(CheckedRequest request) {
        request.set(MessageProperties.APPLICANT, RegistrationBody.parse(request.body(), request.passwordPolicy()));
    }

    @Override
    public boolean readsBody() {
        return true;
    }
}
