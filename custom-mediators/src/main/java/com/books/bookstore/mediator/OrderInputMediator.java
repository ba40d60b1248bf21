package com.books.bookstore.mediator;

import com.books.bookstore.mediator.message.MessageProperties;
import com.books.bookstore.request.CatalogBody;
import com.books.bookstore.request.JsonBody;
import com.books.bookstore.request.OrderBody;
import java.nio.charset.StandardCharsets;
import org.apache.synapse.MessageContext;

/**
 * Reads an order, the books of a catalog and a promotion from JSON in message properties, for flows that have no data service to ask.
 *
 * <p>In: the message properties that the settings name; see {@link OrderBody} and {@link CatalogBody} for their JSON. Out: {@link
 * MessageProperties#ORDER_REQUEST}, {@link MessageProperties#CATALOG}. Problems: malformed_json, invalid_request. Thread-safe.
 */
public class OrderInputMediator extends BookstoreMediator {

    private volatile String order = "order";
    private volatile String books = "books";
    private volatile String promotion = "promotion";

    /** The message property with the order; {@code order} unless set. */
    public void setOrder(String order) {
        this.order = Setting.required("order", order);
    }

    /** The message property with the books; {@code books} unless set. */
    public void setBooks(String books) {
        this.books = Setting.required("books", books);
    }

    /** The message property with the promotion, which need not be there; {@code promotion} unless set. */
    public void setPromotion(String promotion) {
        this.promotion = Setting.required("promotion", promotion);
    }

    @Override
    void handle(MessageContext message) {
        message.setProperty(
                MessageProperties.ORDER_REQUEST,
                OrderBody.parse(JsonBody.parse(text(message, order).getBytes(StandardCharsets.UTF_8))));
        message.setProperty(
                MessageProperties.CATALOG, CatalogBody.parse(text(message, books), text(message, promotion)));
    }

    private static String text(MessageContext message, String property) {
        Object value = message.getProperty(property);
        return value == null ? "" : value.toString();
    }
}
