package com.books.bookstore.connector.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import org.apache.synapse.MessageContext;
import org.apache.synapse.SynapseException;
import org.apache.synapse.data.connector.DefaultConnectorResponse;
import org.junit.jupiter.api.Test;

/** How results reach the variables of Micro Integrator 4.4, whose classes are played by stand-ins here. */
class ResponseVariablesTest {

    /** What Micro Integrator's message context has and Apache Synapse's has not. */
    public interface MessageWithVariables extends MessageContext {

        void setVariable(String name, Object value);
    }

    private final Map<String, Object> variables = new HashMap<>();
    private final MessageWithVariables message = (MessageWithVariables) Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {MessageWithVariables.class},
            (proxy, method, arguments) -> variables.put((String) arguments[0], arguments[1]));

    @Test
    void theResultIsThePayloadOfTheVariable() {
        ResponseVariables.of(MessageWithVariables.class)
                .set(message, "quote", "{\"totalAmount\":12.90}", Map.of(), Map.of());

        JsonObject payload = (JsonObject) ((DefaultConnectorResponse) variables.get("quote")).getPayload();
        assertThat(payload.get("totalAmount").getAsString()).isEqualTo("12.90");
    }

    @Test
    void aResultInTheBodyIsNotInTheVariableToo() {
        ResponseVariables.of(MessageWithVariables.class).set(message, "quote", null, Map.of(), Map.of());

        assertThat(((DefaultConnectorResponse) variables.get("quote")).getPayload())
                .isNull();
    }

    @Test
    void anEngineWithoutVariablesIsNamedAsTheReason() {
        assertThatThrownBy(() -> ResponseVariables.of(MessageContext.class))
                .isInstanceOf(SynapseException.class)
                .hasMessageContaining("responseVariable needs Micro Integrator 4.4");
    }
}
