package com.books.bookstore.runtime.engine.mediator;

import com.books.bookstore.runtime.engine.FlowLog;
import com.books.bookstore.runtime.engine.InlineText;
import java.util.List;
import java.util.Locale;
import org.apache.synapse.MessageContext;
import org.apache.synapse.commons.json.JsonUtil;
import org.apache.synapse.core.axis2.Axis2MessageContext;
import org.apache.synapse.mediators.AbstractMediator;
import org.slf4j.event.Level;

/** Writes one line about a message into the log, in the words of Micro Integrator. */
final class LogMediator extends AbstractMediator {

    private final Content content;
    private final Level level;
    private final String separator;
    private final boolean withMessageId;
    private final InlineText text;
    private final List<Field> fields;
    private final FlowLog flowLog;

    LogMediator(
            Content content,
            Level level,
            String separator,
            boolean withMessageId,
            InlineText text,
            List<Field> fields,
            FlowLog flowLog) {
        this.content = content;
        this.level = level;
        this.separator = separator;
        this.withMessageId = withMessageId;
        this.text = text;
        this.fields = List.copyOf(fields);
        this.flowLog = flowLog;
    }

    /** {@code name = value} at the end of the line. */
    record Field(String name, PropertyMediator.Source source) {}

    /** What the line says beside text and fields. */
    enum Content {
        CUSTOM,
        SIMPLE,
        HEADERS,
        FULL;

        static Content of(String level) {
            return valueOf(level.toUpperCase(Locale.ROOT));
        }
    }

    /** The body is built when the line shows it. */
    @Override
    public boolean isContentAware() {
        return false;
    }

    @Override
    public boolean mediate(MessageContext message) {
        if (flowLog.isEnabled(level)) {
            flowLog.write(level, line(message));
        }
        return true;
    }

    private String line(MessageContext message) {
        StringBuilder line = new StringBuilder();
        if (content == Content.CUSTOM && withMessageId) {
            append(line, "MessageID: " + message.getMessageID());
        }
        String words = text.textFor(message);
        if (!words.isEmpty()) {
            append(line, words);
        }
        if (content == Content.SIMPLE || content == Content.FULL) {
            appendAddresses(line, message);
        }
        if (content == Content.HEADERS && message.getEnvelope().getHeader() != null) {
            message.getEnvelope()
                    .getHeader()
                    .getChildElements()
                    .forEachRemaining(header -> append(
                            line,
                            ((org.apache.axiom.om.OMElement) header).getLocalName() + " : "
                                    + ((org.apache.axiom.om.OMElement) header).getText()));
        }
        for (Field field : fields) {
            append(line, field.name() + " = " + field.source().value(message));
        }
        if (content == Content.FULL) {
            appendBody(line, message);
        }
        return line.toString();
    }

    private void append(StringBuilder line, String part) {
        if (line.length() > 0) {
            line.append(separator);
        }
        line.append(part);
    }

    private void appendAddresses(StringBuilder line, MessageContext message) {
        append(line, "To: " + (message.getTo() == null ? "" : message.getTo().getAddress()));
        if (message.getWSAAction() != null) {
            append(line, "WSAction: " + message.getWSAAction());
        }
        if (message.getSoapAction() != null) {
            append(line, "SOAPAction: " + message.getSoapAction());
        }
        if (message.getMessageID() != null) {
            append(line, "MessageID: " + message.getMessageID());
        }
        append(line, "Direction: " + (message.isResponse() ? "response" : "request"));
    }

    private void appendBody(StringBuilder line, MessageContext message) {
        org.apache.axis2.context.MessageContext axis2 = ((Axis2MessageContext) message).getAxis2MessageContext();
        append(
                line,
                JsonUtil.hasAJsonPayload(axis2)
                        ? "Payload: " + JsonUtil.jsonPayloadToString(axis2)
                        : "Envelope: " + message.getEnvelope());
    }
}
