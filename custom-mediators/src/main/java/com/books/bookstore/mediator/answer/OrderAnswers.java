package com.books.bookstore.mediator.answer;

import com.books.bookstore.domain.OrderStatus;
import com.books.bookstore.domain.OrderTotals;
import com.books.bookstore.domain.PricedOrder;
import com.books.bookstore.json.Json;
import com.books.bookstore.json.OrderDocuments;
import com.books.bookstore.mediator.message.MessageProperties;
import com.books.bookstore.mediator.message.Response;
import com.books.bookstore.problem.ProblemType;
import com.books.bookstore.request.DeliveryAddressRule;
import java.util.Set;

/** Answers about orders. */
public final class OrderAnswers {

    private OrderAnswers() {}

    /**
     * @param document the order as JSON
     * @param replayed whether an earlier request placed the order
     */
    public static Response placed(String document, boolean replayed) {
        Response response = Response.json(201, document)
                .withHeader("Location", "/orders/v1/orders/" + Json.topLevelValue(document, "orderId"));
        return replayed ? response.withHeader("Idempotency-Replayed", "true") : response;
    }

    static Response quote(ServiceResult result) {
        return Response.json(
                200,
                OrderDocuments.quote(
                        result.required(MessageProperties.PRICED_ORDER, PricedOrder.class),
                        result.required(MessageProperties.TOTALS, OrderTotals.class),
                        result.required(MessageProperties.CURRENCY, String.class)));
    }

    /** The order, or its payment. */
    static Response document(ServiceResult result) {
        return Response.json(200, result.row(ProblemType.ORDER_NOT_FOUND).get("document"));
    }

    /** The shop's rule, and the customer's last address unless the rule says that there are none. */
    static Response delivery(ServiceResult result) {
        DeliveryAddressRule rule = result.required(MessageProperties.DELIVERY_RULE, DeliveryAddressRule.class);
        String address = rule == DeliveryAddressRule.OFF
                ? null
                : result.firstRow().map(row -> row.get("document")).orElse(null);
        return Response.json(200, OrderDocuments.delivery(rule.text(), address));
    }

    static Response completed(ServiceResult result) {
        return changed(result, OrderStatus.COMPLETED);
    }

    static Response cancelled(ServiceResult result) {
        return changed(result, OrderStatus.CANCELLED);
    }

    static Response returned(ServiceResult result) {
        return changed(result, OrderStatus.RETURNED);
    }

    /** The entry of the order's history. */
    static Response noted(ServiceResult result) {
        return Response.json(
                201,
                result.outcome(Set.of("noted"), ProblemType.ORDER_NOT_FOUND).get("document"));
    }

    private static Response changed(ServiceResult result, OrderStatus status) {
        return Response.json(
                200,
                result.outcome(Set.of(status.code()), ProblemType.ORDER_NOT_FOUND)
                        .get("document"));
    }
}
