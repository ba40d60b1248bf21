package com.books.bookstore.runtime.engine.mediator;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamException;
import org.apache.axiom.om.util.AXIOMUtil;
import org.apache.axis2.Constants;
import org.apache.axis2.addressing.EndpointReference;
import org.apache.synapse.MessageContext;
import org.apache.synapse.SynapseException;
import org.apache.synapse.core.axis2.Axis2MessageContext;
import org.apache.synapse.mediators.AbstractMediator;

/**
 * Sets or removes a property of the message, of its Axis2 context or of its transport headers, as on Micro Integrator; in particular,
 * setting {@code messageType} also sets the content type.
 */
final class PropertyMediator extends AbstractMediator {

    private final String name;
    private final Scope scope;
    private final Source source;

    private PropertyMediator(String name, Scope scope, Source source) {
        this.name = name;
        this.scope = scope;
        this.source = source;
    }

    static PropertyMediator set(String name, Scope scope, Source source) {
        return new PropertyMediator(name, scope, source);
    }

    static PropertyMediator remove(String name, Scope scope) {
        return new PropertyMediator(name, scope, null);
    }

    /** Gives the value for one message. */
    interface Source {

        Object value(MessageContext message);
    }

    /** The part of a text that a pattern picks; empty if it does not match. */
    record Match(Pattern pattern, int group) {

        String apply(String text) {
            Matcher matcher = pattern.matcher(text);
            return matcher.matches() && matcher.groupCount() >= group ? matcher.group(group) : "";
        }
    }

    enum Scope {
        DEFAULT,
        AXIS2,
        AXIS2_CLIENT,
        OPERATION,
        TRANSPORT,
        /** The message's {@code To}, which is not a property. */
        ADDRESSING;

        static Scope of(String name) {
            return name == null
                    ? DEFAULT
                    : valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
        }
    }

    enum Type {
        STRING,
        BOOLEAN,
        DOUBLE,
        FLOAT,
        INTEGER,
        LONG,
        SHORT,
        OM;

        /** @throws SynapseException if the text is not such a value */
        Object convert(String text) {
            try {
                switch (this) {
                    case BOOLEAN:
                        return "true".equalsIgnoreCase(text) || "1".equals(text) || "yes".equalsIgnoreCase(text);
                    case DOUBLE:
                        return Double.valueOf(text);
                    case FLOAT:
                        return Float.valueOf(text);
                    case INTEGER:
                        return Integer.valueOf(text);
                    case LONG:
                        return Long.valueOf(text);
                    case SHORT:
                        return Short.valueOf(text);
                    case OM:
                        return AXIOMUtil.stringToOM(text);
                    default:
                        return text;
                }
            } catch (NumberFormatException | XMLStreamException e) {
                throw new SynapseException("\"" + text + "\" is not a valid " + this, e);
            }
        }

        /** As {@link #convert}, for the result of an expression: XPath computes 2 as 2.0. */
        Object convertResult(String text) {
            if (text == null) {
                return null;
            }
            boolean wholeNumber = this == INTEGER || this == SHORT;
            return wholeNumber && text.indexOf('.') >= 0
                    ? convert(Long.toString((long) Double.parseDouble(text)))
                    : convert(text);
        }
    }

    /** The body is built when an expression looks at it, and before it is said to be of another type. */
    @Override
    public boolean isContentAware() {
        return false;
    }

    @Override
    public boolean mediate(MessageContext message) {
        if (source == null) {
            remove(message);
        } else {
            set(message, source.value(message));
        }
        return true;
    }

    private void set(MessageContext message, Object value) {
        org.apache.axis2.context.MessageContext axis2 = ((Axis2MessageContext) message).getAxis2MessageContext();
        switch (scope) {
            case AXIS2:
                if (Constants.Configuration.MESSAGE_TYPE.equals(name)) {
                    // As on Micro Integrator: the body is what its sender said.
                    message.getEnvelope();
                }
                axis2.setProperty(name, value);
                if (Constants.Configuration.MESSAGE_TYPE.equals(name)) {
                    setContentType(axis2, value);
                }
                break;
            case AXIS2_CLIENT:
                axis2.getOptions().setProperty(name, value);
                break;
            case OPERATION:
                axis2.getOperationContext().setProperty(name, value);
                break;
            case TRANSPORT:
                transportHeaders(axis2).put(name, value == null ? "" : value);
                break;
            case ADDRESSING:
                message.setTo(new EndpointReference(value == null ? "" : value.toString()));
                break;
            default:
                message.setProperty(name, value);
        }
    }

    private static void setContentType(org.apache.axis2.context.MessageContext axis2, Object value) {
        axis2.setProperty(Constants.Configuration.CONTENT_TYPE, value);
        if (axis2.getProperty(org.apache.axis2.context.MessageContext.TRANSPORT_HEADERS) != null) {
            transportHeaders(axis2).put("Content-Type", value);
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> transportHeaders(org.apache.axis2.context.MessageContext axis2) {
        Object headers = axis2.getProperty(org.apache.axis2.context.MessageContext.TRANSPORT_HEADERS);
        if (headers instanceof Map) {
            return (Map<String, Object>) headers;
        }
        Map<String, Object> created = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        axis2.setProperty(org.apache.axis2.context.MessageContext.TRANSPORT_HEADERS, created);
        return created;
    }

    private void remove(MessageContext message) {
        org.apache.axis2.context.MessageContext axis2 = ((Axis2MessageContext) message).getAxis2MessageContext();
        switch (scope) {
            case AXIS2:
                axis2.removeProperty(name);
                break;
            case AXIS2_CLIENT:
                axis2.getOptions().setProperty(name, null);
                break;
            case OPERATION:
                axis2.getOperationContext().removeProperty(name);
                break;
            case TRANSPORT:
                Object headers = axis2.getProperty(org.apache.axis2.context.MessageContext.TRANSPORT_HEADERS);
                if (headers instanceof Map) {
                    ((Map<?, ?>) headers).remove(name);
                }
                break;
            case ADDRESSING:
                message.setTo(null);
                break;
            default:
                message.getPropertyKeySet().remove(name);
        }
    }
}
