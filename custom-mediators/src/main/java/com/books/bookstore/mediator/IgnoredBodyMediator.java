package com.books.bookstore.mediator;

import com.books.bookstore.mediator.message.HttpRequest;
import com.books.bookstore.mediator.message.JsonPayload;
import java.util.Set;
import org.apache.synapse.MessageContext;

/**
 * Drops the body of a request whose method gives bodies no meaning (RFC 9110, section 9.3), before anything reads it: Micro Integrator would
 * parse it at the first call of a data service, and end the flow if it cannot. Thread-safe.
 */
public class IgnoredBodyMediator extends BookstoreMediator {

    private static final Set<String> WITHOUT_BODY = Set.of("GET", "HEAD", "DELETE", "OPTIONS");

    @Override
    void handle(MessageContext message) {
        String method = new HttpRequest(message).method();
        if (method != null && WITHOUT_BODY.contains(method)) {
            JsonPayload.discardUnread(message);
        }
    }
}
