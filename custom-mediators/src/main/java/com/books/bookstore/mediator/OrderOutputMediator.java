package com.books.bookstore.mediator;

import static com.books.bookstore.mediator.message.MessageProperties.required;

import com.books.bookstore.domain.OrderTotals;
import com.books.bookstore.domain.PricedOrder;
import com.books.bookstore.json.OrderDocuments;
import com.books.bookstore.mediator.message.MessageProperties;
import org.apache.synapse.MessageContext;

/**
 * Writes a priced order with its totals as JSON into a message property.
 *
 * <p>In: {@link MessageProperties#PRICED_ORDER}, {@link MessageProperties#TOTALS}, {@link MessageProperties#CURRENCY}. Out: the message
 * property that the setting names. Thread-safe.
 */
public class OrderOutputMediator extends BookstoreMediator {

    private volatile String target = "pricedOrder";

    /** The message property for the JSON; {@code pricedOrder} unless set. */
    public void setTarget(String target) {
        this.target = Setting.required("target", target);
    }

    @Override
    void handle(MessageContext message) {
        message.setProperty(
                target,
                OrderDocuments.quote(
                        required(message, MessageProperties.PRICED_ORDER, PricedOrder.class),
                        required(message, MessageProperties.TOTALS, OrderTotals.class),
                        required(message, MessageProperties.CURRENCY, String.class)));
    }
}
