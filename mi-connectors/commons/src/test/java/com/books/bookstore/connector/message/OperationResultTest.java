package com.books.bookstore.connector.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.books.bookstore.mediator.message.JsonPayload;
import com.google.gson.JsonElement;
import java.util.HashMap;
import java.util.Map;
import java.util.Stack;
import org.apache.axiom.om.OMAbstractFactory;
import org.apache.axis2.AxisFault;
import org.apache.synapse.SynapseConstants;
import org.apache.synapse.commons.json.JsonUtil;
import org.apache.synapse.config.SynapseConfiguration;
import org.apache.synapse.core.axis2.Axis2MessageContext;
import org.apache.synapse.data.connector.ConnectorResponse;
import org.apache.synapse.mediators.template.TemplateContext;
import org.junit.jupiter.api.Test;

/**
 * Where a result is found, as Micro Integrator 4.4 reads it. By its source: {@code InvokeMediator.processConnectorResponse} turns the variable
 * into a map with {@code payload} (unless the body was overwritten), {@code headers} and {@code attributes} (unless they are empty); and
 * WSO2's own connectors (mi-connector-core, {@code AbstractConnector.handleConnectorResponse}) leave it like this one.
 */
class OperationResultTest {

    private static final String RESULT = "{\"totalAmount\":12.90,\"items\":[]}";
    private static final String BODY = "{\"mine\":1.10}";

    private final MessageWithVariables message = message();
    private Map<String, Object> headers = Map.of();
    private Map<String, Object> attributes = Map.of();

    /** A message of an engine that has variables. */
    public static final class MessageWithVariables extends Axis2MessageContext {

        private final Map<String, Object> variables = new HashMap<>();

        MessageWithVariables(org.apache.axis2.context.MessageContext axis2) {
            super(axis2, new SynapseConfiguration(), null);
        }

        public void setVariable(String name, Object value) {
            variables.put(name, value);
        }
    }

    private static MessageWithVariables message() {
        org.apache.axis2.context.MessageContext axis2 = new org.apache.axis2.context.MessageContext();
        try {
            axis2.setEnvelope(OMAbstractFactory.getSOAP11Factory().getDefaultEnvelope());
        } catch (AxisFault e) {
            throw new IllegalStateException(e);
        }
        MessageWithVariables message = new MessageWithVariables(axis2);
        JsonPayload.replace(message, BODY);
        return message;
    }

    @SuppressWarnings("JdkObsolete") // Synapse keeps its calls in a Stack.
    private void parameters(Map<String, String> parameters) {
        TemplateContext template = new TemplateContext("priceOrder", null);
        template.setMappedValues(new HashMap<>(parameters));
        Stack<TemplateContext> calls = new Stack<>();
        calls.push(template);
        message.setProperty(SynapseConstants.SYNAPSE__FUNCTION__STACK, calls);
    }

    private void put(Map<String, String> parameters) {
        parameters(parameters);
        OperationResult.of(RESULT, headers, attributes).put(message, Parameters.of(message));
    }

    /** {@code ${vars.NAME}}, as Micro Integrator makes it after the operation. */
    private Map<String, Object> variable(String name, boolean overwriteBody) {
        ConnectorResponse response = (ConnectorResponse) message.variables.get(name);
        Map<String, Object> variable = new HashMap<>();
        if (!overwriteBody && response.getPayload() != null) {
            variable.put("payload", response.getPayload());
        }
        if (!response.getHeaders().isEmpty()) {
            variable.put("headers", response.getHeaders());
        }
        if (!response.getAttributes().isEmpty()) {
            variable.put("attributes", response.getAttributes());
        }
        return variable;
    }

    @Test
    void withAVariableTheResultIsItsPayloadAndTheBodyStays() {
        put(Map.of("responseVariable", "quote"));

        JsonElement payload = (JsonElement) variable("quote", false).get("payload");
        // The JSON object that WSO2's connectors put there, whose numbers keep their digits.
        assertThat(payload.toString()).isEqualTo(RESULT);
        assertThat(variable("quote", false)).containsOnlyKeys("payload");
        assertThat(body(message)).isEqualTo(BODY);
    }

    @Test
    void headersAndAttributesAreBesideThePayload() {
        headers = Map.of("ETag", "\"3\"");
        attributes = Map.of("statusCode", 201);
        put(Map.of("responseVariable", "book"));

        assertThat(variable("book", false)).containsOnlyKeys("payload", "headers", "attributes");
        assertThat(variable("book", false)).containsEntry("headers", headers).containsEntry("attributes", attributes);
    }

    @Test
    void withOverwriteBodyTheResultIsTheBodyAndTheVariableIsThereWithoutIt() {
        put(Map.of("responseVariable", "quote", "overwriteBody", "true"));

        assertThat(body(message)).isEqualTo(RESULT);
        assertThat(((ConnectorResponse) message.variables.get("quote")).getPayload())
                .isNull();
        assertThat(variable("quote", true)).isEmpty();
        org.apache.axis2.context.MessageContext axis2 = message.getAxis2MessageContext();
        assertThat(axis2.getProperty("messageType")).isEqualTo("application/json");
        assertThat(axis2.getProperty("ContentType")).isEqualTo("application/json");
        assertThat(axis2.getProperty("NO_ENTITY_BODY")).isNull();
    }

    /** WSO2's connectors refuse this; here the body is the only place that is left. */
    @Test
    void withoutAVariableTheResultIsTheBody() {
        put(Map.of());

        assertThat(body(message)).isEqualTo(RESULT);
        assertThat(message.variables).isEmpty();
    }

    private static String body(MessageWithVariables message) {
        return JsonUtil.jsonPayloadToString(message.getAxis2MessageContext());
    }
}
