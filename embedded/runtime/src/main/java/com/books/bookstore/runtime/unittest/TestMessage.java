package com.books.bookstore.runtime.unittest;

import com.books.bookstore.runtime.engine.MessageBodies;
import com.books.bookstore.runtime.unittest.TestSuite.Property;
import com.books.bookstore.runtime.unittest.TestSuite.TestCase;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.synapse.MessageContext;
import org.apache.synapse.core.axis2.Axis2MessageContext;

/** The message that a case sends into a sequence. */
final class TestMessage {

    private TestMessage() {}

    static void prepare(MessageContext message, TestCase testCase) {
        org.apache.axis2.context.MessageContext axis2 = ((Axis2MessageContext) message).getAxis2MessageContext();
        if (testCase.payload() != null && !testCase.payload().isEmpty()) {
            MessageBodies.build(
                    axis2, testCase.payload().getBytes(StandardCharsets.UTF_8), contentType(testCase.payload()));
        }
        testCase.properties().forEach(property -> set(message, axis2, property));
    }

    /** The framework tells the types apart by how the text begins. */
    private static String contentType(String payload) {
        if (payload.startsWith("<")) {
            return "application/xml";
        }
        return payload.startsWith("{") || payload.startsWith("[") ? "application/json" : "text/plain";
    }

    @SuppressWarnings("unchecked")
    private static void set(MessageContext message, org.apache.axis2.context.MessageContext axis2, Property property) {
        switch (property.scope()) {
            case "axis2":
                axis2.setProperty(property.name(), property.value());
                break;
            case "transport":
                ((Map<String, Object>) axis2.getProperty(org.apache.axis2.context.MessageContext.TRANSPORT_HEADERS))
                        .put(property.name(), property.value());
                break;
            case "default":
                message.setProperty(property.name(), property.value());
                break;
            default:
                throw new IllegalArgumentException(
                        "The property " + property.name() + " has the unknown scope " + property.scope());
        }
    }
}
