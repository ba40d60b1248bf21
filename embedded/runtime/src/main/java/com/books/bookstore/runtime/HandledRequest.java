package com.books.bookstore.runtime;

import com.books.bookstore.runtime.http.HttpExchange;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A request to an API and its answer.
 *
 * @param target          path and query as sent
 * @param requestHeaders  as they came, names compared without case; of a repeated header the first value
 * @param status          of the answer
 * @param responseHeaders as the flow set them, without those that the server adds
 */
public record HandledRequest(
        String method,
        String target,
        Map<String, String> requestHeaders,
        String requestBody,
        int status,
        Map<String, List<String>> responseHeaders,
        String responseBody) {

    /** Handles requests and tells the listener of each. */
    static Consumer<HttpExchange> toldTo(Consumer<HandledRequest> listener, Consumer<HttpExchange> handler) {
        return exchange -> {
            // Flows take this map as their own.
            Map<String, String> headers = new TreeMap<>(exchange.requestHeaders());
            handler.accept(exchange);
            listener.accept(new HandledRequest(
                    exchange.method(),
                    exchange.target(),
                    headers,
                    new String(exchange.requestBody(), StandardCharsets.UTF_8),
                    exchange.status(),
                    exchange.responseHeaders(),
                    new String(exchange.responseBody(), StandardCharsets.UTF_8)));
        };
    }
}
