package com.books.bookstore.mediator.check;

import com.books.bookstore.mediator.message.MessageProperties;
import com.books.bookstore.request.AuditQuery;

/** A page of the audit. */
final class ListAuditEventsCheck implements RequestCheck {

    @Override
    public void check(CheckedRequest request) {
        AuditQuery query = AuditQuery.from(request.query());
        request.set(MessageProperties.AUDIT_KIND, query.kind());
        request.set(MessageProperties.DATE, query.day());
        request.setPage(query.page());
    }
}
