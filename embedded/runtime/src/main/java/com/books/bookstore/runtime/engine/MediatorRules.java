package com.books.bookstore.runtime.engine;

import static com.books.bookstore.runtime.engine.AttributeRule.EXPRESSION;
import static com.books.bookstore.runtime.engine.AttributeRule.NUMBER;
import static com.books.bookstore.runtime.engine.AttributeRule.REGEX;
import static com.books.bookstore.runtime.engine.AttributeRule.TEXT;
import static com.books.bookstore.runtime.engine.AttributeRule.TEXT_OR_EXPRESSION;
import static com.books.bookstore.runtime.engine.AttributeRule.oneOf;
import static com.books.bookstore.runtime.engine.AttributeRule.referenceTo;
import static com.books.bookstore.runtime.engine.Grammar.has;
import static com.books.bookstore.runtime.engine.Rule.exactlyOneOf;

import com.books.bookstore.runtime.engine.Grammar.Reference;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import javax.xml.namespace.QName;
import org.apache.synapse.SynapseConstants;

/** What each mediator may hold. */
final class MediatorRules {

    private MediatorRules() {}

    private static final Map<String, Rule> MEDIATORS = mediators();

    /** The rule of a mediator, or null if there is no such mediator. */
    static Rule of(String mediator) {
        return MEDIATORS.get(mediator);
    }

    static Set<String> names() {
        return MEDIATORS.keySet();
    }

    private static Map<String, Rule> mediators() {
        Map<String, Rule> rules = new HashMap<>();
        Rule empty = new Rule();
        rules.put("respond", empty);
        rules.put("drop", empty);
        rules.put("loopback", empty);
        rules.put(
                "sequence",
                new Rule().required("key", referenceTo(Reference.Kind.SEQUENCE)).check((grammar, element) -> {
                    if (SynapseConstants.MAIN_SEQUENCE_KEY.equals(element.getAttributeValue(new QName("key")))) {
                        throw grammar.error(
                                element, "calling the sequence main is not supported by the embedded runtime");
                    }
                }));
        rules.put("property", property());
        rules.put("variable", variable());
        rules.put("filter", filter());
        rules.put("switch", switchRule());
        rules.put("log", log());
        rules.put(
                "class",
                new Rule()
                        .required("name", TEXT)
                        .child(
                                "property",
                                new Rule()
                                        .required("name", TEXT)
                                        .optional("value", TEXT)
                                        .anyContent()));
        rules.put("payloadFactory", payloadFactory());
        rules.put(
                "call-template",
                new Rule()
                        .required("target", referenceTo(Reference.Kind.TEMPLATE))
                        .child("with-param", new Rule().required("name", TEXT).required("value", TEXT_OR_EXPRESSION)));
        rules.put("throwError", new Rule().optional("type", TEXT).optional("errorMessage", TEXT_OR_EXPRESSION));
        rules.put(
                "header",
                new Rule()
                        .required("name", TEXT)
                        .optional("scope", oneOf("transport", "default"))
                        .optional("value", TEXT)
                        .optional("expression", EXPRESSION)
                        .optional("action", oneOf("set", "remove"))
                        .check((grammar, element) -> {
                            if (!"transport".equals(element.getAttributeValue(new QName("scope")))
                                    && !"To".equals(element.getAttributeValue(new QName("name")))) {
                                throw grammar.error(
                                        element,
                                        "<header name=\"" + element.getAttributeValue(new QName("name"))
                                                + "\"> without scope=\"transport\" is not supported by the embedded runtime, only To");
                            }
                            if (!"remove".equals(element.getAttributeValue(new QName("action")))
                                    && !has(element, "value")
                                    && !has(element, "expression")) {
                                throw grammar.error(element, "<header> needs a value or an expression");
                            }
                        }));
        rules.put("dataServiceCall", dataServiceCall());
        rules.put(
                "call",
                new Rule()
                        .optional("blocking", oneOf("true", "false"))
                        .optional("initAxis2ClientOptions", oneOf("true", "false"))
                        .requiredChild(
                                "endpoint",
                                EndpointRules.content(
                                        new Rule().optional("key", referenceTo(Reference.Kind.ENDPOINT)))));
        return rules;
    }

    private static Rule property() {
        return new Rule()
                .required("name", AttributeRule.NAME)
                .optional("value", TEXT)
                .optional("expression", EXPRESSION)
                .optional("type", oneOf("STRING", "BOOLEAN", "DOUBLE", "FLOAT", "INTEGER", "LONG", "OM", "SHORT"))
                .optional("scope", oneOf("default", "axis2", "transport", "axis2-client", "operation"))
                .optional("action", oneOf("set", "remove"))
                .optional("pattern", REGEX)
                .optional("group", NUMBER)
                .anyContent()
                .check((grammar, element) -> {
                    boolean removed = "remove".equals(element.getAttributeValue(new QName("action")));
                    if (!removed
                            && !has(element, "value")
                            && !has(element, "expression")
                            && element.getFirstElement() == null) {
                        throw grammar.error(element, "<property> needs a value, an expression or an XML child");
                    }
                    if (has(element, "group") && !has(element, "pattern")) {
                        throw grammar.error(element, "group of <property> is only allowed together with pattern");
                    }
                });
    }

    private static Rule variable() {
        return new Rule()
                .required("name", AttributeRule.NAME)
                .optional("value", TEXT)
                .optional("expression", EXPRESSION)
                .optional("type", oneOf("STRING", "BOOLEAN", "INTEGER", "LONG", "DOUBLE", "XML", "JSON"))
                .optional("action", oneOf("set", "remove"))
                .check((grammar, element) -> {
                    boolean removed = "remove".equals(element.getAttributeValue(new QName("action")));
                    if (!removed && !has(element, "value") && !has(element, "expression")) {
                        throw grammar.error(element, "<variable> needs a value or an expression");
                    }
                });
    }

    private static Rule filter() {
        Rule branch = new Rule()
                .optional("sequence", referenceTo(Reference.Kind.SEQUENCE))
                .mediators();
        return new Rule()
                .optional("xpath", (grammar, element, value) -> {
                    grammar.checkExpression(element, value);
                    if (ExpressionCheck.isJsonEval(value) || value.startsWith("${")) {
                        throw grammar.error(
                                element,
                                "<filter xpath=\"" + value + "\"> is not supported by the embedded runtime: "
                                        + "use source and regex");
                    }
                })
                .optional("source", EXPRESSION)
                .optional("regex", REGEX)
                .child("then", branch)
                .child("else", branch)
                .mediators()
                .check((grammar, element) -> {
                    if (has(element, "xpath") == (has(element, "source") && has(element, "regex"))) {
                        throw grammar.error(element, "<filter> needs either xpath or source and regex");
                    }
                });
    }

    private static Rule switchRule() {
        return new Rule()
                .required("source", EXPRESSION)
                .child("case", new Rule().required("regex", REGEX).mediators())
                .child("default", new Rule().mediators());
    }

    private static Rule log() {
        Rule property = new Rule()
                .required("name", TEXT)
                .optional("value", TEXT)
                .optional("expression", EXPRESSION)
                .check(exactlyOneOf("value", "expression"));
        return new Rule()
                .optional("level", oneOf("simple", "headers", "full", "custom"))
                .optional("category", oneOf("INFO", "TRACE", "DEBUG", "WARN", "ERROR", "FATAL"))
                .optional("separator", TEXT)
                .optional("logFullPayload", oneOf("true", "false"))
                .optional("logMessageID", oneOf("true", "false"))
                .child("message", new Rule().anyContent().inlineExpressions())
                .child("property", property);
    }

    private static Rule payloadFactory() {
        Rule argument = new Rule()
                .optional("value", TEXT)
                .optional("evaluator", oneOf("xml", "json"))
                .optional("literal", oneOf("true", "false"))
                .optional("expression", EXPRESSION)
                .check(exactlyOneOf("value", "expression"));
        return new Rule()
                .required("media-type", oneOf("json", "xml", "text"))
                .optional("template-type", oneOf("default"))
                .requiredChild("format", new Rule().anyContent().inlineExpressions())
                .child("args", new Rule().child("arg", argument))
                .check((grammar, element) -> {
                    boolean xml = "xml".equals(element.getAttributeValue(new QName("media-type")));
                    boolean hasElement = Grammar.firstChild(element, "format").getFirstElement() != null;
                    if (xml != hasElement) {
                        throw grammar.error(
                                element, "<format> needs an element for XML, and may have none for JSON and text");
                    }
                });
    }

    private static Rule dataServiceCall() {
        Rule param = new Rule()
                .required("name", TEXT)
                .optional("value", TEXT)
                .optional("evaluator", oneOf("xml", "json"))
                .optional("expression", EXPRESSION)
                .check(exactlyOneOf("value", "expression"));
        Rule operation = new Rule().required("name", TEXT).child("param", param);
        Rule operations = new Rule()
                .required("type", oneOf("single", "request-box"))
                .requiredChild("operation", operation)
                .check((grammar, element) -> {
                    Iterator<?> children = element.getChildElements();
                    children.next();
                    if (children.hasNext() && "single".equals(element.getAttributeValue(new QName("type")))) {
                        throw grammar.error(element, "<operations type=\"single\"> has one operation");
                    }
                });
        Rule target = new Rule()
                .required("type", oneOf("body", "property"))
                .optional("name", (grammar, element, value) -> {
                    if (value.isEmpty() || value.startsWith("{")) {
                        throw grammar.error(
                                element, "the target name \"" + value + "\" is not supported by the embedded runtime");
                    }
                })
                .check((grammar, element) -> {
                    if ("property".equals(element.getAttributeValue(new QName("type"))) && !has(element, "name")) {
                        throw grammar.error(element, "<target type=\"property\"> needs the attribute name");
                    }
                });
        return new Rule()
                .required("serviceName", referenceTo(Reference.Kind.DATA_SERVICE))
                .requiredChild("source", new Rule().required("type", oneOf("inline")))
                .requiredChild("operations", operations)
                .requiredChild("target", target);
    }
}
