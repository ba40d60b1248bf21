package com.books.bookstore.runtime.engine;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.jayway.jsonpath.Configuration;
import com.jayway.jsonpath.JsonPath;
import com.jayway.jsonpath.JsonPathException;
import com.jayway.jsonpath.spi.json.JacksonJsonNodeJsonProvider;
import com.jayway.jsonpath.spi.mapper.JacksonMappingProvider;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.axis2.AxisFault;
import org.apache.synapse.MessageContext;
import org.apache.synapse.SynapseException;
import org.apache.synapse.commons.json.JsonUtil;
import org.apache.synapse.core.axis2.Axis2MessageContext;

/**
 * {@code json-eval(path)}. The path begins with <code>$</code> for the body, or with <code>$ctx:name</code>, <code>$trp:name</code> or
 * <code>$axis2:name</code> for the JSON in a property. <code>{expression}</code> in a path stands for the expression's value.
 *
 * <p>Thread-safe.
 */
final class JsonPathExpression extends Expression {

    private static final ObjectMapper EXACT_NUMBERS = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();
    private static final Configuration CONFIGURATION = Configuration.builder()
            .jsonProvider(new JacksonJsonNodeJsonProvider(EXACT_NUMBERS))
            .mappingProvider(new JacksonMappingProvider(EXACT_NUMBERS))
            .build();

    /** What Micro Integrator takes for an expression in a path. */
    private static final Pattern INNER = Pattern.compile("\\{([^\\s\",<>}\\]]+)}");

    private static final Pattern PROPERTY = Pattern.compile("(\\$(?:ctx|trp|axis2):[\\w\\-]+)(.*)", Pattern.DOTALL);

    /** Null: the path is read from the body. */
    private final Expression property;

    private final String path;
    /** Null if the path depends on the message. */
    private final JsonPath compiled;

    /** @throws SynapseException if it is not a valid JSONPath */
    JsonPathExpression(String text) {
        Matcher inProperty = PROPERTY.matcher(text);
        boolean ofProperty = inProperty.matches();
        property = ofProperty ? Expression.xpath(inProperty.group(1)) : null;
        String rooted = ofProperty ? "$" + inProperty.group(2) : text;
        path = rooted.endsWith(".") ? rooted.substring(0, rooted.length() - 1) : rooted;
        if (!path.startsWith("$")) {
            throw new SynapseException("Invalid JSONPath " + text + ": a path begins with $");
        }
        JsonPath sample = compile(withValues(inner -> {
            inner(inner);
            return "1";
        }));
        compiled = INNER.matcher(path).find() ? null : sample;
    }

    /** The expressions in braces in a path. */
    static List<String> innerExpressions(String path) {
        return INNER.matcher(path).results().map(inner -> inner.group(1)).toList();
    }

    private String withValues(UnaryOperator<String> values) {
        return INNER.matcher(path).replaceAll(inner -> Matcher.quoteReplacement(values.apply(inner.group(1))));
    }

    private static Expression inner(String expression) {
        return ExpressionCheck.isJsonEval(expression)
                ? new JsonPathExpression(expression.substring("json-eval(".length(), expression.length() - 1))
                : Expression.xpath(expression);
    }

    private static JsonPath compile(String path) {
        try {
            return JsonPath.compile(path);
        } catch (IllegalArgumentException | JsonPathException e) {
            throw new SynapseException("Invalid JSONPath " + path + ": " + e.getMessage(), e);
        }
    }

    @Override
    public boolean isJsonPath() {
        return true;
    }

    /** As on Micro Integrator: nothing found and malformed JSON give an empty text, a JSON null the text null. */
    @Override
    public String stringValueOf(MessageContext message) {
        String json = property == null
                ? body(((Axis2MessageContext) message).getAxis2MessageContext())
                : property.stringValueOf(message);
        if (json == null || json.isEmpty() || "$".equals(path)) {
            return json == null ? "" : json;
        }
        JsonPath jsonPath = compiled != null
                ? compiled
                : compile(withValues(inner -> {
                    String value = inner(inner).stringValueOf(message);
                    return value == null ? "" : value;
                }));
        try {
            return text(jsonPath.read(json, CONFIGURATION));
        } catch (JsonPathException e) {
            return "";
        }
    }

    /** Functions such as length() give numbers and not JSON. */
    private static String text(Object found) {
        if (found == null) {
            return "null";
        }
        return found instanceof JsonNode node && node.isValueNode() ? node.asText() : found.toString();
    }

    static String body(org.apache.axis2.context.MessageContext axis2) {
        if (JsonUtil.hasAJsonPayload(axis2)) {
            return JsonUtil.jsonPayloadToString(axis2);
        }
        if (axis2.getEnvelope().getBody().getFirstElement() == null) {
            return "";
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            JsonUtil.writeAsJson(axis2, out);
        } catch (AxisFault e) {
            return "";
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}
