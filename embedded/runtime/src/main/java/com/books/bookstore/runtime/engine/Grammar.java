package com.books.bookstore.runtime.engine;

import com.books.bookstore.runtime.artifact.ArtifactXml;
import com.jayway.jsonpath.JsonPath;
import com.jayway.jsonpath.JsonPathException;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import javax.xml.namespace.QName;
import org.apache.axiom.om.OMAttribute;
import org.apache.axiom.om.OMElement;
import org.apache.axiom.om.OMNode;
import org.apache.axiom.om.OMText;
import org.apache.synapse.config.xml.XMLConfigConstants;
import org.apache.synapse.util.xpath.SynapseXPath;
import org.jaxen.saxpath.SAXPathException;
import org.jaxen.saxpath.base.XPathReader;
import org.jaxen.saxpath.helpers.DefaultXPathHandler;
import org.quartz.CronExpression;

/**
 * Every element and attribute that this runtime understands. Synapse's own factories pass over what they do not know; here an artifact with
 * anything else in it is refused, with file, line and name, before any of it is built.
 */
final class Grammar {

    /** Anything may stand in these: they do not change what a mediator does. */
    private static final Set<String> DOCUMENTATION_ATTRIBUTES = Set.of("description", "statistics", "trace");

    private static final Pattern JSON_EVAL = Pattern.compile("json-eval\\((.*)\\)", Pattern.DOTALL);
    private static final Set<String> XPATH_FUNCTIONS = Set.of(
            "get-property",
            "base64Encode",
            "base64Decode",
            "url-encode",
            "boolean",
            "ceiling",
            "concat",
            "contains",
            "count",
            "false",
            "floor",
            "last",
            "local-name",
            "name",
            "namespace-uri",
            "normalize-space",
            "not",
            "number",
            "position",
            "round",
            "starts-with",
            "string",
            "string-length",
            "substring",
            "substring-after",
            "substring-before",
            "sum",
            "translate",
            "true",
            // Jaxen's own, on Micro Integrator too.
            "ends-with",
            "evaluate",
            "lower-case",
            "matrix-concat",
            "upper-case");
    private static final Set<String> XPATH_VARIABLE_PREFIXES = Set.of("ctx", "axis2", "trp", "url", "func");
    private static final Set<String> XPATH_VARIABLES = Set.of("body", "header");

    private final ArtifactXml artifact;
    private final Consumer<Reference> references;

    private Grammar(ArtifactXml artifact, Consumer<Reference> references) {
        this.artifact = artifact;
        this.references = references;
    }

    /** Something that an artifact names and that another artifact must define. */
    record Reference(Kind kind, String name, ArtifactXml artifact, OMElement where) {

        enum Kind {
            SEQUENCE,
            TEMPLATE,
            ENDPOINT,
            DATA_SERVICE
        }
    }

    /**
     * Checks an artifact whose root element must be {@code rootName}.
     *
     * @param references receives what the artifact refers to
     * @throws com.books.bookstore.runtime.artifact.DeploymentException at the first thing that is not understood
     */
    static void check(ArtifactXml artifact, String rootName, Consumer<Reference> references) {
        OMElement root = artifact.root();
        if (!rootName.equals(root.getLocalName()) || !inSynapseNamespace(root)) {
            throw artifact.error(
                    root,
                    "the root element is <" + root.getLocalName() + ">, expected <" + rootName + " xmlns=\""
                            + XMLConfigConstants.SYNAPSE_NAMESPACE + "\">");
        }
        Grammar grammar = new Grammar(artifact, references);
        grammar.check(root, ROOTS.get(rootName), "artifact");
    }

    private static boolean inSynapseNamespace(OMElement element) {
        return element.getNamespace() != null
                && XMLConfigConstants.SYNAPSE_NAMESPACE.equals(
                        element.getNamespace().getNamespaceURI());
    }

    private void check(OMElement element, Rule rule, String parentName) {
        if (rule == null || !inSynapseNamespace(element)) {
            throw artifact.error(
                    element,
                    "<" + element.getLocalName() + "> in <" + parentName
                            + "> is not supported by the embedded runtime");
        }
        checkAttributes(element, rule);
        if (rule.anyContent) {
            return;
        }
        for (Iterator<?> children = element.getChildren(); children.hasNext(); ) {
            OMNode child = (OMNode) children.next();
            if (child instanceof OMElement) {
                checkChild(element, (OMElement) child, rule);
            } else if (child instanceof OMText && !((OMText) child).getText().isBlank()) {
                throw artifact.error(
                        element,
                        "text in <" + element.getLocalName() + "> is not supported: "
                                + ((OMText) child).getText().strip().split("\n")[0]);
            }
        }
        for (String required : rule.requiredChildren) {
            if (firstChild(element, required) == null) {
                throw artifact.error(element, "<" + element.getLocalName() + "> needs a <" + required + ">");
            }
        }
        rule.extraCheck.check(this, element);
    }

    private void checkChild(OMElement parent, OMElement child, Rule rule) {
        String name = child.getLocalName();
        Rule childRule =
                rule.children.containsKey(name) ? rule.children.get(name).get() : null;
        if (childRule == null && rule.mediators) {
            childRule = "description".equals(name) ? Rule.DESCRIPTION : MEDIATORS.get(name);
        }
        check(child, childRule, parent.getLocalName());
    }

    private void checkAttributes(OMElement element, Rule rule) {
        for (Iterator<?> attributes = element.getAllAttributes(); attributes.hasNext(); ) {
            OMAttribute attribute = (OMAttribute) attributes.next();
            String name = attribute.getLocalName();
            AttributeRule attributeRule = rule.attributes.get(name);
            if (attributeRule != null) {
                attributeRule.check(this, element, attribute.getAttributeValue().trim());
            } else if (!DOCUMENTATION_ATTRIBUTES.contains(name)) {
                throw artifact.error(
                        element,
                        "the attribute " + name + " of <" + element.getLocalName()
                                + "> is not supported by the embedded runtime");
            }
        }
        for (String required : rule.requiredAttributes) {
            if (element.getAttributeValue(new QName(required)) == null) {
                throw artifact.error(element, "<" + element.getLocalName() + "> needs the attribute " + required);
            }
        }
    }

    private static OMElement firstChild(OMElement element, String name) {
        for (Iterator<?> children = element.getChildElements(); children.hasNext(); ) {
            OMElement child = (OMElement) children.next();
            if (name.equals(child.getLocalName())) {
                return child;
            }
        }
        return null;
    }

    private static boolean has(OMElement element, String attribute) {
        return element.getAttributeValue(new QName(attribute)) != null;
    }

    private void reference(Reference.Kind kind, OMElement element, String name) {
        references.accept(new Reference(kind, name, artifact, element));
    }

    private void checkExpression(OMElement element, String expression) {
        if (expression.isEmpty()) {
            throw artifact.error(element, "empty expression in <" + element.getLocalName() + ">");
        }
        if (expression.startsWith("${")) {
            throw artifact.error(
                    element,
                    expression + " in <" + element.getLocalName()
                            + ">: ${} expressions are not supported by the embedded runtime");
        }
        Matcher jsonEval = JSON_EVAL.matcher(expression);
        if (jsonEval.matches()) {
            checkJsonPath(element, jsonEval.group(1).trim());
        } else if (Expression.isJsonPath(element)) {
            checkJsonPath(element, expression);
        } else {
            checkXPath(element, expression);
        }
    }

    private void checkJsonPath(OMElement element, String path) {
        try {
            if (!path.startsWith("$")) {
                throw new IllegalArgumentException("a path begins with $");
            }
            JsonPath.compile(path);
        } catch (IllegalArgumentException | JsonPathException e) {
            throw artifact.error(element, "invalid JSONPath " + path + ": " + e.getMessage());
        }
    }

    private void checkXPath(OMElement element, String expression) {
        XPathReader reader = new XPathReader();
        reader.setXPathHandler(new DefaultXPathHandler() {
            @Override
            public void startFunction(String prefix, String name) {
                if (!XPATH_FUNCTIONS.contains(name)) {
                    throw artifact.error(
                            element,
                            "the function " + name + "() in " + expression
                                    + " is not supported by the embedded runtime");
                }
            }

            @Override
            public void variableReference(String prefix, String name) {
                boolean known =
                        prefix.isEmpty() ? XPATH_VARIABLES.contains(name) : XPATH_VARIABLE_PREFIXES.contains(prefix);
                if (!known) {
                    throw artifact.error(
                            element,
                            "the variable $" + (prefix.isEmpty() ? "" : prefix + ":") + name + " in " + expression
                                    + " is not supported by the embedded runtime");
                }
            }
        });
        try {
            reader.parse(expression);
            new SynapseXPath(expression);
        } catch (SAXPathException e) {
            throw artifact.error(
                    element,
                    "invalid XPath " + expression + ": " + e.getMessage().split("\n")[0]);
        }
    }

    // ---- Attribute rules ----

    private interface AttributeRule {

        void check(Grammar grammar, OMElement element, String value);
    }

    private static final AttributeRule TEXT = (grammar, element, value) -> {};

    private static final AttributeRule EXPRESSION = Grammar::checkExpression;

    private static final AttributeRule REGEX = (grammar, element, value) -> {
        try {
            Pattern.compile(value);
        } catch (PatternSyntaxException e) {
            throw grammar.artifact.error(element, "invalid regular expression " + value + ": " + e.getDescription());
        }
    };

    private static final AttributeRule NUMBER = (grammar, element, value) -> {
        if (!value.matches("-?\\d{1,9}")) {
            throw grammar.artifact.error(element, value + " in <" + element.getLocalName() + "> is not a number");
        }
    };

    /** A text, or an expression in braces. */
    private static final AttributeRule TEXT_OR_EXPRESSION = (grammar, element, value) -> {
        if (value.startsWith("${")) {
            grammar.checkExpression(element, value);
        }
        if (value.startsWith("{") && value.endsWith("}")) {
            grammar.checkExpression(
                    element, value.substring(1, value.length() - 1).trim());
        }
    };

    private static AttributeRule oneOf(String... values) {
        Set<String> allowed = Set.of(values);
        return (grammar, element, value) -> {
            if (!allowed.contains(value)) {
                throw grammar.artifact.error(
                        element,
                        "\"" + value + "\" in <" + element.getLocalName()
                                + "> is not supported by the embedded runtime, only " + String.join(", ", values));
            }
        };
    }

    private static AttributeRule referenceTo(Reference.Kind kind) {
        return (grammar, element, value) -> {
            if (value.startsWith("{")) {
                throw grammar.artifact.error(
                        element,
                        "the computed name " + value + " in <" + element.getLocalName()
                                + "> is not supported by the embedded runtime");
            }
            grammar.reference(kind, element, value);
        };
    }

    // ---- Element rules ----

    // Behind the attribute rules: they are made of them.
    private static final Map<String, Rule> MEDIATORS = mediators();
    private static final Map<String, Rule> ROOTS = roots();

    private interface ExtraCheck {

        void check(Grammar grammar, OMElement element);
    }

    private static final class Rule {

        static final Rule DESCRIPTION = new Rule().anyContent();

        final Map<String, AttributeRule> attributes = new HashMap<>();
        final List<String> requiredAttributes = new ArrayList<>();
        final Map<String, Supplier<Rule>> children = new LinkedHashMap<>();
        final List<String> requiredChildren = new ArrayList<>();
        boolean mediators;
        boolean anyContent;
        ExtraCheck extraCheck = (grammar, element) -> {};

        Rule required(String name, AttributeRule rule) {
            requiredAttributes.add(name);
            return optional(name, rule);
        }

        Rule optional(String name, AttributeRule rule) {
            attributes.put(name, rule);
            return this;
        }

        Rule child(String name, Rule rule) {
            children.put(name, () -> rule);
            return this;
        }

        Rule requiredChild(String name, Rule rule) {
            requiredChildren.add(name);
            return child(name, rule);
        }

        /** Any mediator may stand in the element. */
        Rule mediators() {
            mediators = true;
            return this;
        }

        /** Text or XML that is data, not configuration. */
        Rule anyContent() {
            anyContent = true;
            return this;
        }

        Rule check(ExtraCheck check) {
            extraCheck = check;
            return this;
        }
    }

    private static ExtraCheck exactlyOneOf(String first, String second) {
        return (grammar, element) -> {
            if (has(element, first) == has(element, second)) {
                throw grammar.artifact.error(
                        element, "<" + element.getLocalName() + "> needs either " + first + " or " + second);
            }
        };
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
        roots.put("endpoint", namedEndpoint());
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
                        throw grammar.artifact.error(element, "the context of an API begins with /");
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
            throw grammar.artifact.error(element, e.getMessage());
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

    private static Rule namedEndpoint() {
        return endpointContent(new Rule().required("name", TEXT).child("description", Rule.DESCRIPTION));
    }

    private static Rule endpointContent(Rule rule) {
        Rule duration = new Rule().anyContent();
        Rule timeout = new Rule().child("duration", duration).child("responseAction", new Rule().anyContent());
        Rule http = new Rule()
                .required("uri-template", TEXT)
                .optional(
                        "method",
                        oneOf(
                                "get", "post", "put", "patch", "delete", "head", "options", "GET", "POST", "PUT",
                                "PATCH", "DELETE", "HEAD", "OPTIONS"))
                .child("timeout", timeout)
                .child("suspendOnFailure", neverSuspended())
                .child("markForSuspension", neverSuspended());
        Rule address = new Rule()
                .required("uri", TEXT)
                .optional("format", oneOf("pox", "rest", "get"))
                .child("timeout", timeout)
                .child("suspendOnFailure", neverSuspended())
                .child("markForSuspension", neverSuspended());
        Rule messageAddress = new Rule()
                .child("timeout", timeout)
                .child("suspendOnFailure", neverSuspended())
                .child("markForSuspension", neverSuspended());
        return rule.child("http", http).child("address", address).child("default", messageAddress);
    }

    /** Here an endpoint is tried every time, so only the settings that switch suspension off mean the same. */
    private static Rule neverSuspended() {
        Rule value = new Rule().anyContent();
        return new Rule()
                .child("errorCodes", value)
                .child("initialDuration", value)
                .child("maximumDuration", value)
                .child("progressionFactor", value)
                .child("retriesBeforeSuspension", value)
                .child("retryDelay", value)
                .check((grammar, element) -> {
                    boolean off = isMinusOne(firstChild(element, "errorCodes"))
                            || isMinusOne(firstChild(element, "initialDuration"))
                            || !element.getChildElements().hasNext();
                    if (!off) {
                        throw grammar.artifact.error(
                                element,
                                "suspension of endpoints is not supported by the embedded runtime: "
                                        + "switch it off with <errorCodes>-1</errorCodes>");
                    }
                });
    }

    private static boolean isMinusOne(OMElement element) {
        return element != null && "-1".equals(element.getText().trim());
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
                        throw grammar.artifact.error(
                                element, "invalid cron expression " + value + ": " + e.getMessage());
                    }
                })
                .check((grammar, element) -> {
                    boolean simple = has(element, "interval") || has(element, "once");
                    if (has(element, "cron") == simple || has(element, "cron") && has(element, "count")) {
                        throw grammar.artifact.error(
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
            throw grammar.artifact.error(element, "a task can only inject into a sequence");
        } else if ("sequenceName".equals(name)) {
            grammar.reference(Reference.Kind.SEQUENCE, element, value);
        }
    }

    private static Map<String, Rule> mediators() {
        Map<String, Rule> rules = new HashMap<>();
        Rule empty = new Rule();
        rules.put("respond", empty);
        rules.put("drop", empty);
        rules.put("loopback", empty);
        rules.put("sequence", new Rule().required("key", referenceTo(Reference.Kind.SEQUENCE)));
        rules.put("property", property());
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
                                throw grammar.artifact.error(
                                        element,
                                        "<header name=\"" + element.getAttributeValue(new QName("name"))
                                                + "\"> without scope=\"transport\" is not supported by the embedded runtime, only To");
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
                                endpointContent(new Rule().optional("key", referenceTo(Reference.Kind.ENDPOINT)))));
        return rules;
    }

    private static Rule property() {
        return new Rule()
                .required("name", (grammar, element, value) -> {
                    if (value.isEmpty() || value.startsWith("{")) {
                        throw grammar.artifact.error(
                                element,
                                "the property name \"" + value + "\" is not supported by the embedded runtime");
                    }
                })
                .optional("value", TEXT)
                .optional("expression", EXPRESSION)
                .optional("type", oneOf("STRING", "BOOLEAN", "DOUBLE", "FLOAT", "INTEGER", "LONG", "OM", "SHORT"))
                .optional("scope", oneOf("default", "axis2", "transport", "axis2-client", "operation"))
                .optional("action", oneOf("set", "remove"))
                .optional("pattern", REGEX)
                .optional("group", NUMBER)
                .anyContent();
    }

    private static Rule filter() {
        Rule branch = new Rule()
                .optional("sequence", referenceTo(Reference.Kind.SEQUENCE))
                .mediators();
        return new Rule()
                .optional("xpath", (grammar, element, value) -> {
                    grammar.checkExpression(element, value);
                    if (JSON_EVAL.matcher(value).matches()) {
                        throw grammar.artifact.error(
                                element,
                                "<filter xpath=\"json-eval(..)\"> is not supported by the embedded runtime: "
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
                        throw grammar.artifact.error(element, "<filter> needs either xpath or source and regex");
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
                .required("media-type", oneOf("json", "text"))
                .optional("template-type", oneOf("default"))
                .requiredChild("format", new Rule().anyContent())
                .child("args", new Rule().child("arg", argument));
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
                        throw grammar.artifact.error(element, "<operations type=\"single\"> has one operation");
                    }
                });
        Rule target = new Rule()
                .required("type", oneOf("body", "property"))
                .optional("name", (grammar, element, value) -> {
                    if (value.isEmpty() || value.startsWith("{")) {
                        throw grammar.artifact.error(
                                element, "the target name \"" + value + "\" is not supported by the embedded runtime");
                    }
                })
                .check((grammar, element) -> {
                    if ("property".equals(element.getAttributeValue(new QName("type"))) && !has(element, "name")) {
                        throw grammar.artifact.error(element, "<target type=\"property\"> needs the attribute name");
                    }
                });
        return new Rule()
                .required("serviceName", referenceTo(Reference.Kind.DATA_SERVICE))
                .requiredChild("source", new Rule().required("type", oneOf("inline")))
                .requiredChild("operations", operations)
                .requiredChild("target", target);
    }
}
