package com.books.bookstore.mediator.message;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.apache.axis2.AxisFault;
import org.apache.axis2.context.MessageContext;
import org.apache.synapse.SynapseException;
import org.apache.synapse.commons.json.JsonUtil;

/** The JSON body of an Axis2 message. Thread-safe. */
final class EngineJson {

    private EngineJson() {}

    /** The body in UTF-8, or no bytes if there is none. */
    static byte[] read(MessageContext axis2) {
        return JsonUtil.jsonPayloadToByteArray(axis2);
    }

    static void write(MessageContext axis2, String json) {
        // First, because replacing malformed JSON fails.
        remove(axis2);
        try {
            // Bytes and not text: Micro Integrator would encode text with the charset of the machine.
            JsonUtil.getNewJsonPayload(
                    axis2, new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)), true, true);
        } catch (AxisFault e) {
            throw new SynapseException("The engine does not accept a JSON body", e);
        }
    }

    static void remove(MessageContext axis2) {
        JsonUtil.removeJsonPayload(axis2);
    }
}
