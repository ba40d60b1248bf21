package com.books.bookstore.mediator.check;

import com.books.bookstore.mediator.message.MessageProperties;
import com.books.bookstore.mediator.message.WrongArtifactException;
import com.books.bookstore.security.Caller;

/** What the data services need to know of the caller. */
final class CallerFields {

    /** The scope that shows the orders of all customers. */
    static final String READ_ALL = "orders:read_all";
    /** The scope that allows staff to process the orders of all customers. */
    static final String PROCESS = "orders:process";

    private CallerFields() {}

    /** The name that the order history shows. */
    static void actor(CheckedRequest request) {
        Caller caller = request.caller();
        request.set(MessageProperties.ACTOR, caller.email().orElse(caller.subject()));
    }

    /**
     * The customer whose orders the caller may use. Empty texts stand for all customers, so a caller without a subject or an email address
     * is an error and never an empty text.
     *
     * @param scopeForAll the scope that allows the orders of all customers
     */
    static void owner(CheckedRequest request, String scopeForAll) {
        Caller caller = request.caller();
        if (caller.hasScope(scopeForAll)) {
            request.set(MessageProperties.OWNER_SUBJECT, "");
            request.set(MessageProperties.OWNER_EMAIL, "");
            return;
        }
        if (caller.subject().isEmpty()) {
            throw new WrongArtifactException("The caller has no subject");
        }
        request.set(MessageProperties.OWNER_SUBJECT, caller.subject());
        request.set(
                MessageProperties.OWNER_EMAIL,
                caller.email().orElseThrow(() -> new WrongArtifactException("The caller has no email address")));
    }
}
