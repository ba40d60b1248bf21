package com.books.bookstore.mediator.message;

import java.util.Map;
import java.util.Set;
import org.apache.synapse.MessageContext;

/** Headers of an answer for scripts of another origin (CORS). */
final class CrossOrigin {

    /**
     * What scripts of another origin may read of an answer. API Manager's gateway, which answers CORS otherwise, sends this for OPTIONS only,
     * where browsers ignore it, and passes on what its backend sends.
     */
    private static final String EXPOSED_HEADERS =
            "ETag, Idempotency-Replayed, Location, RateLimit, RateLimit-Policy, Retry-After, WWW-Authenticate, X-Correlation-ID";
    /** The prefix of the properties in which Micro Integrator keeps headers for an answer. */
    private static final String ENGINE_NOTE = "_SYNAPSE_INTERNAL_REST_";

    private CrossOrigin() {}

    static void addHeaders(MessageContext message, Map<String, String> headers) {
        if (message.getProperty(MessageProperties.CROSS_ORIGIN) != null) {
            headers.put("Access-Control-Expose-Headers", EXPOSED_HEADERS);
        }
    }

    /**
     * Micro Integrator adds its notes for CORS to every answer. Unless it is configured for CORS, these are three empty headers and the
     * request's own Origin.
     */
    static void removeEngineHeaders(MessageContext message) {
        Set<?> properties = message.getPropertyKeySet();
        properties.remove(ENGINE_NOTE + "Origin");
        if ("".equals(message.getProperty(ENGINE_NOTE + "Access-Control-Allow-Origin"))) {
            properties.remove(ENGINE_NOTE + "Access-Control-Allow-Origin");
            properties.remove(ENGINE_NOTE + "Access-Control-Allow-Methods");
            properties.remove(ENGINE_NOTE + "Access-Control-Allow-Headers");
        }
    }
}
