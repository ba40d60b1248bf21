package com.books.bookstore.mediator.message;

import com.books.bookstore.correlation.CorrelationId;
import com.books.bookstore.security.RateLimiter;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.namespace.QName;
import org.apache.axiom.om.OMAbstractFactory;
import org.apache.axiom.om.OMElement;
import org.apache.axiom.soap.SOAPEnvelope;
import org.apache.axis2.AxisFault;
import org.apache.axis2.Constants;
import org.apache.synapse.MessageContext;
import org.apache.synapse.SynapseException;
import org.apache.synapse.core.axis2.Axis2MessageContext;

/** Turns a message into the answer to its request. Thread-safe. */
public final class HttpAnswer {

    static final String NO_ENTITY_BODY = "NO_ENTITY_BODY";

    private static final String HTTP_STATUS = "HTTP_SC";
    /** Micro Integrator appends a charset to Content-Type unless told not to. JSON has none. */
    private static final String SET_CHARSET = "setCharacterEncoding";

    private static final QName TEXT = new QName("http://ws.apache.org/commons/ns/payload", "text");

    private HttpAnswer() {}

    /**
     * Sets body, status and headers, with the correlation ID and what is left of the client's limit, and removes everything of the request.
     * The answer is not cached unless the response allows it. The answer to HEAD has the headers of GET and no body (RFC 9110, section 9.3.2).
     */
    public static void put(MessageContext message, Response response) {
        org.apache.axis2.context.MessageContext axis2 = ((Axis2MessageContext) message).getAxis2MessageContext();
        UnreadBody.discard(axis2);
        EngineJson.INSTANCE.discard(axis2);
        axis2.setProperty(
                org.apache.axis2.context.MessageContext.TRANSPORT_HEADERS, headers(message, response.headers()));
        CrossOrigin.removeEngineHeaders(message);
        // They would be echoed like the others.
        axis2.removeProperty(HttpRequest.EXCESS_TRANSPORT_HEADERS);
        axis2.removeProperty(Constants.Configuration.CHARACTER_SET_ENCODING);
        axis2.setProperty(HTTP_STATUS, response.status());
        if (response.body().isPresent() && isHead(axis2)) {
            putHead(axis2, response);
        } else if (response.body().isPresent()) {
            putBody(axis2, response, response.body().get());
        } else {
            axis2.setProperty(NO_ENTITY_BODY, Boolean.TRUE);
            axis2.removeProperty(Constants.Configuration.MESSAGE_TYPE);
            axis2.removeProperty(Constants.Configuration.CONTENT_TYPE);
        }
    }

    private static boolean isHead(org.apache.axis2.context.MessageContext axis2) {
        return "HEAD".equals(axis2.getProperty(Constants.Configuration.HTTP_METHOD));
    }

    /** Micro Integrator would fill its connection's buffer with a body that it does not send. */
    @SuppressWarnings("unchecked") // What put() has just set.
    private static void putHead(org.apache.axis2.context.MessageContext axis2, Response response) {
        axis2.setProperty(NO_ENTITY_BODY, Boolean.TRUE);
        axis2.removeProperty(Constants.Configuration.MESSAGE_TYPE);
        axis2.removeProperty(Constants.Configuration.CONTENT_TYPE);
        ((Map<String, String>) axis2.getProperty(org.apache.axis2.context.MessageContext.TRANSPORT_HEADERS))
                .put("Content-Type", response.contentType());
    }

    private static Map<String, String> headers(MessageContext message, Map<String, String> own) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.put("Cache-Control", "no-store");
        headers.put("X-Content-Type-Options", "nosniff");
        headers.putAll(own);
        Object correlationId = message.getProperty(MessageProperties.CORRELATION_ID);
        if (correlationId != null) {
            headers.put(CorrelationId.HEADER, correlationId.toString());
        }
        CrossOrigin.addHeaders(message, headers);
        Object rateLimit = message.getProperty(MessageProperties.RATE_LIMIT);
        if (rateLimit instanceof RateLimiter.Decision) {
            headers.putAll(RateLimitHeaders.of((RateLimiter.Decision) rateLimit));
        }
        return headers;
    }

    private static void putBody(org.apache.axis2.context.MessageContext axis2, Response response, String body) {
        if (response.isJson()) {
            EngineJson.INSTANCE.write(axis2, body);
        } else {
            writeText(axis2, body);
        }
        axis2.removeProperty(NO_ENTITY_BODY);
        // messageType selects the formatter, ContentType is what the client sees.
        axis2.setProperty(Constants.Configuration.MESSAGE_TYPE, response.isJson() ? "application/json" : "text/plain");
        axis2.setProperty(Constants.Configuration.CONTENT_TYPE, response.contentType());
        axis2.setProperty(SET_CHARSET, "false");
    }

    /** Text as the engines' builder for text/plain would have read it. */
    private static void writeText(org.apache.axis2.context.MessageContext axis2, String text) {
        SOAPEnvelope envelope = OMAbstractFactory.getSOAP11Factory().getDefaultEnvelope();
        OMElement element = OMAbstractFactory.getOMFactory().createOMElement(TEXT);
        element.setText(text);
        envelope.getBody().addChild(element);
        try {
            axis2.setEnvelope(envelope);
        } catch (AxisFault e) {
            throw new SynapseException("The engine does not accept a text body", e);
        }
    }
}
