package com.books.bookstore.mediator.check;

import com.books.bookstore.mediator.message.MessageProperties;

/** The approval of a registration. */
final class ApproveRegistrationCheck implements RequestCheck {

    @Override
    public void check(CheckedRequest request) {
        request.set(MessageProperties.APPROVAL_ID, PathIds.opaque(request, "approvalId"));
        request.set(MessageProperties.REASON, "");
        CallerFields.actor(request);
    }
}
