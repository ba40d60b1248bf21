package com.books.bookstore.runtime.engine;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import com.jayway.jsonpath.Configuration;
import com.jayway.jsonpath.JsonPath;
import com.jayway.jsonpath.JsonPathException;
import com.jayway.jsonpath.spi.json.GsonJsonProvider;
import com.jayway.jsonpath.spi.mapper.GsonMappingProvider;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.axiom.om.OMNode;
import org.apache.synapse.MessageContext;
import org.apache.synapse.SynapseConstants;
import org.apache.synapse.core.axis2.Axis2MessageContext;
import org.apache.synapse.mediators.template.TemplateContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * <code>${..}</code> of Micro Integrator 4.4, without its operators and functions: a path into a variable ({@code vars}), the JSON body
 * ({@code payload}), a transport header ({@code headers}), a parameter ({@code params}) or a property ({@code props}).
 *
 * <p>Thread-safe.
 */
public final class BracedExpression extends Expression {

    /** What the roots begin with. */
    static final List<String> ROOTS = List.of(
            "vars",
            "payload",
            "headers",
            "params.queryParams",
            "params.pathParams",
            "params.functionParams",
            "props.synapse",
            "props.axis2");

    private static final Logger LOG = LoggerFactory.getLogger(BracedExpression.class);

    /** As Micro Integrator's: a number read by its path loses its last zeros, a whole object keeps all digits. */
    private static final Configuration JSON = Configuration.builder()
            .jsonProvider(
                    new GsonJsonProvider(new GsonBuilder().serializeNulls().create()))
            .mappingProvider(new GsonMappingProvider())
            .build();

    private static final String STEP = "(?:\\.[A-Za-z_][\\w-]*|\\.?\\[(?:\\d+|\"[^\"]+\"|'[^']+')])";
    private static final Pattern GRAMMAR = Pattern.compile("(?<root>vars|payload|headers|params\\."
            + "(?:queryParams|pathParams|functionParams)|props\\.(?:synapse|axis2))(?<path>" + STEP + "*)");
    private static final Pattern FIRST_STEP =
            Pattern.compile("(?:\\.([\\w-]+)|\\.?\\[(?:\"([^\"]+)\"|'([^']+)')])(.*)");

    /** Words that Micro Integrator's grammar takes for operators and literals, so that they cannot follow a dot. */
    private static final Pattern RESERVED = Pattern.compile(
            "\\.(in|nin|subsetof|anyof|noneof|size|empty|and|or|true|false|null)(?![\\w-])", Pattern.DOTALL);

    private static final Set<String> ROOTS_WITHOUT_NAME = Set.of("payload");

    private final String text;
    private final String root;

    /** The name of the variable, header, parameter or property; null for the body. */
    private final String name;

    /** What comes after the name, as JSONPath without its root. */
    private final String path;

    private BracedExpression(String text, String root, String name, String path) {
        this.text = text;
        this.root = root;
        this.name = name;
        this.path = path;
    }

    /**
     * Reads an expression.
     *
     * @param text what stands between the braces
     * @throws IllegalArgumentException if it is anything but such a path; the message says what is wrong
     */
    public static BracedExpression parse(String text) {
        String expression = text.trim();
        Matcher parts = GRAMMAR.matcher(expression);
        if (!parts.matches()) {
            throw new IllegalArgumentException("only a path that begins with " + String.join(", ", ROOTS)
                    + " is supported by the embedded runtime");
        }
        String root = parts.group("root");
        String path = parts.group("path");
        Matcher reserved = RESERVED.matcher(path.replaceAll("\\[[^]]*]", ""));
        if (reserved.find()) {
            throw new IllegalArgumentException(
                    reserved.group(1) + " is a reserved word: write [\"" + reserved.group(1) + "\"]");
        }
        if (ROOTS_WITHOUT_NAME.contains(root)) {
            return new BracedExpression(expression, root, null, path);
        }
        String[] step = firstStep(path);
        if (step == null) {
            throw new IllegalArgumentException("a name has to follow " + root);
        }
        if (!step[1].isEmpty() && !"vars".equals(root)) {
            throw new IllegalArgumentException("only one name can follow " + root);
        }
        return new BracedExpression(expression, root, step[0], step[1]);
    }

    /** The name that a path begins with, and the rest; null if it does not begin with a name. */
    private static String[] firstStep(String path) {
        Matcher first = FIRST_STEP.matcher(path);
        if (!first.matches()) {
            return null;
        }
        String inBrackets = first.group(2) == null ? first.group(3) : first.group(2);
        return new String[] {first.group(1) == null ? inBrackets : first.group(1), first.group(4)};
    }

    /** As on Micro Integrator, what is not there is logged and an empty text. */
    @Override
    public String stringValueOf(MessageContext message) {
        return textOf(valueOf(message));
    }

    /** The text of a value as Micro Integrator writes it. */
    public static String textOf(Object value) {
        if (value instanceof String string) {
            boolean quoted = string.length() > 1
                    && (string.startsWith("\"") && string.endsWith("\"")
                            || string.startsWith("'") && string.endsWith("'"));
            return quoted ? string.substring(1, string.length() - 1) : string;
        }
        return value instanceof JsonPrimitive primitive && primitive.isString()
                ? primitive.getAsString()
                : value.toString();
    }

    /**
     * The value itself: JSON as Gson's types, numbers and texts as Java's, XML as Axiom's; an empty text if there is none, and for a variable
     * with the answer of a connector as a whole.
     */
    public Object valueOf(MessageContext message) {
        try {
            Object value = value(message);
            if (value == null) {
                LOG.warn("{} is empty: there is no such value", this);
            }
            boolean none = value == null || value instanceof Map || isNull(value);
            return none ? "" : value;
        } catch (JsonPathException e) {
            LOG.warn(
                    "${{{}}} is empty: {}", text, String.valueOf(e.getMessage()).split("\n")[0]);
            return "";
        }
    }

    @Override
    public String toString() {
        return "${" + text + "}";
    }

    private static boolean isNull(Object value) {
        return value instanceof JsonElement json && json.isJsonNull();
    }

    private Object value(MessageContext message) {
        org.apache.axis2.context.MessageContext axis2 = ((Axis2MessageContext) message).getAxis2MessageContext();
        switch (root) {
            case "vars":
                return variable(MessageVariables.of(message).getVariable(name));
            case "payload":
                String body = JsonPathExpression.body(axis2);
                return body.isEmpty() ? null : read(body, path);
            case "headers":
                Object headers = axis2.getProperty(org.apache.axis2.context.MessageContext.TRANSPORT_HEADERS);
                return numberOrText(headers instanceof Map ? ((Map<?, ?>) headers).get(name) : null);
            case "params.queryParams":
                return numberOrText(message.getProperty("query.param." + name));
            case "params.pathParams":
                return numberOrText(message.getProperty("uri.var." + name));
            case "params.functionParams":
                return numberOrText(functionParameter(message));
            case "props.axis2":
                return numberOrText(axis2.getProperty(name));
            default:
                return numberOrText(message.getProperty(name));
        }
    }

    private Object functionParameter(MessageContext message) {
        Object calls = message.getProperty(SynapseConstants.SYNAPSE__FUNCTION__STACK);
        return calls instanceof List && !((List<?>) calls).isEmpty()
                ? ((TemplateContext) ((List<?>) calls).get(((List<?>) calls).size() - 1)).getParameterValue(name)
                : null;
    }

    private Object variable(Object variable) {
        if (variable == null || path.isEmpty()) {
            return variable;
        }
        if (!(variable instanceof Map)) {
            return variable instanceof OMNode ? null : read(variable.toString(), path);
        }
        String[] key = firstStep(path);
        Object part = key == null ? null : ((Map<?, ?>) variable).get(key[0]);
        if (part == null || key[1].isEmpty()) {
            return part;
        }
        return part instanceof JsonElement ? read(part.toString(), key[1]) : null;
    }

    private static Object read(String json, String path) {
        return JsonPath.parse(json, JSON).read("$" + path.replace(".[", "["));
    }

    /** As on Micro Integrator, a text that is a number is one: 007 becomes 7. */
    private static Object numberOrText(Object value) {
        if (value == null) {
            return null;
        }
        String text = value.toString();
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException notWhole) {
            try {
                return Double.valueOf(text);
            } catch (NumberFormatException notANumber) {
                return text;
            }
        }
    }
}
