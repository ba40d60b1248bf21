package com.books.bookstore.connector;

import com.books.bookstore.connector.message.Parameters;
import com.books.bookstore.domain.OrderRequest;
import com.books.bookstore.problem.FieldError;
import com.books.bookstore.problem.Problem;
import com.books.bookstore.problem.ProblemException;
import com.books.bookstore.problem.ProblemType;
import com.books.bookstore.request.JsonBody;
import com.books.bookstore.request.OrderBody;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The parameter {@code order}: the body of a request to the order API. */
final class OrderParameter {

    private OrderParameter() {}

    /** @throws ProblemException if it is not an order, naming every wrong field */
    static OrderRequest of(Parameters parameters) {
        String order = parameters.text("order");
        if (order.isEmpty()) {
            throw wrong("is required");
        }
        try {
            return OrderBody.parse(JsonBody.parse(order.getBytes(StandardCharsets.UTF_8)));
        } catch (ProblemException e) {
            throw e.problem().type() == ProblemType.MALFORMED_JSON ? wrong("must be a JSON object") : e;
        }
    }

    private static ProblemException wrong(String message) {
        return new ProblemException(Problem.invalidRequest(List.of(new FieldError("order", message))));
    }

    static ProblemException unknownBooks(List<Integer> bookIds) {
        return new ProblemException(Problem.of(ProblemType.UNKNOWN_BOOK).with("unknownBooks", bookIds));
    }
}
