package com.books.bookstore.mediator.check;

import com.books.bookstore.mediator.message.MessageProperties;
import com.books.bookstore.request.RejectionBody;

/** The rejection of a registration, with its reason. */
final class RejectRegistrationCheck implements RequestCheck {

    @Override
    public void check(CheckedRequest request) {
        request.set(MessageProperties.APPROVAL_ID, PathIds.opaque(request, "approvalId"));
        request.set(MessageProperties.REASON, RejectionBody.reason(request.body()));
        CallerFields.actor(request);
    }

    @Override
    public boolean readsBody() {
        return true;
    }
}
