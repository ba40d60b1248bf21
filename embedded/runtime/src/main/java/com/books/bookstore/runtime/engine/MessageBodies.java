package com.books.bookstore.runtime.engine;

import com.books.bookstore.mi.json.JsonPayload;
import com.books.bookstore.mi.json.JsonXml;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.namespace.QName;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import org.apache.axiom.om.OMAbstractFactory;
import org.apache.axiom.om.OMElement;
import org.apache.axiom.om.OMException;
import org.apache.axiom.om.OMFactory;
import org.apache.axiom.om.OMXMLBuilderFactory;
import org.apache.axiom.soap.SOAPEnvelope;
import org.apache.axis2.AxisFault;
import org.apache.axis2.Constants;
import org.apache.axis2.context.MessageContext;
import org.apache.synapse.SynapseException;
import org.apache.synapse.commons.json.JsonUtil;

/**
 * Message bodies from bytes and to bytes, chosen by content type the way Micro Integrator's default builders and formatters are: JSON, XML,
 * form fields, plain text, and everything else as bytes that pass through untouched.
 */
public final class MessageBodies {

    /** Bytes of a content type that no builder knows, and the element that stands for them in the body. */
    private static final String RAW_BODY = "embedded.runtime.rawBody";

    /** XML as it came: Micro Integrator passes it on as it is unless something looks at it. */
    private static final String RECEIVED_XML = "embedded.runtime.receivedXml";

    private static final QName TEXT = new QName("http://ws.apache.org/commons/ns/payload", "text");
    private static final QName BINARY = new QName("http://ws.apache.org/commons/ns/payload", "binary");
    private static final Pattern CHARSET = Pattern.compile("charset=\"?([^\";\\s]+)", Pattern.CASE_INSENSITIVE);
    private static final Set<String> XML_TYPES = Set.of("application/xml", "text/xml");
    private static final String FORM_TYPE = "application/x-www-form-urlencoded";

    private static final XMLInputFactory XML_INPUT = XMLInputFactory.newInstance();

    static {
        XML_INPUT.setProperty(XMLInputFactory.SUPPORT_DTD, Boolean.FALSE);
        XML_INPUT.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, Boolean.FALSE);
    }

    private MessageBodies() {}

    /**
     * Gives the message a new envelope with {@code bytes} in it.
     *
     * @param contentType with its parameters; null if there is none
     * @throws SynapseException if the bytes are malformed in a way that Micro Integrator notices, too
     */
    public static void build(MessageContext axis2, byte[] bytes, String contentType) {
        setEmptyEnvelope(axis2);
        axis2.removeProperty(JsonPayload.PROPERTY);
        String mediaType = setType(axis2, contentType);
        if (bytes.length == 0) {
            if ("application/json".equals(mediaType)) {
                axis2.setProperty(JsonPayload.PROPERTY, JsonPayload.of(bytes));
            }
            return;
        }
        if ("application/json".equals(mediaType)) {
            buildJson(axis2, bytes);
        } else if (XML_TYPES.contains(mediaType)) {
            OMElement content = parseXml(bytes);
            axis2.getEnvelope().getBody().addChild(content);
            axis2.setProperty(RECEIVED_XML, new ReceivedXml(bytes, content, content.toString()));
        } else if ("text/plain".equals(mediaType)) {
            addText(axis2, TEXT, new String(bytes, charset(contentType)));
        } else if (FORM_TYPE.equals(mediaType)) {
            addForm(axis2, new String(bytes, StandardCharsets.UTF_8));
        } else {
            OMFactory factory = OMAbstractFactory.getOMFactory();
            OMElement binary = factory.createOMElement(BINARY);
            axis2.getEnvelope().getBody().addChild(binary);
            axis2.setProperty(RAW_BODY, new RawBody(bytes, binary));
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // Bodies are never compared, and the bytes are only read.
    private record RawBody(byte[] bytes, OMElement element) {}

    /** What came, what was made of it, and how that is written. */
    @SuppressWarnings("ArrayRecordComponent") // As above.
    private record ReceivedXml(byte[] bytes, OMElement element, String written) {}

    static void setEmptyEnvelope(MessageContext axis2) {
        SOAPEnvelope envelope = OMAbstractFactory.getSOAP11Factory().getDefaultEnvelope();
        try {
            axis2.setEnvelope(envelope);
        } catch (AxisFault e) {
            throw new SynapseException("Cannot set the message's envelope", e);
        }
    }

    /**
     * Has the body of a request built, for a mediator that says it needs it.
     *
     * @throws SynapseException if it is malformed in a way that Micro Integrator notices, too
     */
    public static void buildUnread(MessageContext axis2) {
        if (axis2 instanceof RequestMessage) {
            ((RequestMessage) axis2).buildBody();
        }
    }

    static boolean isJson(String contentType) {
        return "application/json".equals(mediaType(contentType));
    }

    /** {@return the media type} */
    static String setType(MessageContext axis2, String contentType) {
        String mediaType = mediaType(contentType);
        axis2.setProperty(Constants.Configuration.CONTENT_TYPE, contentType);
        axis2.setProperty(Constants.Configuration.MESSAGE_TYPE, mediaType);
        return mediaType;
    }

    private static String mediaType(String contentType) {
        if (contentType == null) {
            return "application/octet-stream";
        }
        int parameters = contentType.indexOf(';');
        return (parameters < 0 ? contentType : contentType.substring(0, parameters))
                .trim()
                .toLowerCase(Locale.ROOT);
    }

    private static void buildJson(MessageContext axis2, byte[] bytes) {
        JsonPayload payload = JsonPayload.of(bytes);
        char first = payload.firstSignificant();
        boolean scalar = first != 0 && first != '{' && first != '[';
        if (scalar && !isScalar(payload.text())) {
            JsonUtil.removeJsonPayload(axis2);
            throw unreadable(new AxisFault(
                    "Could not save JSON payload. Invalid input stream found. Payload is not a JSON string."));
        }
        setJson(axis2, payload);
    }

    /** Puts JSON into the message and its body, which is empty. */
    static void setJson(MessageContext axis2, JsonPayload payload) {
        try {
            JsonUtil.getNewJsonPayload(axis2, payload, true, true);
        } catch (AxisFault e) {
            throw unreadable(e);
        }
    }

    private static SynapseException unreadable(AxisFault e) {
        return new SynapseException("Error while building Passthrough stream", e);
    }

    /** What Micro Integrator takes for a JSON text that is neither object nor array; anything else fails while the message is built. */
    private static boolean isScalar(String text) {
        return text.startsWith("\"") && text.endsWith("\"")
                || "true".equals(text)
                || "false".equals(text)
                || "null".equals(text)
                || text.matches("-?\\d+(\\.\\d+)?");
    }

    private static OMElement parseXml(byte[] bytes) {
        try {
            OMElement root = OMXMLBuilderFactory.createStAXOMBuilder(
                            XML_INPUT.createXMLStreamReader(new ByteArrayInputStream(bytes)))
                    .getDocumentElement(true);
            root.build();
            return root;
        } catch (XMLStreamException | OMException e) {
            throw new SynapseException("Error while building message", e);
        }
    }

    private static void addText(MessageContext axis2, QName name, String text) {
        OMElement element = OMAbstractFactory.getOMFactory().createOMElement(name);
        element.setText(text);
        axis2.getEnvelope().getBody().addChild(element);
    }

    private static void addForm(MessageContext axis2, String form) {
        OMFactory factory = OMAbstractFactory.getOMFactory();
        OMElement values = factory.createOMElement("xformValues", null);
        for (String field : form.split("&")) {
            int equals = field.indexOf('=');
            if (equals > 0) {
                factory.createOMElement(decode(field.substring(0, equals)), null, values)
                        .setText(decode(field.substring(equals + 1)));
            }
        }
        axis2.getEnvelope().getBody().addChild(values);
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new SynapseException("Error while building message", e);
        }
    }

    private static Charset charset(String contentType) {
        Matcher charset = CHARSET.matcher(contentType);
        try {
            return charset.find() ? Charset.forName(charset.group(1)) : StandardCharsets.UTF_8;
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return StandardCharsets.UTF_8;
        }
    }

    /** The body as bytes in UTF-8, in the form that the property {@code messageType} names; none if the body is empty. */
    public static byte[] format(MessageContext axis2) {
        OMElement content = axis2.getEnvelope().getBody().getFirstElement();
        Object raw = axis2.getProperty(RAW_BODY);
        if (raw instanceof RawBody && ((RawBody) raw).element() == content) {
            return ((RawBody) raw).bytes();
        }
        Object messageType = axis2.getProperty(Constants.Configuration.MESSAGE_TYPE);
        if ("application/json".equals(messageType)) {
            return formatJson(axis2, content);
        }
        if (content == null) {
            return new byte[0];
        }
        if (axis2.getProperty(RECEIVED_XML) instanceof ReceivedXml received
                && received.element() == content
                && content.toString().equals(received.written())) {
            return received.bytes();
        }
        if ("text/plain".equals(messageType) && JsonUtil.isAJsonPayloadElement(content)) {
            return formatJson(axis2, content);
        }
        String text = "text/plain".equals(messageType) && TEXT.equals(content.getQName())
                ? content.getText()
                : content.toString();
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] formatJson(MessageContext axis2, OMElement content) {
        Object payload = axis2.getProperty(JsonPayload.PROPERTY);
        if (payload instanceof JsonPayload && (content == null || JsonUtil.isAJsonPayloadElement(content))) {
            return ((JsonPayload) payload).bytes();
        }
        if (content == null) {
            return new byte[0];
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            JsonXml.writeJson(content, out);
        } catch (IOException e) {
            throw new SynapseException("Could not write JSON", e);
        }
        return out.toByteArray();
    }

    /** The content type to send: the property {@code ContentType}, else {@code messageType}, with the charset that the bytes are in. */
    public static String contentType(MessageContext axis2) {
        Object contentType = axis2.getProperty(Constants.Configuration.CONTENT_TYPE);
        if (contentType == null) {
            contentType = axis2.getProperty(Constants.Configuration.MESSAGE_TYPE);
        }
        String text = contentType == null ? "application/xml" : contentType.toString();
        boolean withCharset = text.contains("charset")
                || "false".equals(axis2.getProperty("setCharacterEncoding"))
                || axis2.getProperty(RAW_BODY) != null;
        return withCharset ? text : text + "; charset=UTF-8";
    }
}
