package com.books.bookstore.runtime.mediators;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.apache.axiom.om.OMAbstractFactory;
import org.apache.axiom.om.OMElement;
import org.apache.axiom.om.OMFactory;
import org.apache.synapse.MessageContext;
import org.apache.synapse.core.axis2.Axis2MessageContext;
import org.apache.synapse.mediators.AbstractMediator;

/** Makes the message an email in two formats with a Message-ID of its own, in the way that Micro Integrator's mail transport understands. */
public class HtmlMailMediator extends AbstractMediator {

    @Override
    public boolean mediate(MessageContext message) {
        org.apache.axis2.context.MessageContext axis2 = ((Axis2MessageContext) message).getAxis2MessageContext();
        axis2.getOptions()
                .setProperty(
                        "transport.mail.custom.headers",
                        Map.of(
                                "Message-ID",
                                "<mail-42@books.com>",
                                "Reply-To",
                                "desk@books.com",
                                "X-Correlation-ID",
                                "c-1"));
        String body =
                "--b1\r\nContent-Type: text/plain; charset=UTF-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\nGr\u00fc\u00dfe\r\n"
                        + "--b1\r\nContent-Type: text/html; charset=UTF-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n<p>Gr\u00fc\u00dfe</p>\r\n--b1--\r\n";
        OMFactory factory = OMAbstractFactory.getOMFactory();
        OMElement binary = factory.createOMElement(
                "binary", factory.createOMNamespace("http://ws.apache.org/commons/ns/payload", ""));
        binary.addChild(factory.createOMText(
                Base64.getEncoder().encodeToString(body.getBytes(StandardCharsets.UTF_8)),
                "multipart/alternative; boundary=\"b1\"",
                true));
        OMElement old = message.getEnvelope().getBody().getFirstElement();
        if (old != null) {
            old.detach();
        }
        message.getEnvelope().getBody().addChild(binary);
        return true;
    }
}
