package com.books.bookstore.runtime.engine.mediator;

import com.books.bookstore.runtime.engine.MessageVariables;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.axiom.om.OMElement;
import org.apache.axis2.AxisFault;
import org.apache.axis2.Constants;
import org.apache.synapse.Mediator;
import org.apache.synapse.MessageContext;
import org.apache.synapse.SynapseException;
import org.apache.synapse.commons.json.JsonUtil;
import org.apache.synapse.core.axis2.Axis2MessageContext;
import org.apache.synapse.data.connector.ConnectorResponse;
import org.apache.synapse.mediators.AbstractMediator;
import org.apache.synapse.mediators.Value;

/**
 * Calls a template and keeps its answer in a variable, as Micro Integrator 4.6 does: a map with {@code payload}, and with {@code headers} and
 * {@code attributes} unless they are empty. Without {@code overwriteBody} the message gets back the body and the headers that it had; with it
 * the variable has no payload. A template that sets no {@link ConnectorResponse} is taken to answer with the body that it leaves.
 */
final class ResponseVariableMediator extends AbstractMediator {

    private static final String NO_ENTITY_BODY = "NO_ENTITY_BODY";

    private final Mediator call;
    private final Value variable;
    private final Value overwriteBody;

    /** @param overwriteBody null stands for false */
    ResponseVariableMediator(Mediator call, Value variable, Value overwriteBody) {
        this.call = call;
        this.variable = variable;
        this.overwriteBody = overwriteBody;
    }

    @Override
    public boolean mediate(MessageContext message) {
        String name = variable.evaluateValue(message);
        if (name == null || name.isEmpty()) {
            return call.mediate(message);
        }
        boolean intoBody = overwriteBody != null && Boolean.parseBoolean(overwriteBody.evaluateValue(message));
        Before before = intoBody ? null : Before.of(message);
        if (!call.mediate(message)) {
            return false;
        }
        MessageVariables.setVariable(message, name, answer(message, name, intoBody));
        if (before != null) {
            before.restore(message);
        }
        return true;
    }

    private static Map<String, Object> answer(MessageContext message, String name, boolean intoBody) {
        Map<String, Object> answer = new HashMap<>();
        Object result = MessageVariables.getVariable(message, name);
        if (result instanceof ConnectorResponse response) {
            if (!intoBody && response.getPayload() != null) {
                answer.put("payload", response.getPayload());
            }
            putUnlessEmpty(answer, "headers", json(response.getHeaders()));
            putUnlessEmpty(answer, "attributes", json(response.getAttributes()));
            return answer;
        }
        org.apache.axis2.context.MessageContext axis2 = ((Axis2MessageContext) message).getAxis2MessageContext();
        Object body = intoBody ? null : body(message, axis2);
        if (body != null) {
            answer.put("payload", body);
        }
        Object headers = axis2.getProperty(org.apache.axis2.context.MessageContext.TRANSPORT_HEADERS);
        answer.put("headers", json(headers instanceof Map ? (Map<?, ?>) headers : Map.of()));
        Object status = axis2.getProperty("HTTP_SC");
        answer.put("attributes", json(status == null ? Map.of() : Map.of("statusCode", status)));
        return answer;
    }

    /** JSON as an element of Gson, anything else as XML; null if there is none. */
    private static Object body(MessageContext message, org.apache.axis2.context.MessageContext axis2) {
        OMElement content = message.getEnvelope().getBody().getFirstElement();
        return JsonUtil.hasAJsonPayload(axis2)
                ? JsonParser.parseString(JsonUtil.jsonPayloadToString(axis2))
                : content == null ? null : content.cloneOMElement();
    }

    private static void putUnlessEmpty(Map<String, Object> answer, String name, JsonObject values) {
        if (values.size() > 0) {
            answer.put(name, values);
        }
    }

    private static JsonObject json(Map<?, ?> values) {
        JsonObject json = new JsonObject();
        values.forEach((name, value) -> json.add(name.toString(), json(value)));
        return json;
    }

    private static JsonElement json(Object value) {
        if (value instanceof Number number) {
            return new JsonPrimitive(number);
        }
        return value instanceof Boolean flag ? new JsonPrimitive(flag) : new JsonPrimitive(String.valueOf(value));
    }

    /** What a message had before the call. */
    private record Before(
            Object messageType, Object contentType, Map<String, Object> headers, boolean withoutBody, Object body) {

        static Before of(MessageContext message) {
            org.apache.axis2.context.MessageContext axis2 = ((Axis2MessageContext) message).getAxis2MessageContext();
            // Builds the body if nothing has looked at it yet, which also sets the types.
            OMElement content = message.getEnvelope().getBody().getFirstElement();
            Object body = JsonUtil.hasAJsonPayload(axis2) ? JsonUtil.jsonPayloadToString(axis2) : content;
            Map<String, Object> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            if (axis2.getProperty(org.apache.axis2.context.MessageContext.TRANSPORT_HEADERS)
                    instanceof Map<?, ?> sent) {
                sent.forEach((name, value) -> headers.put(name.toString(), value));
            }
            return new Before(
                    axis2.getProperty(Constants.Configuration.MESSAGE_TYPE),
                    axis2.getProperty(Constants.Configuration.CONTENT_TYPE),
                    headers,
                    Boolean.TRUE.equals(axis2.getProperty(NO_ENTITY_BODY)),
                    body);
        }

        void restore(MessageContext message) {
            org.apache.axis2.context.MessageContext axis2 = ((Axis2MessageContext) message).getAxis2MessageContext();
            if (body instanceof String json) {
                try {
                    JsonUtil.getNewJsonPayload(axis2, json, true, true);
                } catch (AxisFault e) {
                    throw new SynapseException("The body could not be restored", e);
                }
            } else if (body != message.getEnvelope().getBody().getFirstElement()) {
                JsonUtil.removeJsonPayload(axis2);
                if (body != null) {
                    message.getEnvelope().getBody().addChild((OMElement) body);
                }
            }
            axis2.setProperty(org.apache.axis2.context.MessageContext.TRANSPORT_HEADERS, headers);
            axis2.setProperty(Constants.Configuration.MESSAGE_TYPE, messageType);
            axis2.setProperty(Constants.Configuration.CONTENT_TYPE, contentType);
            if (withoutBody) {
                axis2.setProperty(NO_ENTITY_BODY, Boolean.TRUE);
            }
        }
    }
}
