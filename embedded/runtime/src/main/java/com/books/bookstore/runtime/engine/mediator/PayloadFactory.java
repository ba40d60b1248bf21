package com.books.bookstore.runtime.engine.mediator;

import com.books.bookstore.mi.json.JsonXml;
import com.books.bookstore.runtime.engine.BracedExpression;
import com.books.bookstore.runtime.engine.Expression;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.namespace.QName;
import javax.xml.stream.XMLStreamException;
import org.apache.axiom.om.OMAbstractFactory;
import org.apache.axiom.om.OMElement;
import org.apache.axiom.om.OMException;
import org.apache.axiom.om.OMFactory;
import org.apache.axiom.om.OMText;
import org.apache.axiom.om.util.AXIOMUtil;
import org.apache.axis2.AxisFault;
import org.apache.axis2.Constants;
import org.apache.synapse.Mediator;
import org.apache.synapse.MessageContext;
import org.apache.synapse.SynapseException;
import org.apache.synapse.commons.json.JsonUtil;
import org.apache.synapse.config.xml.AbstractMediatorFactory;
import org.apache.synapse.core.axis2.Axis2MessageContext;
import org.apache.synapse.mediators.AbstractMediator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Builds {@code <payloadFactory>} for JSON, XML and text: <code>$1</code>, <code>$2</code> and so on in the format are replaced by the arguments.
 * So is <code>${..}</code>. As on Micro Integrator, an argument goes in as text: <code>"$1"</code> is a JSON string, a bare <code>$1</code> whatever the text spells.
 */
public final class PayloadFactory extends AbstractMediatorFactory {

    private static final Logger LOG = LoggerFactory.getLogger(PayloadFactory.class);

    private static final Pattern PLACEHOLDER = Pattern.compile("\"\\$\\{([^}]+)}\"|\\$\\{([^}]+)}|\\$(\\d+)");

    @Override
    public QName getTagQName() {
        return AttributeNames.element("payloadFactory");
    }

    @Override
    protected Mediator createSpecificMediator(OMElement element, Properties properties) {
        Kind kind =
                Kind.valueOf(element.getAttributeValue(new QName("media-type")).toUpperCase(Locale.ROOT));
        OMElement format = element.getFirstChildWithName(AttributeNames.element("format"));
        String template = kind == Kind.XML ? format.getFirstElement().toString() : text(format);
        List<Argument> arguments = new ArrayList<>();
        OMElement args = element.getFirstChildWithName(AttributeNames.element("args"));
        if (args != null) {
            for (Iterator<?> children = args.getChildElements(); children.hasNext(); ) {
                arguments.add(argument((OMElement) children.next()));
            }
        }
        return new PayloadMediator(kind, split(template, arguments));
    }

    /** What a payload is made as. */
    private enum Kind {
        JSON,
        XML,
        TEXT
    }

    private static String text(OMElement format) {
        StringBuilder text = new StringBuilder();
        for (Iterator<?> children = format.getChildren(); children.hasNext(); ) {
            Object child = children.next();
            if (child instanceof OMText) {
                text.append(((OMText) child).getText());
            }
        }
        return text.toString().trim();
    }

    private static Argument argument(OMElement arg) {
        boolean literal = Boolean.parseBoolean(arg.getAttributeValue(new QName("literal")));
        String value = arg.getAttributeValue(AttributeNames.VALUE);
        if (value != null) {
            return new Argument(message -> value, false, literal);
        }
        Expression expression = Expression.of(arg, AttributeNames.EXPRESSION);
        return new Argument(expression::stringValueOf, expression.isJsonPath(), literal);
    }

    /** The format cut at its placeholders, so that a message only has to join the parts. */
    private static List<Part> split(String template, List<Argument> arguments) {
        List<Part> parts = new ArrayList<>();
        Matcher placeholder = PLACEHOLDER.matcher(template);
        int end = 0;
        while (placeholder.find()) {
            if (placeholder.group(3) == null) {
                boolean quoted = placeholder.group(1) != null;
                BracedExpression expression = BracedExpression.parse(placeholder.group(quoted ? 1 : 2));
                parts.add(new Part(template.substring(end, placeholder.start()), new Inline(expression, quoted)));
                end = placeholder.end();
                continue;
            }
            int number = placeholder.group(3).length() > 4 ? 0 : Integer.parseInt(placeholder.group(3));
            if (number < 1 || number > arguments.size()) {
                // As on Micro Integrator, which logs it for each message: the rest of the format stays as it is.
                LOG.warn(
                        "<format> has {}, but there are {} arguments: it stays as it is, and so does all that follows",
                        placeholder.group(),
                        arguments.size());
                break;
            }
            parts.add(new Part(template.substring(end, placeholder.start()), arguments.get(number - 1)));
            end = placeholder.end();
        }
        parts.add(new Part(template.substring(end), null));
        return parts;
    }

    private record Part(String before, Placeholder argument) {}

    /** What stands in a format in the place of a value. */
    @FunctionalInterface
    private interface Placeholder {

        String textFor(MessageContext message, Kind kind);
    }

    /** <code>${..}</code>: in quotes it is always a text, without them JSON and numbers stay what they are. */
    private record Inline(BracedExpression expression, boolean quoted) implements Placeholder {

        @Override
        public String textFor(MessageContext message, Kind kind) {
            Object value = expression.valueOf(message);
            String text = BracedExpression.textOf(value);
            if (kind == Kind.XML) {
                boolean json = value instanceof JsonElement && !(value instanceof JsonPrimitive);
                String written = inXml(text, json, false);
                return quoted ? '"' + written + '"' : written;
            }
            boolean escaped = kind == Kind.JSON && (quoted || value instanceof JsonPrimitive);
            String written =
                    escaped ? new String(JsonStringEncoder.getInstance().quoteAsString(text)) : text;
            return quoted ? '"' + written + '"' : written;
        }
    }

    private record Argument(PropertyMediator.Source source, boolean jsonPath, boolean literal) implements Placeholder {

        @Override
        public String textFor(MessageContext message, Kind kind) {
            Object value = source.value(message);
            String text = value == null ? "" : value.toString();
            String trimmed = text.trim();
            if (kind == Kind.XML) {
                return inXml(text, jsonPath && (trimmed.startsWith("{") || trimmed.startsWith("[")), literal);
            }
            if (kind == Kind.TEXT) {
                return text;
            }
            if (!literal && (trimmed.startsWith("{") || trimmed.startsWith("["))) {
                return text;
            }
            if (!literal && !jsonPath && trimmed.startsWith("<") && trimmed.endsWith(">")) {
                String converted = xmlToJson(trimmed);
                if (converted != null) {
                    return converted;
                }
            }
            return new String(JsonStringEncoder.getInstance().quoteAsString(text));
        }

        private static String xmlToJson(String xml) {
            try {
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                JsonXml.writeJson(AXIOMUtil.stringToOM("<jsonObject>" + xml + "</jsonObject>"), out);
                return out.toString(StandardCharsets.UTF_8);
            } catch (XMLStreamException | OMException | IOException e) {
                return null;
            }
        }
    }

    /** As on Micro Integrator, XML goes in as XML and any other text as a text. */
    private static String inXml(String text, boolean json, boolean literal) {
        if (json) {
            throw new SynapseException("JSON in a payload of XML is not supported by the embedded runtime: " + text);
        }
        String trimmed = text.trim();
        if (!literal && trimmed.startsWith("<") && trimmed.endsWith(">")) {
            try {
                AXIOMUtil.stringToOM(trimmed).build();
                return trimmed;
            } catch (XMLStreamException | OMException e) {
                LOG.debug("A value that looks like XML is a text: {}", e.getMessage());
            }
        }
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&apos;");
    }

    private static final class PayloadMediator extends AbstractMediator {

        private final Kind kind;
        private final List<Part> parts;

        PayloadMediator(Kind kind, List<Part> parts) {
            this.kind = kind;
            this.parts = List.copyOf(parts);
        }

        @Override
        public boolean mediate(MessageContext message) {
            // Else a request's body that nothing has read yet would be built later, in the place of the new one.
            message.getEnvelope();
            StringBuilder payload = new StringBuilder();
            for (Part part : parts) {
                payload.append(part.before());
                if (part.argument() != null) {
                    payload.append(part.argument().textFor(message, kind));
                }
            }
            org.apache.axis2.context.MessageContext axis2 = ((Axis2MessageContext) message).getAxis2MessageContext();
            String content = payload.toString().trim();
            switch (kind) {
                case JSON:
                    setJson(axis2, content);
                    break;
                case XML:
                    setXml(axis2, content);
                    break;
                default:
                    setText(axis2, content);
            }
            axis2.removeProperty("NO_ENTITY_BODY");
            return true;
        }

        private static void setJson(org.apache.axis2.context.MessageContext axis2, String payload) {
            try {
                JsonUtil.getNewJsonPayload(axis2, payload, true, true);
            } catch (AxisFault e) {
                throw new SynapseException("Error creating JSON Payload", e);
            }
            setContentType(axis2, "application/json");
        }

        private static void setXml(org.apache.axis2.context.MessageContext axis2, String payload) {
            OMElement content;
            try {
                content = AXIOMUtil.stringToOM(payload);
                content.build();
            } catch (XMLStreamException | OMException e) {
                throw new SynapseException("Error creating XML Payload", e);
            }
            JsonUtil.removeJsonPayload(axis2);
            axis2.getEnvelope().getBody().addChild(content);
            setContentType(axis2, "application/xml");
        }

        private static void setText(org.apache.axis2.context.MessageContext axis2, String payload) {
            JsonUtil.removeJsonPayload(axis2);
            OMFactory factory = OMAbstractFactory.getOMFactory();
            OMElement text = factory.createOMElement(new QName("http://ws.apache.org/commons/ns/payload", "text"));
            text.setText(payload);
            axis2.getEnvelope().getBody().addChild(text);
            setContentType(axis2, "text/plain");
        }

        @SuppressWarnings("unchecked")
        private static void setContentType(org.apache.axis2.context.MessageContext axis2, String contentType) {
            axis2.setProperty(Constants.Configuration.MESSAGE_TYPE, contentType);
            axis2.setProperty(Constants.Configuration.CONTENT_TYPE, contentType);
            Object headers = axis2.getProperty(org.apache.axis2.context.MessageContext.TRANSPORT_HEADERS);
            if (headers instanceof Map) {
                ((Map<String, Object>) headers).put("Content-Type", contentType);
            }
        }
    }
}
