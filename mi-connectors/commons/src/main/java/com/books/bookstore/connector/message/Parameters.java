package com.books.bookstore.connector.message;

import java.util.Stack;
import org.apache.synapse.MessageContext;
import org.apache.synapse.SynapseConstants;
import org.apache.synapse.SynapseException;
import org.apache.synapse.mediators.template.TemplateContext;

/** The parameters with which an operation's template was called. For one message on one thread. */
public final class Parameters {

    private final TemplateContext template;

    private Parameters(TemplateContext template) {
        this.template = template;
    }

    /** @throws SynapseException unless the operation is called through its template */
    public static Parameters of(MessageContext message) {
        Object calls = message.getProperty(SynapseConstants.SYNAPSE__FUNCTION__STACK);
        if (!(calls instanceof Stack) || ((Stack<?>) calls).isEmpty()) {
            throw new SynapseException(
                    "Call the connector's operations through their templates, such as <bookstore.priceOrder>");
        }
        return new Parameters((TemplateContext) ((Stack<?>) calls).peek());
    }

    /** The value, or "" if the parameter was not given. */
    public String text(String name) {
        Object value = template.getParameterValue(name);
        String text = value == null ? "" : value.toString().trim();
        // JSON written into a flow stands in quotes: without them Micro Integrator takes the braces for an expression.
        return isQuoted(text, "{", "}") || isQuoted(text, "[", "]") ? text.substring(1, text.length() - 1) : text;
    }

    private static boolean isQuoted(String text, String open, String close) {
        return text.startsWith("'" + open) && text.endsWith(close + "'");
    }

    /** The value, or what stands for it if it was not given. */
    public String text(String name, String defaultValue) {
        String text = text(name);
        return text.isEmpty() ? defaultValue : text;
    }

    /** @throws IllegalArgumentException if the parameter was not given, or its expression found nothing */
    public String required(String name) {
        String text = text(name);
        if (text.isEmpty()) {
            throw new IllegalArgumentException("The parameter '" + name + "' is not set");
        }
        return text;
    }

    public boolean isTrue(String name) {
        return Boolean.parseBoolean(text(name));
    }
}
