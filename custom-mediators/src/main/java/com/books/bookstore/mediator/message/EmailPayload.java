package com.books.bookstore.mediator.message;

import com.books.bookstore.mail.Mail;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import javax.xml.namespace.QName;
import org.apache.axiom.om.OMElement;
import org.apache.axiom.om.OMFactory;
import org.apache.synapse.MessageContext;
import org.apache.synapse.core.axis2.Axis2MessageContext;

/**
 * Turns a message into an email as the mail transport of Micro Integrator reads it. Thread-safe.
 *
 * <p>The transport reads only {@code From} and {@code Subject} from the transport headers. Other headers come from an option of the Axis2
 * message, which a call keeps only with {@code initAxis2ClientOptions="false"}. A body in the wrapper for binary content is sent with its own content type.
 */
public final class EmailPayload {

    /** Where the mail transport looks for custom headers. */
    private static final String CUSTOM_HEADERS = "transport.mail.custom.headers";

    private static final QName BINARY = new QName("http://ws.apache.org/commons/ns/payload", "binary");

    private EmailPayload() {}

    /** Replaces everything of the email that the message was before. */
    public static void put(MessageContext message, Mail mail) {
        org.apache.axis2.context.MessageContext axis2 = ((Axis2MessageContext) message).getAxis2MessageContext();
        Map<String, String> headers = new HashMap<>();
        headers.put("From", mail.from());
        headers.put("Subject", mail.subject());
        axis2.setProperty(org.apache.axis2.context.MessageContext.TRANSPORT_HEADERS, headers);
        Map<String, String> customHeaders = new HashMap<>(mail.headers());
        // The transport always writes this one, with the text "null" if there is no action.
        customHeaders.put("SOAPAction", "");
        axis2.getOptions().setProperty(CUSTOM_HEADERS, customHeaders);
        OMElement body = message.getEnvelope().getBody();
        for (OMElement old = body.getFirstElement(); old != null; old = body.getFirstElement()) {
            old.detach();
        }
        OMFactory factory = body.getOMFactory();
        OMElement binary = factory.createOMElement(BINARY);
        // As text with a type, so that the engine's own Axiom creates the data handler that its transport looks for.
        binary.addChild(factory.createOMText(
                Base64.getEncoder().encodeToString(mail.body().bytes()),
                mail.body().contentType(),
                true));
        body.addChild(binary);
    }
}
