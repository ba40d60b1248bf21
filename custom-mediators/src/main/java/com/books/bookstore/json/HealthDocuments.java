package com.books.bookstore.json;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** What a node says of itself. */
public final class HealthDocuments {

    private HealthDocuments() {}

    /** For callers without the monitoring token: {@code {"status":"up"}} or {@code {"status":"down"}}. */
    public static String of(boolean up) {
        return status(up).toString();
    }

    /**
     * For callers with the monitoring token.
     *
     * @param parts the state of each part by its name
     * @param mails the email queue's figures by their names; empty if they are not known
     */
    public static String of(boolean up, Map<String, String> parts, Map<String, Long> mails) {
        ObjectNode document = status(up);
        parts.forEach(document.putObject("parts")::put);
        if (!mails.isEmpty()) {
            mails.forEach(document.putObject("mails")::put);
        }
        return document.toString();
    }

    private static ObjectNode status(boolean up) {
        return JsonNodeFactory.instance.objectNode().put("status", up ? "up" : "down");
    }
}
