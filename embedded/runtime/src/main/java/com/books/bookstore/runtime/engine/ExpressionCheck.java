package com.books.bookstore.runtime.engine;

import com.books.bookstore.runtime.artifact.ArtifactXml;
import com.books.bookstore.runtime.artifact.DeploymentException;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.axiom.om.OMElement;
import org.apache.synapse.SynapseException;
import org.apache.synapse.util.xpath.SynapseXPath;
import org.jaxen.saxpath.SAXPathException;
import org.jaxen.saxpath.base.XPathReader;
import org.jaxen.saxpath.helpers.DefaultXPathHandler;

/** Refuses expressions that this runtime does not understand: XPath 1.0 with certain functions and variables, JSONPath, and paths in <code>${..}</code>. */
final class ExpressionCheck {

    private static final Pattern JSON_EVAL = Pattern.compile("json-eval\\((.*)\\)", Pattern.DOTALL);
    private static final Pattern UNKNOWN_SCOPE = Pattern.compile("get-property\\(\\s*(['\"])(registry|file)\\1\\s*,");
    /** Those of Micro Integrator. */
    static final Set<String> MI_FUNCTIONS = Set.of("get-property", "base64Encode", "base64Decode", "url-encode");

    private static final Set<String> XPATH_FUNCTIONS = Set.of(
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

    /** All of them, as they begin. */
    static final Set<String> VARIABLES = Stream.concat(XPATH_VARIABLES.stream(), XPATH_VARIABLE_PREFIXES.stream())
            .collect(Collectors.toUnmodifiableSet());

    private final ArtifactXml artifact;

    /** @param artifact in which the expressions are, for messages */
    ExpressionCheck(ArtifactXml artifact) {
        this.artifact = artifact;
    }

    static boolean isJsonEval(String expression) {
        return JSON_EVAL.matcher(expression).matches();
    }

    /** @throws DeploymentException if the expression is not understood */
    void check(OMElement element, String expression) {
        if (expression.isEmpty()) {
            throw artifact.error(element, "empty expression in <" + element.getLocalName() + ">");
        }
        if (expression.startsWith("${")) {
            checkBraced(element, expression);
            return;
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

    private void checkBraced(OMElement element, String expression) {
        String reason = "it does not end with }";
        if (expression.endsWith("}")) {
            try {
                BracedExpression.parse(expression.substring(2, expression.length() - 1));
                return;
            } catch (IllegalArgumentException e) {
                reason = e.getMessage();
            }
        }
        throw artifact.error(element, expression + " in <" + element.getLocalName() + ">: " + reason);
    }

    private void checkJsonPath(OMElement element, String path) {
        JsonPathExpression.innerExpressions(path).forEach(inner -> check(element, inner));
        try {
            Expression.jsonPath(Expression.unquote(path));
        } catch (SynapseException e) {
            throw artifact.error(element, e.getMessage().replaceFirst("^I", "i").split("\n")[0]);
        }
    }

    private void checkXPath(OMElement element, String expression) {
        if (UNKNOWN_SCOPE.matcher(expression).find()) {
            throw artifact.error(
                    element,
                    expression
                            + ": the scopes registry and file of get-property() are not supported by the embedded runtime");
        }
        XPathReader reader = new XPathReader();
        reader.setXPathHandler(new DefaultXPathHandler() {
            @Override
            public void startFunction(String prefix, String name) {
                if (!XPATH_FUNCTIONS.contains(name) && !MI_FUNCTIONS.contains(name)) {
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
}
