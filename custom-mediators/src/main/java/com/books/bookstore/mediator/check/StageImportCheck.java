package com.books.bookstore.mediator.check;

import com.books.bookstore.mediator.message.MessageProperties;
import com.books.bookstore.request.ImportPart;

/** A part of a file of books. */
final class StageImportCheck implements RequestCheck {

    @Override
    public void check(CheckedRequest request) {
        CallerFields.actor(request);
        ImportPart part = ImportPart.from(request.body());
        request.set(MessageProperties.IMPORT_ID, part.importId());
        request.set(MessageProperties.COLUMNS, part.columns());
        request.set(MessageProperties.IMPORT_ROWS, part.rows());
    }

    @Override
    public boolean readsBody() {
        return true;
    }
}
