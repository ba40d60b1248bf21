package com.books.bookstore.runtime.engine;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.synapse.AbstractExtendedSynapseHandler;
import org.apache.synapse.MessageContext;
import org.apache.synapse.SynapseHandler;

/** Tells handlers of requests and answers, as Micro Integrator does: in their order, until one says no. Thread-safe. */
final class Handlers implements AutoCloseable {

    /** Where a message's Axis2 part holds what to run before its answer is sent. */
    static final String BEFORE_RESPONSE = "embedded.runtime.beforeResponse";

    /** The mark of a message whose answer the handlers know. */
    private static final String TOLD = "embedded.runtime.handlersToldOfResponse";

    private final List<SynapseHandler> handlers = new CopyOnWriteArrayList<>();

    void add(SynapseHandler handler) {
        if (handler instanceof AbstractExtendedSynapseHandler) {
            ((AbstractExtendedSynapseHandler) handler).handleServerInit();
        }
        handlers.add(handler);
    }

    boolean isEmpty() {
        return handlers.isEmpty();
    }

    /** {@return whether the message may go on} */
    boolean beforeRequest(MessageContext message) {
        for (SynapseHandler handler : handlers) {
            if (!handler.handleRequestInFlow(message)) {
                return false;
            }
        }
        return true;
    }

    /** Once for each message; a second answer is not sent anyway. */
    void beforeResponse(MessageContext message) {
        if (message.getProperty(TOLD) != null) {
            return;
        }
        message.setProperty(TOLD, Boolean.TRUE);
        for (SynapseHandler handler : handlers) {
            if (!handler.handleResponseOutFlow(message)) {
                return;
            }
        }
    }

    @Override
    public void close() {
        for (SynapseHandler handler : handlers) {
            if (handler instanceof AbstractExtendedSynapseHandler) {
                ((AbstractExtendedSynapseHandler) handler).handleServerShutDown();
            }
        }
        handlers.clear();
    }
}
