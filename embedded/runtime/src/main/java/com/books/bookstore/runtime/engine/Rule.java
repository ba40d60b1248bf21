package com.books.bookstore.runtime.engine;

import com.books.bookstore.runtime.artifact.DeploymentException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.axiom.om.OMElement;

/** What may and must be in an element. Built once, then only read. */
final class Rule {

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

    /** The text may hold <code>${..}</code>. */
    Rule inlineExpressions() {
        return check((grammar, element) -> InlineText.expressions(
                        element.getFirstElement() == null
                                ? element.getText()
                                : element.getFirstElement().toString())
                .forEach(expression -> grammar.checkExpression(element, expression)));
    }

    Rule check(ExtraCheck check) {
        extraCheck = check;
        return this;
    }

    /** What neither attributes nor children can express. */
    @FunctionalInterface
    interface ExtraCheck {

        /** @throws DeploymentException if the element is refused */
        void check(Grammar grammar, OMElement element);
    }

    static ExtraCheck exactlyOneOf(String first, String second) {
        return (grammar, element) -> {
            if (Grammar.has(element, first) == Grammar.has(element, second)) {
                throw grammar.error(
                        element, "<" + element.getLocalName() + "> needs either " + first + " or " + second);
            }
        };
    }
}
