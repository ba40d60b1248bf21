package com.books.bookstore.mediator.message;

import com.books.bookstore.correlation.CorrelationId;
import com.books.bookstore.mail.Mail;
import com.books.bookstore.security.RateLimiter;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import javax.xml.namespace.QName;
import org.apache.axiom.om.OMAbstractFactory;
import org.apache.axiom.om.OMElement;
import org.apache.axiom.om.OMFactory;
import org.apache.axiom.soap.SOAPEnvelope;
import org.apache.axis2.AxisFault;
import org.apache.axis2.Constants;
import org.apache.synapse.MessageContext;
import org.apache.synapse.SynapseException;
import org.apache.synapse.core.axis2.Axis2MessageContext;

/**
 * The one place that reads and writes bodies: JSON in, JSON or text out, rows of the data services, and mails.
 *
 * <p>JSON goes through the engine's own {@code JsonUtil}, which Micro Integrator and the embedded runtime have and plain Apache Synapse
 * lacks. It is bound when the first body passes, not when this class is compiled. Thread-safe.
 */
public final class MessagePayload {

    private static final String HTTP_STATUS = "HTTP_SC";
    private static final String NO_ENTITY_BODY = "NO_ENTITY_BODY";
    /** Micro Integrator appends a charset to Content-Type unless told not to. JSON has none. */
    private static final String SET_CHARSET = "setCharacterEncoding";
    /**
     * What scripts of another origin may read of an answer. API Manager's gateway, which answers CORS otherwise, sends this for OPTIONS only,
     * where browsers do not look; it passes on what its backend sends.
     */
    private static final String EXPOSED_HEADERS =
            "ETag, Idempotency-Replayed, Location, RateLimit, RateLimit-Policy, Retry-After, WWW-Authenticate, X-Correlation-ID";
    /** How the names of the properties begin in which Micro Integrator keeps headers for an answer. */
    private static final String ENGINE_NOTE = "_SYNAPSE_INTERNAL_REST_";

    private static final QName TEXT = new QName("http://ws.apache.org/commons/ns/payload", "text");
    /** Where the mail transport looks for headers of one's own. */
    private static final String MAIL_HEADERS = "transport.mail.custom.headers";

    private static final QName BINARY = new QName("http://ws.apache.org/commons/ns/payload", "binary");
    private static final QName NIL = new QName("http://www.w3.org/2001/XMLSchema-instance", "nil");

    private MessagePayload() {}

    /** The JSON body of a request, or no bytes if it has none. */
    public static byte[] json(MessageContext message) {
        return JsonEngine.INSTANCE.read(axis2(message));
    }

    /** Makes a message the answer: body, status and headers, what is left of the client's limit, and nothing of the request. Nobody keeps it unless the response says so. */
    public static void respond(MessageContext message, Response response) {
        org.apache.axis2.context.MessageContext axis2 = axis2(message);
        UnreadBody.discard(axis2);
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.put("Cache-Control", "no-store");
        headers.putAll(response.headers());
        Object correlationId = message.getProperty(MessageProperties.CORRELATION_ID);
        if (correlationId != null) {
            headers.put(CorrelationId.HEADER, correlationId.toString());
        }
        if (message.getProperty(MessageProperties.CROSS_ORIGIN) != null) {
            headers.put("Access-Control-Expose-Headers", EXPOSED_HEADERS);
        }
        Object rateLimit = message.getProperty(MessageProperties.RATE_LIMIT);
        if (rateLimit instanceof RateLimiter.Decision) {
            headers.putAll(RateLimitHeaders.of((RateLimiter.Decision) rateLimit));
        }
        axis2.setProperty(org.apache.axis2.context.MessageContext.TRANSPORT_HEADERS, headers);
        forgetCrossOriginHeaders(message);
        // They would be echoed like the others.
        axis2.removeProperty(HttpRequest.EXCESS_TRANSPORT_HEADERS);
        axis2.removeProperty(Constants.Configuration.CHARACTER_SET_ENCODING);
        axis2.setProperty(HTTP_STATUS, response.status());
        if (response.body().isPresent()) {
            if (response.isJson()) {
                JsonEngine.INSTANCE.write(axis2, response.body().get());
            } else {
                writeText(axis2, response.body().get());
            }
            axis2.removeProperty(NO_ENTITY_BODY);
            // messageType picks the formatter, ContentType is what the client sees.
            axis2.setProperty(
                    Constants.Configuration.MESSAGE_TYPE, response.isJson() ? "application/json" : "text/plain");
            axis2.setProperty(Constants.Configuration.CONTENT_TYPE, response.contentType());
            axis2.setProperty(SET_CHARSET, "false");
        } else {
            JsonEngine.INSTANCE.remove(axis2);
            axis2.setProperty(NO_ENTITY_BODY, Boolean.TRUE);
            axis2.removeProperty(Constants.Configuration.MESSAGE_TYPE);
            axis2.removeProperty(Constants.Configuration.CONTENT_TYPE);
        }
    }

    /**
     * Micro Integrator adds what it has noted for CORS to every answer. Unless it is configured for CORS, that is three empty headers and the
     * request's own Origin.
     */
    private static void forgetCrossOriginHeaders(MessageContext message) {
        Set<?> properties = message.getPropertyKeySet();
        properties.remove(ENGINE_NOTE + "Origin");
        if ("".equals(message.getProperty(ENGINE_NOTE + "Access-Control-Allow-Origin"))) {
            properties.remove(ENGINE_NOTE + "Access-Control-Allow-Origin");
            properties.remove(ENGINE_NOTE + "Access-Control-Allow-Methods");
            properties.remove(ENGINE_NOTE + "Access-Control-Allow-Headers");
        }
    }

    /**
     * Puts JSON in the place of the body and leaves the rest of the message as it is: what a connector's operation does.
     *
     * @param json a JSON value
     */
    public static void replaceBody(MessageContext message, String json) {
        org.apache.axis2.context.MessageContext axis2 = axis2(message);
        JsonEngine.INSTANCE.write(axis2, json);
        axis2.removeProperty(NO_ENTITY_BODY);
        axis2.setProperty(Constants.Configuration.MESSAGE_TYPE, "application/json");
        axis2.setProperty(Constants.Configuration.CONTENT_TYPE, "application/json");
    }

    /** Text as the engines' builder for text/plain would have read it. */
    private static void writeText(org.apache.axis2.context.MessageContext axis2, String text) {
        JsonEngine.INSTANCE.remove(axis2);
        SOAPEnvelope envelope = OMAbstractFactory.getSOAP11Factory().getDefaultEnvelope();
        OMElement element = OMAbstractFactory.getOMFactory().createOMElement(TEXT);
        element.setText(text);
        envelope.getBody().addChild(element);
        try {
            axis2.setEnvelope(envelope);
        } catch (AxisFault e) {
            throw new SynapseException("The engine does not take a text body", e);
        }
    }

    /**
     * Makes a message a mail, in the way that the mail transport of Micro Integrator reads it, and leaves nothing of the mail before it.
     *
     * <p>Only {@code From} and {@code Subject} are read from the transport headers. Other headers come from an option of the Axis2 message,
     * for a call with {@code initAxis2ClientOptions="false"}. A body in the wrapper for binary content goes out with its own content type.
     */
    public static void mail(MessageContext message, Mail mail) {
        org.apache.axis2.context.MessageContext axis2 = axis2(message);
        Map<String, String> headers = new HashMap<>();
        headers.put("From", mail.from());
        headers.put("Subject", mail.subject());
        axis2.setProperty(org.apache.axis2.context.MessageContext.TRANSPORT_HEADERS, headers);
        Map<String, String> ownHeaders = new HashMap<>(mail.headers());
        // The transport always writes this one, with the text "null" if there is no action.
        ownHeaders.put("SOAPAction", "");
        axis2.getOptions().setProperty(MAIL_HEADERS, ownHeaders);
        OMElement body = message.getEnvelope().getBody();
        for (OMElement old = body.getFirstElement(); old != null; old = body.getFirstElement()) {
            old.detach();
        }
        OMFactory factory = body.getOMFactory();
        OMElement binary = factory.createOMElement(BINARY);
        // As text of a type, so that the engine's own Axiom makes the data handler that its transport looks for.
        binary.addChild(factory.createOMText(
                Base64.getEncoder().encodeToString(mail.body().bytes()),
                mail.body().contentType(),
                true));
        body.addChild(binary);
    }

    /**
     * The rows that a data service answered with.
     *
     * @param property the message property that holds the answer
     * @return the columns of each row by name; SQL NULL and empty columns are left out
     * @throws SynapseException if the property does not hold an answer
     */
    public static List<Map<String, String>> rows(MessageContext message, String property) {
        Object result = message.getProperty(property);
        if (!(result instanceof OMElement)) {
            throw new SynapseException(
                    "The message property '" + property + "' does not hold the result of a data service");
        }
        List<Map<String, String>> rows = new ArrayList<>();
        for (Iterator<?> children = ((OMElement) result).getChildElements(); children.hasNext(); ) {
            rows.add(columns((OMElement) children.next()));
        }
        return rows;
    }

    private static Map<String, String> columns(OMElement row) {
        Map<String, String> columns = new HashMap<>(8);
        for (Iterator<?> children = row.getChildElements(); children.hasNext(); ) {
            OMElement column = (OMElement) children.next();
            String text = column.getText();
            if (!text.isEmpty() && !"true".equals(column.getAttributeValue(NIL))) {
                columns.put(column.getLocalName(), text);
            }
        }
        return columns;
    }

    private static org.apache.axis2.context.MessageContext axis2(MessageContext message) {
        return ((Axis2MessageContext) message).getAxis2MessageContext();
    }

    /**
     * The body of a request that no mediator needed, still in Micro Integrator's transport: it would go out in the place of the answer. The
     * embedded runtime has no such transport, and nothing to do.
     */
    private static final class UnreadBody {

        private static final String TRANSPORT_CLASS = "org.apache.synapse.transport.passthru.util.RelayUtils";
        /** How the transport marks a message whose body is no longer its own. */
        private static final String READ = "message.builder.invoked";

        private static final Optional<MethodHandle> DISCARD = find();

        private UnreadBody() {}

        private static Optional<MethodHandle> find() {
            try {
                Class<?> transport = Class.forName(TRANSPORT_CLASS, true, MessagePayload.class.getClassLoader());
                return Optional.of(MethodHandles.publicLookup()
                        .findStatic(
                                transport,
                                "discardRequestMessage",
                                MethodType.methodType(void.class, org.apache.axis2.context.MessageContext.class)));
            } catch (ReflectiveOperationException e) {
                return Optional.empty();
            }
        }

        static void discard(org.apache.axis2.context.MessageContext axis2) {
            if (DISCARD.isEmpty() || Boolean.TRUE.equals(axis2.getProperty(READ))) {
                return;
            }
            try {
                DISCARD.get().invokeExact(axis2);
            } catch (Throwable e) {
                throw failure("The body of the request cannot be discarded", e);
            }
            axis2.setProperty(READ, Boolean.TRUE);
        }
    }

    private static RuntimeException failure(String what, Throwable e) {
        if (e instanceof Error) {
            throw (Error) e;
        }
        return e instanceof RuntimeException ? (RuntimeException) e : new SynapseException(what, e);
    }

    /** The engine's JSON support. */
    private static final class JsonEngine {

        private static final String CLASS_NAME = "org.apache.synapse.commons.json.JsonUtil";

        static final JsonEngine INSTANCE = new JsonEngine();

        private final MethodHandle read;
        private final MethodHandle write;
        private final MethodHandle remove;

        private JsonEngine() {
            Class<?> axis2 = org.apache.axis2.context.MessageContext.class;
            try {
                Class<?> jsonUtil = Class.forName(CLASS_NAME, true, MessagePayload.class.getClassLoader());
                MethodHandles.Lookup lookup = MethodHandles.publicLookup();
                read = lookup.findStatic(
                        jsonUtil, "jsonPayloadToByteArray", MethodType.methodType(byte[].class, axis2));
                write = lookup.findStatic(
                                jsonUtil,
                                "getNewJsonPayload",
                                MethodType.methodType(
                                        OMElement.class, axis2, InputStream.class, boolean.class, boolean.class))
                        .asType(MethodType.methodType(
                                void.class, axis2, InputStream.class, boolean.class, boolean.class));
                remove = lookup.findStatic(jsonUtil, "removeJsonPayload", MethodType.methodType(boolean.class, axis2))
                        .asType(MethodType.methodType(void.class, axis2));
            } catch (ReflectiveOperationException e) {
                throw new SynapseException(
                        "books.com runs on WSO2 Micro Integrator or its own embedded runtime: this engine has no "
                                + CLASS_NAME,
                        e);
            }
        }

        byte[] read(org.apache.axis2.context.MessageContext axis2) {
            try {
                return (byte[]) read.invokeExact(axis2);
            } catch (Throwable e) {
                throw failure(e);
            }
        }

        void write(org.apache.axis2.context.MessageContext axis2, String json) {
            // First, because putting a payload in the place of malformed JSON fails.
            remove(axis2);
            // Bytes and not text: Micro Integrator would encode text with the charset of the machine.
            InputStream utf8 = new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8));
            try {
                write.invokeExact(axis2, utf8, true, true);
            } catch (Throwable e) {
                throw failure(e);
            }
        }

        void remove(org.apache.axis2.context.MessageContext axis2) {
            try {
                remove.invokeExact(axis2);
            } catch (Throwable e) {
                throw failure(e);
            }
        }

        private static RuntimeException failure(Throwable e) {
            return MessagePayload.failure("The engine's JSON support failed", e);
        }
    }
}
