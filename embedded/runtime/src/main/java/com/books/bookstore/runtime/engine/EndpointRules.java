package com.books.bookstore.runtime.engine;

import static com.books.bookstore.runtime.engine.AttributeRule.TEXT;
import static com.books.bookstore.runtime.engine.AttributeRule.oneOf;

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
                .child("suspendOnFailure", suspension())
                .child("markForSuspension", suspension());
        Rule address = new Rule()
                .required("uri", TEXT)
                .optional("format", oneOf("pox", "rest", "get"))
                .child("timeout", timeout)
                .child("suspendOnFailure", suspension())
                .child("markForSuspension", suspension());
        Rule messageAddress = new Rule()
                .child("timeout", timeout)
                .child("suspendOnFailure", suspension())
                .child("markForSuspension", suspension());
        return rule.child("http", http).child("address", address).child("default", messageAddress);
    }

    /** When to stop trying an endpoint. Here it is tried every time, so the settings are read and not followed. */
    private static Rule suspension() {
        Rule value = new Rule().anyContent();
        return new Rule()
                .child("errorCodes", value)
                .child("initialDuration", value)
                .child("maximumDuration", value)
                .child("progressionFactor", value)
                .child("retriesBeforeSuspension", value)
                .child("retryDelay", value);
    }
}
