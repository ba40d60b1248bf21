package com.books.bookstore.mediator;

import com.books.bookstore.json.Json;
import com.books.bookstore.mediator.message.Response;

/** Answers to an order. */
final class OrderResponses {

    private OrderResponses() {}

    /**
     * @param document the order as JSON
     * @param replayed whether an earlier request had made it
     */
    static Response placed(String document, boolean replayed) {
        Response response = Response.json(201, document)
                .withHeader("Location", "/orders/v1/orders/" + Json.topLevelValue(document, "orderId"));
        return replayed ? response.withHeader("Idempotency-Replayed", "true") : response;
    }
}
