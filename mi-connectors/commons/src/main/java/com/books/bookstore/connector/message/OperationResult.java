package com.books.bookstore.connector.message;

import com.books.bookstore.mediator.message.JsonPayload;
import java.util.Map;
import org.apache.synapse.MessageContext;
import org.apache.synapse.SynapseException;

/**
 * The result of an operation, handed to the flow as connectors of Micro Integrator 4.4 do: into the variable that {@code responseVariable}
 * names, whose {@code payload} is the JSON, or with {@code overwriteBody} in the place of the body. Without a variable the body is
 * overwritten. Immutable and thread-safe.
 */
public final class OperationResult {

    /** By the type of the engine's messages. */
    private static final ClassValue<ResponseVariables> VARIABLES = new ClassValue<>() {
        @Override
        protected ResponseVariables computeValue(Class<?> messageType) {
            return ResponseVariables.of(messageType);
        }
    };

    private final String json;
    private final Map<String, Object> headers;
    private final Map<String, Object> attributes;

    private OperationResult(String json, Map<String, Object> headers, Map<String, Object> attributes) {
        this.json = json;
        this.headers = Map.copyOf(headers);
        this.attributes = Map.copyOf(attributes);
    }

    /** A result that is nothing but a JSON value. */
    public static OperationResult of(String json) {
        return new OperationResult(json, Map.of(), Map.of());
    }

    /** The answer of a service. */
    public static OperationResult of(String json, Map<String, Object> headers, Map<String, Object> attributes) {
        return new OperationResult(json, headers, attributes);
    }

    /**
     * Puts the result where the parameters want it.
     *
     * @throws SynapseException if it is to go into a variable and the engine has none
     */
    public void put(MessageContext message, Parameters parameters) {
        String variable = parameters.text("responseVariable");
        boolean intoBody = variable.isEmpty() || parameters.isTrue("overwriteBody");
        if (intoBody) {
            JsonPayload.replace(message, json);
        }
        if (!variable.isEmpty()) {
            VARIABLES.get(message.getClass()).set(message, variable, intoBody ? null : json, headers, attributes);
        }
    }
}
