package com.books.bookstore.mediator.check;

/** A request to send an email again. */
final class RequeueMailCheck implements RequestCheck {

    @Override
    public void check(CheckedRequest request) {
        PathIds.mail(request);
    }
}
