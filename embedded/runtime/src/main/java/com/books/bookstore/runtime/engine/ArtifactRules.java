package com.books.bookstore.runtime.engine;

import static com.books.bookstore.runtime.engine.AttributeRule.NUMBER;
import static com.books.bookstore.runtime.engine.AttributeRule.TEXT;
import static com.books.bookstore.runtime.engine.AttributeRule.oneOf;
import static com.books.bookstore.runtime.engine.AttributeRule.referenceTo;
import static com.books.bookstore.runtime.engine.Grammar.has;

import com.books.bookstore.runtime.engine.Grammar.Reference;
import java.text.ParseException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import javax.xml.namespace.QName;
import org.apache.axiom.om.OMElement;
import org.quartz.CronExpression;

/** What each kind of artifact may hold. */
final class ArtifactRules {

    private ArtifactRules() {}

    private static final Map<String, Rule> ROOTS = roots();

    /** The rule of an artifact's root element, or null if there is no such artifact. */
    static Rule of(String rootName) {
        return ROOTS.get(rootName);
    }

    static Set<String> names() {
        return ROOTS.keySet();
    }

    private static Map<String, Rule> roots() {
        Map<String, Rule> roots = new HashMap<>();
        roots.put(
                "sequence",
                new Rule()
                        .required("name", TEXT)
                        .optional("onError", referenceTo(Reference.Kind.SEQUENCE))
                        .mediators());
        roots.put("template", template());
        roots.put("endpoint", EndpointRules.named());
        roots.put(
                "localEntry",
                new Rule()
                        .required("key", TEXT)
                        .child("description", Rule.DESCRIPTION)
                        .anyContent());
        roots.put("api", api());
        roots.put("task", task());
        return roots;
    }

    private static Rule api() {
        Rule flow = new Rule()
                .optional("key", referenceTo(Reference.Kind.SEQUENCE))
                .optional("onError", referenceTo(Reference.Kind.SEQUENCE))
                .mediators();
        Rule resource = new Rule()
                .required("methods", TEXT)
                .optional("uri-template", (grammar, element, value) -> checkTemplate(grammar, element, value))
                .optional("url-mapping", TEXT)
                .optional("inSequence", referenceTo(Reference.Kind.SEQUENCE))
                .optional("outSequence", referenceTo(Reference.Kind.SEQUENCE))
                .optional("faultSequence", referenceTo(Reference.Kind.SEQUENCE))
                .child("inSequence", flow)
                .child("outSequence", flow)
                .child("faultSequence", flow)
                .child("description", Rule.DESCRIPTION);
        return new Rule()
                .required("name", TEXT)
                .required("context", (grammar, element, value) -> {
                    if (!value.startsWith("/")) {
                        throw grammar.error(element, "the context of an API begins with /");
                    }
                })
                .optional("version", TEXT)
                .optional("version-type", oneOf("url", "context"))
                // The definition that Micro Integrator serves at ?swagger.json; nothing in the mediation depends on it.
                .optional("publishSwagger", TEXT)
                .requiredChild("resource", resource)
                .child("description", Rule.DESCRIPTION);
    }

    private static void checkTemplate(Grammar grammar, OMElement element, String value) {
        try {
            UriTemplate.parse(value);
        } catch (IllegalArgumentException e) {
            throw grammar.error(element, e.getMessage());
        }
    }

    private static Rule template() {
        Rule parameter = new Rule()
                .required("name", TEXT)
                .optional("isMandatory", oneOf("false"))
                .optional("defaultValue", oneOf(""));
        return new Rule()
                .required("name", TEXT)
                .optional("onError", referenceTo(Reference.Kind.SEQUENCE))
                .child("parameter", parameter)
                .requiredChild("sequence", new Rule().mediators())
                .child("description", Rule.DESCRIPTION);
    }

    private static Rule task() {
        Rule trigger = new Rule()
                .optional("interval", NUMBER)
                .optional("count", NUMBER)
                .optional("once", oneOf("true"))
                .optional("cron", (grammar, element, value) -> {
                    try {
                        CronExpression.validateExpression(value);
                    } catch (ParseException e) {
                        throw grammar.error(element, "invalid cron expression " + value + ": " + e.getMessage());
                    }
                })
                .check((grammar, element) -> {
                    boolean simple = has(element, "interval") || has(element, "once");
                    if (has(element, "cron") == simple || has(element, "cron") && has(element, "count")) {
                        throw grammar.error(
                                element, "<trigger> needs either cron, or once, or interval with or without count");
                    }
                });
        Rule property = new Rule()
                .required("name", oneOf("injectTo", "sequenceName", "message"))
                .optional("value", (grammar, element, value) -> checkTaskProperty(grammar, element, value))
                .anyContent();
        return new Rule()
                .required("name", TEXT)
                .required("class", oneOf("org.apache.synapse.startup.tasks.MessageInjector"))
                .optional("group", TEXT)
                .requiredChild("trigger", trigger)
                .child("property", property)
                .child("description", Rule.DESCRIPTION);
    }

    private static void checkTaskProperty(Grammar grammar, OMElement element, String value) {
        String name = element.getAttributeValue(new QName("name"));
        if ("injectTo".equals(name) && !"sequence".equals(value)) {
            throw grammar.error(element, "a task can only inject into a sequence");
        } else if ("sequenceName".equals(name)) {
            grammar.reference(Reference.Kind.SEQUENCE, element, value);
        }
    }
}
