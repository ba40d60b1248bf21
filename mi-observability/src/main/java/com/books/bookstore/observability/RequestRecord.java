package com.books.bookstore.observability;

import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import org.apache.synapse.MessageContext;
import org.apache.synapse.core.axis2.Axis2MessageContext;
import org.apache.synapse.rest.RESTConstants;

/**
 * What is told about a request when it is answered. Nothing in it comes from the address or the body of the request: a template instead of the
 * path, because paths can hold secrets, and names out of the token instead of the token. Immutable.
 */
final class RequestRecord {

    /** What stands where something is not known: a path of no API, a caller without a token. */
    static final String NONE = "none";
    /** The resource of requests that an API answers but none of its resources takes. */
    static final String UNMATCHED = "unmatched";
    /** The method of requests whose method is not one of HTTP's: callers can invent any number. */
    static final String OTHER = "OTHER";

    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
    /** Micro Integrator's name for the URI template of the chosen resource, and the embedded runtime's. */
    private static final String[] TEMPLATE_PROPERTIES = {"rest.url.pattern", "REST_URL_PATTERN"};

    private static final int ACCEPTED = 202;
    private static final int OK = 200;
    private static final int SERVER_ERROR = 500;

    private final String api;
    private final String method;
    private final String resource;
    private final int status;
    private final Duration latency;
    private final String correlationId;
    private final String client;
    private final String user;

    private RequestRecord(MessageContext message, Duration latency) {
        this.api = text(message, RESTConstants.SYNAPSE_REST_API, NONE);
        this.method = method(message);
        this.resource = template(message);
        this.status = status(((Axis2MessageContext) message).getAxis2MessageContext());
        this.latency = latency;
        this.correlationId = text(message, "bookstore.correlationId", NONE);
        this.client = text(message, "bookstore.clientId", NONE);
        this.user = text(message, "bookstore.subject", NONE);
    }

    /** @param message the answer that is about to be sent */
    static RequestRecord of(MessageContext message, Duration latency) {
        return new RequestRecord(message, latency);
    }

    private static String text(MessageContext message, String property, String otherwise) {
        Object value = message.getProperty(property);
        return value == null || value.toString().isEmpty() ? otherwise : value.toString();
    }

    private static String method(MessageContext message) {
        Object axis2Method =
                ((Axis2MessageContext) message).getAxis2MessageContext().getProperty("HTTP_METHOD");
        String method = text(message, RESTConstants.REST_METHOD, axis2Method == null ? OTHER : axis2Method.toString())
                .toUpperCase(Locale.ROOT);
        return METHODS.contains(method) ? method : OTHER;
    }

    private static String template(MessageContext message) {
        for (String property : TEMPLATE_PROPERTIES) {
            String template = text(message, property, "");
            if (!template.isEmpty()) {
                return template;
            }
        }
        return UNMATCHED;
    }

    /** As the transport will decide: SC_ACCEPTED, HTTP_SC, then 500 for a SOAP fault and 200 for all else. */
    private static int status(org.apache.axis2.context.MessageContext axis2) {
        if (axis2.isPropertyTrue("SC_ACCEPTED")) {
            return ACCEPTED;
        }
        Object status = axis2.getProperty("HTTP_SC");
        if (status != null) {
            try {
                return Integer.parseInt(status.toString().trim());
            } catch (NumberFormatException e) {
                return OK;
            }
        }
        return axis2.getEnvelope() != null && axis2.isFault() ? SERVER_ERROR : OK;
    }

    /** The name of the API, or {@link #NONE}. */
    String api() {
        return api;
    }

    /** One of HTTP's methods, or {@link #OTHER}. */
    String method() {
        return method;
    }

    /** The URI template below the API's context, or {@link #UNMATCHED}. */
    String resource() {
        return resource;
    }

    int status() {
        return status;
    }

    Duration latency() {
        return latency;
    }

    String correlationId() {
        return correlationId;
    }

    /** The application that the token was issued to, or {@link #NONE}. */
    String client() {
        return client;
    }

    /** The subject of the token, or {@link #NONE}. */
    String user() {
        return user;
    }
}
