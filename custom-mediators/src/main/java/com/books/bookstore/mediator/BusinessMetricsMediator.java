package com.books.bookstore.mediator;

import static com.books.bookstore.mediator.message.MessageProperties.text;

import com.books.bookstore.mediator.message.DataServiceRows;
import com.books.bookstore.mediator.message.HttpAnswer;
import com.books.bookstore.mediator.message.MessageProperties;
import com.books.bookstore.mediator.message.Response;
import java.util.Map;
import org.apache.synapse.MessageContext;

/**
 * Answers with the shop's figures in Prometheus' text format. In: {@link MessageProperties#RESULT}, a row for each series with name, type, help,
 * labels and value, those of one name together; {@link MessageProperties#REGISTRATIONS_WAITING}, whose series is left out when it is empty.
 * Thread-safe.
 */
public class BusinessMetricsMediator extends BookstoreMediator {

    private static final String TEXT_FORMAT = "text/plain; version=0.0.4; charset=utf-8";
    private static final String REGISTRATIONS_WAITING = "bookstore_registrations_waiting";

    @Override
    void handle(MessageContext message) {
        StringBuilder text = new StringBuilder(2048);
        String previous = "";
        for (Map<String, String> row : DataServiceRows.of(message, MessageProperties.RESULT)) {
            String name = row.get("name");
            if (!name.equals(previous)) {
                describe(text, name, row.get("type"), row.get("help"));
                previous = name;
            }
            // Columns that are empty are left out of rows.
            String labels = row.getOrDefault("labels", "");
            text.append(name)
                    .append(labels.isEmpty() ? "" : "{" + labels + "}")
                    .append(' ')
                    .append(row.get("value"))
                    .append('\n');
        }
        String waiting = text(message, MessageProperties.REGISTRATIONS_WAITING);
        if (!waiting.isEmpty()) {
            describe(text, REGISTRATIONS_WAITING, "gauge", "Registrations that wait for a decision");
            text.append(REGISTRATIONS_WAITING).append(' ').append(waiting).append('\n');
        }
        HttpAnswer.put(
                message, Response.text(200, TEXT_FORMAT, text.toString()).withHeader("Cache-Control", "no-store"));
    }

    private static void describe(StringBuilder text, String name, String type, String help) {
        text.append("# HELP ")
                .append(name)
                .append(' ')
                .append(help)
                .append('\n')
                .append("# TYPE ")
                .append(name)
                .append(' ')
                .append(type)
                .append('\n');
    }
}
