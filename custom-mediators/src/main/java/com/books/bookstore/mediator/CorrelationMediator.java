package com.books.bookstore.mediator;

import static com.books.bookstore.mediator.message.MessageProperties.text;

import com.books.bookstore.correlation.CorrelationContext;
import com.books.bookstore.correlation.CorrelationId;
import com.books.bookstore.mediator.message.HttpAnswer;
import com.books.bookstore.mediator.message.HttpRequest;
import com.books.bookstore.mediator.message.MessageProperties;
import org.apache.synapse.MessageContext;
import org.apache.synapse.core.axis2.Axis2MessageContext;

/**
 * Gives a request the id by which it can be followed; to be used first in every resource, and in the fault sequence.
 *
 * <p>In: the header {@code X-Correlation-ID}; a value that is not 1 to 64 of {@code A-Z a-z 0-9 . _ -} counts as none. Out:
 * {@link MessageProperties#CORRELATION_ID}, and the thread's log context; {@link MessageProperties#CROSS_ORIGIN} if the request has an
 * {@code Origin}, while its headers are still there. {@link HttpAnswer} puts both into every answer. Run again on the same message it keeps
 * the id. Thread-safe.
 */
public class CorrelationMediator extends BookstoreMediator {

    /** Where Micro Integrator keeps its own, in both parts of a message: for its traces, and for its log mediator and correlation log. */
    private static final String ENGINE_PROPERTY = "correlation_id";

    @Override
    void handle(MessageContext message) {
        HttpRequest request = new HttpRequest(message);
        String known = text(message, MessageProperties.CORRELATION_ID);
        String id = known.isEmpty() ? CorrelationId.of(request.header(CorrelationId.HEADER)) : known;
        if (request.header("Origin") != null) {
            message.setProperty(MessageProperties.CROSS_ORIGIN, Boolean.TRUE);
        }
        message.setProperty(MessageProperties.CORRELATION_ID, id);
        message.setProperty(ENGINE_PROPERTY, id);
        ((Axis2MessageContext) message).getAxis2MessageContext().setProperty(ENGINE_PROPERTY, id);
        CorrelationContext.enter(id);
    }
}
