package com.books.bookstore.connector;

import com.books.bookstore.mediator.message.JsonPayload;
import java.util.Optional;
import org.apache.synapse.MessageContext;

/**
 * Hands the result of an operation to the flow, as connectors of Micro Integrator 4.4 do: into the variable that {@code responseVariable}
 * names, whose {@code payload} is the result, or with {@code overwriteBody} in the place of the body. Without a variable the body is
 * overwritten. An engine without variables (Micro Integrator before 4.4, the embedded runtime) gets the result as a message property of
 * that name, in JSON text. Thread-safe.
 */
final class OperationResult {

    private static final Optional<ResponseVariables> VARIABLES = ResponseVariables.of(MessageContext.class);

    private OperationResult() {}

    static void put(MessageContext message, Parameters parameters, String json) {
        put(message, parameters, json, VARIABLES);
    }

    /** @param variables those of the engine, if it has any */
    static void put(MessageContext message, Parameters parameters, String json, Optional<ResponseVariables> variables) {
        String variable = parameters.text("responseVariable");
        boolean intoBody = variable.isEmpty() || parameters.isTrue("overwriteBody");
        if (intoBody) {
            JsonPayload.replace(message, json);
        }
        if (!variable.isEmpty()) {
            if (variables.isPresent()) {
                variables.get().set(message, variable, intoBody ? null : json);
            } else if (!intoBody) {
                message.setProperty(variable, json);
            }
        }
    }
}
