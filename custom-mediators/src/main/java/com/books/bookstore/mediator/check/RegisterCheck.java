package com.books.bookstore.mediator.check;

import com.books.bookstore.json.RegistrationDocuments;
import com.books.bookstore.mediator.message.MessageProperties;
import com.books.bookstore.registration.Applicant;
import com.books.bookstore.request.RegistrationBody;

/** A registration whose address is not confirmed yet. */
final class RegisterCheck implements RequestCheck {

    @Override
    public void check(CheckedRequest request) {
        Applicant applicant = RegistrationBody.parse(request.body());
        request.set(MessageProperties.APPLICANT_EMAIL, applicant.email());
        request.set(MessageProperties.APPLICANT_NAMES, RegistrationDocuments.names(applicant));
    }

    @Override
    public boolean readsBody() {
        return true;
    }
}
