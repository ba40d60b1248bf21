package com.books.bookstore.request;

import com.books.bookstore.domain.Stock;
import com.books.bookstore.domain.StockMovementType;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What staff say of copies that came or went. Immutable. */
public final class StockMovementBody {

    private static final int MAX_REASON = 255;
    private static final String TYPES =
            Stream.of(StockMovementType.values()).map(StockMovementType::code).collect(Collectors.joining(" or "));

    private final StockMovementType type;
    private final int quantity;
    private final String reason;

    private StockMovementBody(StockMovementType type, int quantity, String reason) {
        this.type = type;
        this.quantity = quantity;
        this.reason = reason;
    }

    /**
     * @param body {@code {"type","quantity","reason"?}}; other members are ignored
     * @throws com.books.bookstore.problem.ProblemException {@code invalid_request} naming every wrong field
     */
    public static StockMovementBody from(JsonNode body) {
        FieldErrors errors = new FieldErrors();
        StockMovementType type = type(body.path("type"), errors);
        int minimum = type == null ? StockMovementType.COUNTED.minimumQuantity() : type.minimumQuantity();
        int before = errors.count();
        int quantity = JsonFields.integer(body, "quantity", "quantity", minimum, Stock.MAXIMUM, errors);
        if (quantity == 0 && errors.count() == before) {
            errors.add("quantity", "must not be 0");
        }
        String reason = JsonFields.text(body, "reason", MAX_REASON, errors);
        errors.throwIfAny();
        return new StockMovementBody(type, quantity, reason);
    }

    private static StockMovementType type(JsonNode node, FieldErrors errors) {
        Optional<StockMovementType> type = Stream.of(StockMovementType.values())
                .filter(known -> known.code().equals(node.textValue()))
                .findFirst();
        if (type.isEmpty()) {
            errors.add("type", node.isMissingNode() || node.isNull() ? "is required" : "must be " + TYPES);
        }
        return type.orElse(null);
    }

    public StockMovementType type() {
        return type;
    }

    /** What the movement adds to the stock. */
    public int change() {
        return type.change(quantity);
    }

    /** Why, or "". */
    public String reason() {
        return reason;
    }
}
