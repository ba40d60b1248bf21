package com.books.bookstore.runtime.engine;

import com.books.bookstore.runtime.artifact.DeploymentException;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.apache.axiom.om.OMElement;

/** What the value of an attribute may be. */
@FunctionalInterface
interface AttributeRule {

    AttributeRule TEXT = (grammar, element, value) -> {};

    AttributeRule EXPRESSION = Grammar::checkExpression;

    /** A name that does not depend on the message. */
    AttributeRule NAME = (grammar, element, value) -> {
        if (value.isEmpty() || value.startsWith("{")) {
            throw grammar.error(
                    element,
                    "the " + element.getLocalName() + " name \"" + value
                            + "\" is not supported by the embedded runtime");
        }
    };

    AttributeRule REGEX = (grammar, element, value) -> {
        try {
            Pattern.compile(value);
        } catch (PatternSyntaxException e) {
            throw grammar.error(element, "invalid regular expression " + value + ": " + e.getDescription());
        }
    };

    AttributeRule NUMBER = (grammar, element, value) -> {
        if (!value.matches("-?\\d{1,9}")) {
            throw grammar.error(element, value + " in <" + element.getLocalName() + "> is not a number");
        }
    };

    /** A text, or an expression in braces. */
    AttributeRule TEXT_OR_EXPRESSION = (grammar, element, value) -> {
        if (value.startsWith("${")) {
            throw grammar.error(
                    element,
                    value + " in <" + element.getLocalName() + "> is a text and no expression: write {" + value + "}");
        }
        if (value.startsWith("{") && value.endsWith("}")) {
            grammar.checkExpression(
                    element, value.substring(1, value.length() - 1).trim());
        }
    };

    static AttributeRule oneOf(String... values) {
        Set<String> allowed = Set.of(values);
        return (grammar, element, value) -> {
            if (!allowed.contains(value)) {
                throw grammar.error(
                        element,
                        "\"" + value + "\" in <" + element.getLocalName()
                                + "> is not supported by the embedded runtime, only " + String.join(", ", values));
            }
        };
    }

    static AttributeRule referenceTo(Grammar.Reference.Kind kind) {
        return (grammar, element, value) -> {
            if (value.startsWith("{")) {
                throw grammar.error(
                        element,
                        "the computed name " + value + " in <" + element.getLocalName()
                                + "> is not supported by the embedded runtime");
            }
            grammar.reference(kind, element, value);
        };
    }

    /** @throws DeploymentException if the value is refused */
    void check(Grammar grammar, OMElement element, String value);
}
