package org.apache.synapse.commons.json;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.apache.axiom.om.OMElement;
import org.apache.axis2.context.MessageContext;

/** Stands in for the class that Micro Integrator has and Apache Synapse lacks: keeps the JSON of a message beside it. */
public final class JsonUtil {

    private static final String PROPERTY = "test.json";

    private JsonUtil() {}

    public static byte[] jsonPayloadToByteArray(MessageContext message) {
        Object json = message.getProperty(PROPERTY);
        return json == null ? new byte[0] : ((String) json).getBytes(StandardCharsets.UTF_8);
    }

    public static String jsonPayloadToString(MessageContext message) {
        Object json = message.getProperty(PROPERTY);
        return json == null ? "{}" : (String) json;
    }

    public static OMElement getNewJsonPayload(
            MessageContext message, InputStream json, boolean removeChildren, boolean addAsNewFirstChild)
            throws IOException {
        message.setProperty(PROPERTY, new String(json.readAllBytes(), StandardCharsets.UTF_8));
        return null;
    }

    public static boolean hasAJsonPayload(MessageContext message) {
        return message.getProperty(PROPERTY) != null;
    }

    public static boolean removeJsonPayload(MessageContext message) {
        message.removeProperty(PROPERTY);
        return true;
    }
}
