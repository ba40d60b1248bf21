package com.books.bookstore.runtime.engine;

import java.util.Map;
import java.util.Set;
import org.apache.synapse.MessageContext;

/**
 * The methods with which a class that was compiled for Micro Integrator uses the variables of a message. Apache Synapse's types lack them, so
 * calls of them are led here when a CAR's class is loaded. Thread-safe.
 */
public final class MessageVariables {

    private MessageVariables() {}

    /** As {@code MessageContext.getVariable(String)}. */
    public static Object getVariable(MessageContext message, String name) {
        return of(message).getVariable(name);
    }

    /** As {@code MessageContext.setVariable(String, Object)}. */
    public static void setVariable(MessageContext message, String name, Object value) {
        of(message).setVariable(name, value);
    }

    /** As {@code MessageContext.getVariableKeySet()}. */
    @SuppressWarnings("rawtypes") // As the method that it stands for.
    public static Set getVariableKeySet(MessageContext message) {
        return of(message).getVariableKeySet();
    }

    /** As {@code Axis2MessageContext.getVariables()}. */
    public static Map<String, Object> getVariables(MessageContext message) {
        return of(message).getVariables();
    }

    /** @throws UnsupportedOperationException for a message that no request and no task began, such as the copy that a mediator made */
    static MiMessageContext of(MessageContext message) {
        if (message instanceof MiMessageContext) {
            return (MiMessageContext) message;
        }
        throw new UnsupportedOperationException("A " + message.getClass().getName() + " has no variables");
    }
}
