package com.books.bookstore.observability;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Writes one line for each request, at level INFO to the logger {@value #LOGGER}, so that the server's own logging decides where it goes.
 * Thread-safe.
 */
final class AccessLog {

    static final String LOGGER = "com.books.bookstore.access";

    /** How a line looks. */
    enum Layout {
        /** {@code POST OrderAPI /orders 201 14ms client=shop user=42 correlation=..}. */
        PLAIN,
        /** One JSON object. */
        JSON,
        /** No lines. */
        OFF;

        /** @throws IllegalArgumentException naming what there is */
        static Layout of(String name) {
            for (Layout layout : values()) {
                if (layout.name().equalsIgnoreCase(name.trim())) {
                    return layout;
                }
            }
            throw new IllegalArgumentException(
                    "The layout of the access log must be plain, json or off, not '" + name + "'");
        }
    }

    private static final Log LOG = LogFactory.getLog(LOGGER);

    private final Layout layout;
    private final Clock clock;

    AccessLog(Layout layout, Clock clock) {
        this.layout = layout;
        this.clock = clock;
    }

    void write(RequestRecord request) {
        if (layout != Layout.OFF && LOG.isInfoEnabled()) {
            LOG.info(layout == Layout.JSON ? json(request, clock.instant()) : plain(request));
        }
    }

    static String plain(RequestRecord request) {
        return request.method() + " " + request.api() + " " + request.resource() + " " + request.status() + " "
                + request.latency().toMillis() + "ms client=" + word(request.client()) + " user=" + word(request.user())
                + " correlation=" + word(request.correlationId());
    }

    /** Subjects and client ids are the identity server's: whatever they hold, a line stays one line with its fields. */
    private static String word(String text) {
        return text.replaceAll("[\\s\\p{Cntrl}=\"]", "_");
    }

    static String json(RequestRecord request, Instant time) {
        StringBuilder json = new StringBuilder(256);
        json.append("{\"time\":\"").append(time.truncatedTo(ChronoUnit.MILLIS)).append('"');
        field(json, "correlationId", request.correlationId());
        field(json, "client", request.client());
        field(json, "user", request.user());
        field(json, "api", request.api());
        field(json, "method", request.method());
        field(json, "resource", request.resource());
        return json.append(",\"status\":")
                .append(request.status())
                .append(",\"latencyMs\":")
                .append(String.format(Locale.ROOT, "%.3f", request.latency().toNanos() / 1e6))
                .append('}')
                .toString();
    }

    private static void field(StringBuilder json, String name, String value) {
        json.append(",\"").append(name).append("\":\"");
        for (int i = 0; i < value.length(); i++) {
            char character = value.charAt(i);
            if (character == '"' || character == '\\') {
                json.append('\\').append(character);
            } else if (character < ' ' || character > '~') {
                json.append(String.format(Locale.ROOT, "\\u%04x", (int) character));
            } else {
                json.append(character);
            }
        }
        json.append('"');
    }
}
