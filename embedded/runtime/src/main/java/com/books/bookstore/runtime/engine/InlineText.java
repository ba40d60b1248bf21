package com.books.bookstore.runtime.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.synapse.MessageContext;

/** A text with <code>${..}</code> in it, which stand for values of the message. Thread-safe. */
public final class InlineText {

    private static final Pattern EXPRESSION = Pattern.compile("\\$\\{(.+?)}");

    private final List<Part> parts = new ArrayList<>();

    /** @throws IllegalArgumentException for an expression that is not supported */
    public InlineText(String text) {
        Matcher expression = EXPRESSION.matcher(text);
        int end = 0;
        while (expression.find()) {
            parts.add(new Part(text.substring(end, expression.start()), BracedExpression.parse(expression.group(1))));
            end = expression.end();
        }
        parts.add(new Part(text.substring(end), null));
    }

    /** The expressions in a text, with their braces. */
    static List<String> expressions(String text) {
        return EXPRESSION.matcher(text).results().map(found -> found.group()).toList();
    }

    /** The text for one message. */
    public String textFor(MessageContext message) {
        StringBuilder text = new StringBuilder();
        for (Part part : parts) {
            text.append(part.before());
            if (part.expression() != null) {
                text.append(part.expression().stringValueOf(message));
            }
        }
        return text.toString();
    }

    private record Part(String before, BracedExpression expression) {}
}
