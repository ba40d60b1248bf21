package com.books.bookstore.runtime.unittest;

import java.util.Map;
import org.apache.axiom.om.OMElement;
import org.apache.synapse.MessageContext;
import org.apache.synapse.commons.json.JsonUtil;
import org.apache.synapse.core.axis2.Axis2MessageContext;

/** The message that a sequence left. */
record SequenceResult(MessageContext message) implements CaseResult {

    @Override
    public String value(String expression) {
        int colon = expression.indexOf(':');
        String scope = colon < 0 ? expression : expression.substring(0, colon);
        String name = colon < 0 ? "" : expression.substring(colon + 1);
        org.apache.axis2.context.MessageContext axis2 = ((Axis2MessageContext) message).getAxis2MessageContext();
        switch (scope) {
            case "$body":
                return body(axis2);
            case "$ctx":
                return text(message.getProperty(name));
            case "$axis2":
                return text(axis2.getProperty(name));
            case "$trp":
                Object headers = axis2.getProperty(org.apache.axis2.context.MessageContext.TRANSPORT_HEADERS);
                return headers instanceof Map ? text(((Map<?, ?>) headers).get(name)) : null;
            default:
                throw new IllegalArgumentException(expression + " cannot be asserted of a sequence");
        }
    }

    private static String body(org.apache.axis2.context.MessageContext axis2) {
        if (JsonUtil.hasAJsonPayload(axis2)) {
            return JsonUtil.jsonPayloadToString(axis2);
        }
        OMElement content = axis2.getEnvelope().getBody().getFirstElement();
        if (content == null) {
            return null;
        }
        return content.getNamespace() != null && "text".equals(content.getLocalName())
                ? content.getText()
                : content.toString();
    }

    private static String text(Object value) {
        return value == null ? null : value.toString();
    }
}
