package com.books.bookstore.mediator.check;

import com.books.bookstore.mediator.message.MessageProperties;
import com.books.bookstore.request.IdempotencyKey;
import com.books.bookstore.request.RegistrationEmailBody;

/** An email about a registration that the identity server has written. */
final class SubmitRegistrationEmailCheck implements RequestCheck {

    @Override
    public void check(CheckedRequest request) {
        request.set(MessageProperties.IDEMPOTENCY_KEY, IdempotencyKey.requiredUuid(request.header("Idempotency-Key")));
        RegistrationEmailBody body = RegistrationEmailBody.parse(request.body());
        request.set(MessageProperties.MAIL_KIND, body.kind());
        request.set(MessageProperties.MAIL_RECIPIENT, body.recipient());
        request.set(MessageProperties.MAIL_DOCUMENT, body.email().json());
    }

    @Override
    public boolean readsBody() {
        return true;
    }
}
