package com.books.bookstore.mediator;

import java.util.Map;
import org.apache.synapse.MessageContext;

/**
 * Answers with the shop's figures in Prometheus' text format. In: {@link MessageProperties#RESULT}, a row for each series with name, type, help,
 * labels and value, those of one name together. Thread-safe.
 */
public class BusinessMetricsMediator extends BookstoreMediator {

    private static final String TEXT_FORMAT = "text/plain; version=0.0.4; charset=utf-8";

    @Override
    void handle(MessageContext message) {
        StringBuilder text = new StringBuilder(2048);
        String previous = "";
        for (Map<String, String> row : MessagePayload.rows(message, MessageProperties.RESULT)) {
            String name = row.get("name");
            if (!name.equals(previous)) {
                text.append("# HELP ").append(name).append(' ').append(row.get("help")).append('\n')
                        .append("# TYPE ").append(name).append(' ').append(row.get("type")).append('\n');
                previous = name;
            }
            // Columns that are empty are left out of rows.
            String labels = row.getOrDefault("labels", "");
            text.append(name).append(labels.isEmpty() ? "" : "{" + labels + "}").append(' ').append(row.get("value")).append('\n');
        }
        MessagePayload.respond(message, Response.text(200, TEXT_FORMAT, text.toString()).withHeader("Cache-Control", "no-store"));
    }
}
