package com.books.bookstore.connector.message;

import com.books.bookstore.mediator.message.JsonPayload;
import java.util.Map;
import java.util.Optional;
import org.apache.synapse.MessageContext;

/**
 * The result of an operation, handed to the flow as connectors of Micro Integrator 4.4 do: into the variable that {@code responseVariable}
 * names, whose {@code payload} is the JSON, or with {@code overwriteBody} in the place of the body. Without a variable the body is
 * overwritten. An engine without variables (Micro Integrator before 4.4, the embedded runtime) gets message properties instead: the JSON
 * text under the name of the variable, headers and attributes under {@code NAME.headers.HEADER} and {@code NAME.attributes.ATTRIBUTE}.
 * Immutable and thread-safe.
 */
public final class OperationResult {

    private static final Optional<ResponseVariables> VARIABLES = ResponseVariables.of(MessageContext.class);

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

    /** Puts the result where the parameters want it. */
    public void put(MessageContext message, Parameters parameters) {
        put(message, parameters, VARIABLES);
    }

    /** @param variables those of the engine, if it has any */
    void put(MessageContext message, Parameters parameters, Optional<ResponseVariables> variables) {
        String variable = parameters.text("responseVariable");
        boolean intoBody = variable.isEmpty() || parameters.isTrue("overwriteBody");
        if (intoBody) {
            JsonPayload.replace(message, json);
        }
        if (variable.isEmpty()) {
            return;
        }
        if (variables.isPresent()) {
            variables.get().set(message, variable, intoBody ? null : json, headers, attributes);
            return;
        }
        if (!intoBody) {
            message.setProperty(variable, json);
        }
        headers.forEach((name, value) -> message.setProperty(variable + ".headers." + name, value));
        attributes.forEach((name, value) -> message.setProperty(variable + ".attributes." + name, value));
    }
}
