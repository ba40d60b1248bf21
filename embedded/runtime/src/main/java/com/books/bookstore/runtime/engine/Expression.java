package com.books.bookstore.runtime.engine;

import com.books.bookstore.runtime.artifact.ArtifactXml;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.namespace.QName;
import org.apache.axiom.om.OMAttribute;
import org.apache.axiom.om.OMElement;
import org.apache.axiom.om.OMText;
import org.apache.synapse.MessageContext;
import org.apache.synapse.SynapseException;
import org.apache.synapse.config.xml.SynapseXPathFactory;
import org.apache.synapse.core.axis2.Axis2MessageContext;
import org.apache.synapse.util.xpath.SynapseXPath;
import org.jaxen.JaxenException;

/**
 * A value taken from the message: an XPath expression, {@code json-eval(path)} or <code>${path}</code>. Reading one property, by far the most frequent
 * expression, does not pass through the XPath engine; it gives what the XPath engine would.
 *
 * <p>Thread-safe.
 */
public abstract class Expression {

    private static final Pattern VARIABLE = Pattern.compile("\\$(ctx|trp|axis2):([\\w.\\-]+)");
    private static final Pattern JSON_EVAL = Pattern.compile("json-eval\\((.*)\\)", Pattern.DOTALL);

    private static final Pattern BRACED =
            Pattern.compile("\\$\\{(.*)}|" + ArtifactXml.BRACED_FUNCTION + "\\((['\"])(.*)\\2\\)", Pattern.DOTALL);

    private static final QName EVALUATOR = new QName("evaluator");

    Expression() {}

    /**
     * Compiles the expression in an attribute. With {@code evaluator="json"} beside it, it is a JSONPath, also without
     * {@code json-eval()}.
     *
     * @throws SynapseException if it is not a valid XPath or JSONPath
     */
    public static Expression of(OMElement element, QName attribute) {
        String text = element.getAttributeValue(attribute).trim();
        Matcher braced = BRACED.matcher(text);
        if (braced.matches()) {
            return BracedExpression.parse(braced.group(1) == null ? braced.group(3) : braced.group(1));
        }
        Matcher jsonEval = JSON_EVAL.matcher(text);
        if (jsonEval.matches()) {
            return new JsonPathExpression(unquote(jsonEval.group(1).trim()));
        }
        if (isJsonPath(element)) {
            return new JsonPathExpression(text);
        }
        Matcher variable = VARIABLE.matcher(text);
        if (variable.matches()) {
            return new Variable(variable.group(1), variable.group(2));
        }
        try {
            return new XPath(SynapseXPathFactory.getSynapseXPath(element, attribute));
        } catch (JaxenException e) {
            throw new SynapseException("Invalid XPath expression " + text + ": " + e.getMessage(), e);
        }
    }

    /** An XPath that stands in another text, without namespaces. */
    static Expression xpath(String text) {
        Matcher variable = VARIABLE.matcher(text);
        if (variable.matches()) {
            return new Variable(variable.group(1), variable.group(2));
        }
        try {
            return new XPath(new SynapseXPath(ArtifactXml.translatedFunctions(text)));
        } catch (JaxenException e) {
            throw new SynapseException("Invalid XPath expression " + text + ": " + e.getMessage(), e);
        }
    }

    static boolean isJsonPath(OMElement element) {
        return "json".equals(element.getAttributeValue(EVALUATOR));
    }

    static Expression jsonPath(String path) {
        return new JsonPathExpression(path);
    }

    static String unquote(String path) {
        boolean quoted = path.length() > 1
                && (path.charAt(0) == '\'' || path.charAt(0) == '"')
                && path.charAt(path.length() - 1) == path.charAt(0);
        return quoted ? path.substring(1, path.length() - 1) : path;
    }

    /** The value as text; null if there is none. */
    public abstract String stringValueOf(MessageContext message);

    /** True if the value comes from JSON, so that a text beginning with a brace or bracket is JSON itself. */
    public boolean isJsonPath() {
        return false;
    }

    private static final class XPath extends Expression {

        private final SynapseXPath xpath;

        XPath(SynapseXPath xpath) {
            this.xpath = xpath;
        }

        @Override
        public String stringValueOf(MessageContext message) {
            return xpath.stringValueOf(message);
        }
    }

    private static final class Variable extends Expression {

        private final String scope;
        private final String name;

        Variable(String scope, String name) {
            this.scope = scope;
            this.name = name;
        }

        @Override
        public String stringValueOf(MessageContext message) {
            return text(value(message));
        }

        private Object value(MessageContext message) {
            if ("ctx".equals(scope)) {
                return message.getProperty(name);
            }
            org.apache.axis2.context.MessageContext axis2 = ((Axis2MessageContext) message).getAxis2MessageContext();
            if ("axis2".equals(scope)) {
                return axis2.getProperty(name);
            }
            Object headers = axis2.getProperty(org.apache.axis2.context.MessageContext.TRANSPORT_HEADERS);
            return headers instanceof Map ? ((Map<?, ?>) headers).get(name) : null;
        }

        /** As the XPath engine: text of texts, numbers and XML; nothing of any other object. */
        private static String text(Object value) {
            if (value == null) {
                return null;
            }
            if (value instanceof String || value instanceof Number || value instanceof Boolean) {
                return value.toString();
            }
            if (value instanceof OMElement) {
                String text = ((OMElement) value).getText();
                return text.trim().isEmpty() ? value.toString() : text;
            }
            if (value instanceof OMText) {
                return ((OMText) value).getText();
            }
            return value instanceof OMAttribute ? ((OMAttribute) value).getAttributeValue() : "";
        }
    }
}
