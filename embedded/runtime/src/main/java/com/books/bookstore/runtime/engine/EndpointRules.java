package com.books.bookstore.runtime.engine;

import static com.books.bookstore.runtime.engine.AttributeRule.TEXT;
import static com.books.bookstore.runtime.engine.AttributeRule.oneOf;
import static com.books.bookstore.runtime.engine.Grammar.firstChild;

import org.apache.axiom.om.OMElement;

/** What an endpoint may hold, as an artifact or inline. */
final class EndpointRules {

    private EndpointRules() {}

    static Rule named() {
        return content(new Rule().required("name", TEXT).child("description", Rule.DESCRIPTION));
    }

    static Rule content(Rule rule) {
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
                        throw grammar.error(
                                element,
                                "suspension of endpoints is not supported by the embedded runtime: "
                                        + "switch it off with <errorCodes>-1</errorCodes>");
                    }
                });
    }

    private static boolean isMinusOne(OMElement element) {
        return element != null && "-1".equals(element.getText().trim());
    }
}
