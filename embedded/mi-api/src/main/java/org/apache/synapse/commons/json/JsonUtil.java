package org.apache.synapse.commons.json;

import com.books.bookstore.mi.json.JsonElementSource;
import com.books.bookstore.mi.json.JsonPayload;
import com.books.bookstore.mi.json.JsonXml;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Iterator;
import javax.xml.namespace.QName;
import org.apache.axiom.om.OMAbstractFactory;
import org.apache.axiom.om.OMElement;
import org.apache.axiom.om.OMNode;
import org.apache.axiom.soap.SOAPBody;
import org.apache.axiom.soap.SOAPEnvelope;
import org.apache.axis2.AxisFault;
import org.apache.axis2.context.MessageContext;

/**
 * The JSON body of a message, with the name and the signatures of the class in WSO2's fork of Synapse: a mediator that uses it runs
 * unchanged on Micro Integrator.
 *
 * <p>The JSON text lies beside the envelope; the body holds an element ({@code jsonObject}, {@code jsonArray} or {@code jsonValue}) that
 * is only parsed when something looks into it.
 */
public final class JsonUtil {

    private static final QName JSON_OBJECT = new QName("jsonObject");
    private static final QName JSON_ARRAY = new QName("jsonArray");
    private static final QName JSON_VALUE = new QName("jsonValue");

    private JsonUtil() {}

    /** True if the body is JSON and still is what was received or written as JSON. */
    public static boolean hasAJsonPayload(MessageContext messageContext) {
        if (payload(messageContext) == null || messageContext.getEnvelope() == null) {
            return false;
        }
        SOAPBody body = messageContext.getEnvelope().getBody();
        return body != null && isAJsonPayloadElement(body.getFirstElement());
    }

    public static boolean hasAJsonPayload(OMElement element) {
        return isAJsonPayloadElement(element);
    }

    public static boolean isAJsonPayloadElement(OMElement element) {
        if (element == null) {
            return false;
        }
        String name = element.getLocalName();
        return JSON_OBJECT.getLocalPart().equals(name)
                || JSON_ARRAY.getLocalPart().equals(name)
                || JSON_VALUE.getLocalPart().equals(name);
    }

    /** The text exactly as received or written; <code>{}</code> if the message has none. */
    public static String jsonPayloadToString(MessageContext messageContext) {
        JsonPayload payload = payload(messageContext);
        return payload == null ? "{}" : payload.text();
    }

    /** A copy of the bytes (UTF-8) exactly as received or written; none if the message has no JSON. */
    public static byte[] jsonPayloadToByteArray(MessageContext messageContext) {
        JsonPayload payload = payload(messageContext);
        return payload == null ? new byte[0] : payload.bytes().clone();
    }

    /** The JSON body from its beginning, or null if the body is not JSON. */
    public static InputStream getJsonPayload(MessageContext messageContext) {
        if (!hasAJsonPayload(messageContext)) {
            return null;
        }
        JsonPayload payload = payload(messageContext);
        payload.reset();
        return payload;
    }

    /**
     * Makes {@code json} the JSON of the message.
     *
     * @param json                null and empty stand for <code>{}</code>
     * @param removeChildren      whether to empty the body first
     * @param addAsNewFirstChild  whether to put the new element into the body; only together with {@code removeChildren}
     * @return the element that stands for the JSON, or null if the text is blank or not JSON
     */
    public static OMElement getNewJsonPayload(
            MessageContext messageContext, String json, boolean removeChildren, boolean addAsNewFirstChild)
            throws AxisFault {
        return setPayload(
                messageContext,
                JsonPayload.of(json == null || json.isEmpty() ? "{}" : json),
                removeChildren,
                addAsNewFirstChild);
    }

    /** As with a text; the stream is read to its end as UTF-8. */
    public static OMElement getNewJsonPayload(
            MessageContext messageContext, InputStream json, boolean removeChildren, boolean addAsNewFirstChild)
            throws AxisFault {
        if (json == null) {
            return null;
        }
        try {
            JsonPayload payload =
                    json instanceof JsonPayload ? (JsonPayload) json : JsonPayload.of(json.readAllBytes());
            return setPayload(messageContext, payload, removeChildren, addAsNewFirstChild);
        } catch (IOException e) {
            throw new AxisFault("Could not read the JSON stream", e);
        }
    }

    private static OMElement setPayload(
            MessageContext messageContext, JsonPayload payload, boolean removeChildren, boolean addAsNewFirstChild) {
        if (messageContext == null) {
            return null;
        }
        messageContext.setProperty(JsonPayload.PROPERTY, payload);
        QName name = elementName(payload.firstSignificant());
        if (name == null) {
            return null;
        }
        OMElement element = OMAbstractFactory.getOMFactory()
                .createOMElement(new JsonElementSource(payload, name.getLocalPart()), name);
        if (removeChildren) {
            removeBodyChildren(messageContext);
            if (addAsNewFirstChild && messageContext.getEnvelope() != null) {
                messageContext.getEnvelope().getBody().addChild(element);
            }
        }
        return element;
    }

    private static QName elementName(char first) {
        switch (first) {
            case 0:
                return null;
            case '{':
                return JSON_OBJECT;
            case '[':
                return JSON_ARRAY;
            default:
                return JSON_VALUE;
        }
    }

    /** Removes the JSON and everything else from the body. */
    public static boolean removeJsonPayload(MessageContext messageContext) {
        messageContext.removeProperty(JsonPayload.PROPERTY);
        removeBodyChildren(messageContext);
        return true;
    }

    private static void removeBodyChildren(MessageContext messageContext) {
        SOAPEnvelope envelope = messageContext.getEnvelope();
        if (envelope == null || envelope.getBody() == null || envelope.getBody().getFirstOMChild() == null) {
            return;
        }
        Iterator<?> children = envelope.getBody().getChildren();
        while (children.hasNext()) {
            if (children.next() instanceof OMNode) {
                children.remove();
            }
        }
    }

    /**
     * Writes the body as JSON: its text if it is JSON, else its XML converted. The conversion drops namespaces and guesses types, as on
     * Micro Integrator: {@code 1984} becomes a number, a single row does not become an array.
     */
    public static void writeAsJson(MessageContext messageContext, OutputStream out) throws AxisFault {
        JsonPayload payload = payload(messageContext);
        OMElement element = messageContext.getEnvelope().getBody().getFirstElement();
        try {
            if (payload != null && (element == null || isAJsonPayloadElement(element))) {
                out.write(payload.bytes());
            } else if (element != null) {
                JsonXml.writeJson(element, out);
            } else {
                throw new AxisFault("Payload could not be written as JSON.");
            }
        } catch (IOException | UncheckedIOException e) {
            throw new AxisFault("Could not write JSON", e);
        }
    }

    private static JsonPayload payload(MessageContext messageContext) {
        if (messageContext == null) {
            return null;
        }
        Object value = messageContext.getProperty(JsonPayload.PROPERTY);
        return value instanceof JsonPayload ? (JsonPayload) value : null;
    }
}
