package com.books.bookstore.mediator.message;

import org.apache.axis2.Constants;
import org.apache.synapse.MessageContext;
import org.apache.synapse.core.axis2.Axis2MessageContext;

/** The JSON body of a message, read and written by the engine's own JSON support. Thread-safe. */
public final class JsonPayload {

    private JsonPayload() {}

    /** The JSON body of a request in UTF-8, or no bytes if it has none. */
    public static byte[] read(MessageContext message) {
        return EngineJson.INSTANCE.read(axis2(message));
    }

    /**
     * Removes the body of a request that has been read. Micro Integrator would convert it to XML at the next call of a data service, which
     * takes long and has no end for some bodies.
     */
    public static void discard(MessageContext message) {
        EngineJson.INSTANCE.discard(axis2(message));
    }

    /** Removes the body of a request that nothing has read, without parsing it. */
    public static void discardUnread(MessageContext message) {
        UnreadBody.discard(axis2(message));
        discard(message);
    }

    /**
     * Replaces the body and leaves the rest of the message as it is: what a connector's operation does.
     *
     * @param json a JSON value
     */
    public static void replace(MessageContext message, String json) {
        org.apache.axis2.context.MessageContext axis2 = axis2(message);
        EngineJson.INSTANCE.write(axis2, json);
        axis2.removeProperty(HttpAnswer.NO_ENTITY_BODY);
        axis2.setProperty(Constants.Configuration.MESSAGE_TYPE, "application/json");
        axis2.setProperty(Constants.Configuration.CONTENT_TYPE, "application/json");
    }

    private static org.apache.axis2.context.MessageContext axis2(MessageContext message) {
        return ((Axis2MessageContext) message).getAxis2MessageContext();
    }
}
