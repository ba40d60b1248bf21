package com.books.bookstore.runtime.engine;

import com.books.bookstore.runtime.http.HttpExchange;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.axis2.AxisFault;
import org.apache.axis2.Constants;
import org.apache.axis2.context.ConfigurationContext;
import org.apache.axis2.context.MessageContext;
import org.apache.axis2.description.TransportOutDescription;
import org.apache.axis2.handlers.AbstractHandler;
import org.apache.axis2.transport.TransportSender;

/** The HTTP transport's sender: turns the message that {@code <respond/>} sends back into the answer of its exchange. */
final class ExchangeTransportSender extends AbstractHandler implements TransportSender {

    private static final String NO_ENTITY_BODY = "NO_ENTITY_BODY";

    /** About the connection or the length of the body that came in: the server writes its own. */
    private static final Set<String> CONNECTION_HEADERS = Set.of(
            "connection",
            "content-length",
            "date",
            "expect",
            "keep-alive",
            "server",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "content-type");

    @Override
    public void init(ConfigurationContext context, TransportOutDescription transport) {
        // Nothing to open: the exchange holds the connection.
    }

    @Override
    public InvocationResponse invoke(MessageContext message) throws AxisFault {
        Object exchange = message.getProperty(Constants.OUT_TRANSPORT_INFO);
        if (!(exchange instanceof HttpExchange)) {
            throw new AxisFault("There is no HTTP request to respond to");
        }
        Object beforeResponse = message.getProperty(Handlers.BEFORE_RESPONSE);
        if (beforeResponse instanceof Runnable) {
            ((Runnable) beforeResponse).run();
        }
        boolean withoutBody = Boolean.TRUE.equals(message.getProperty(NO_ENTITY_BODY));
        byte[] body = withoutBody ? new byte[0] : MessageBodies.format(message);
        ((HttpExchange) exchange).answer(status(message), headers(message, withoutBody), body);
        return InvocationResponse.CONTINUE;
    }

    /** The order of precedence of Micro Integrator: SC_ACCEPTED, HTTP_SC, then 500 for a SOAP fault and 200 for all else. */
    private static int status(MessageContext message) {
        if (message.isPropertyTrue("SC_ACCEPTED")) {
            return 202;
        }
        Object status = message.getProperty("HTTP_SC");
        if (status != null) {
            try {
                return Integer.parseInt(status.toString().trim());
            } catch (NumberFormatException e) {
                return 200;
            }
        }
        return message.getEnvelope().getBody().hasFault() ? 500 : 200;
    }

    /** Whatever the transport headers hold goes out: also the request's own headers, unless the flow removed them. */
    private static Map<String, List<String>> headers(MessageContext message, boolean withoutBody) {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        Object transportHeaders = message.getProperty(MessageContext.TRANSPORT_HEADERS);
        if (transportHeaders instanceof Map) {
            ((Map<?, ?>) transportHeaders).forEach((name, value) -> {
                if (name instanceof String
                        && value instanceof String
                        && !CONNECTION_HEADERS.contains(((String) name).toLowerCase(Locale.ROOT))) {
                    headers.put((String) name, List.of((String) value));
                } else if (withoutBody
                        && "Content-Type".equalsIgnoreCase(String.valueOf(name))
                        && value instanceof String) {
                    headers.put("Content-Type", List.of((String) value));
                }
            });
        }
        Object excess = message.getProperty("EXCESS_TRANSPORT_HEADERS");
        if (excess instanceof Map) {
            ((Map<?, ?>) excess).forEach((name, values) -> {
                if (values instanceof Collection) {
                    for (Object value : (Collection<?>) values) {
                        headers.merge(
                                String.valueOf(name), List.of(String.valueOf(value)), ExchangeTransportSender::join);
                    }
                }
            });
        }
        if (!withoutBody) {
            headers.put("Content-Type", List.of(MessageBodies.contentType(message)));
        }
        return headers;
    }

    private static List<String> join(List<String> first, List<String> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    @Override
    public void cleanup(MessageContext message) {
        // Nothing is kept per message.
    }

    @Override
    public void stop() {
        // Nothing to close.
    }
}
