package com.books.bookstore.mediator.check;

import com.books.bookstore.mediator.message.MessageProperties;
import com.books.bookstore.request.NoteBody;

/** A note on an order. */
final class AddOrderNoteCheck implements RequestCheck {

    @Override
    public void check(CheckedRequest request) {
        PathIds.order(request);
        request.set(MessageProperties.NOTE, NoteBody.note(request.body()));
        CallerFields.actor(request);
    }

    @Override
    public boolean readsBody() {
        return true;
    }
}
