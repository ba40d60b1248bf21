package com.books.bookstore.mediator;

import com.books.bookstore.domain.OrderTotals;
import com.books.bookstore.domain.PricedOrder;
import com.books.bookstore.json.Json;
import com.books.bookstore.json.OrderDocuments;
import com.books.bookstore.mediator.message.HttpRequest;
import com.books.bookstore.mediator.message.MessagePayload;
import com.books.bookstore.mediator.message.MessageProperties;
import com.books.bookstore.mediator.message.Response;
import com.books.bookstore.problem.Problem;
import com.books.bookstore.problem.ProblemException;
import com.books.bookstore.problem.ProblemType;
import com.books.bookstore.request.IfNoneMatch;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.synapse.MessageContext;
import org.apache.synapse.SynapseException;

/**
 * Makes the answer of what a data service said.
 *
 * <p>The property {@code operation} says to which request. In: {@link MessageProperties#RESULT} (columns outcome, document, version
 * as the operation has them); for lists also {@link MessageProperties#TOTAL}, {@link MessageProperties#LIMIT} and
 * {@link MessageProperties#OFFSET}; for quotes {@link MessageProperties#PRICED_ORDER}, {@link MessageProperties#TOTALS} and
 * {@link MessageProperties#CURRENCY}. Problems: book_not_found, order_not_found, precondition_failed, order_not_pending,
 * summary_not_found, mail_not_found, mail_being_sent. Thread-safe.
 */
public class ResponseMediator extends BookstoreMediator {

    private Operation operation;

    /** The operation's name in the API definitions, such as {@code getBook}. */
    public void setOperation(String operation) {
        this.operation = Operation.of(Setting.required("operation", operation));
    }

    @Override
    void handle(MessageContext message) {
        if (operation == null) {
            throw new SynapseException("The setting 'operation' is not set");
        }
        MessagePayload.respond(message, response(message));
    }

    private Response response(MessageContext message) {
        switch (operation) {
            case LIST_BOOKS:
                return revalidated(list(message));
            case LIST_ORDERS:
            case LIST_MAILS:
                return list(message);
            case LIST_SUMMARIES:
                return Response.json(200, "{\"items\":" + documents(message) + "}");
            case GET_BOOK:
                return revalidated(bookUnlessKnown(message));
            case CREATE_BOOK:
                Map<String, String> created = outcome(message, "created", ProblemType.BOOK_NOT_FOUND);
                return book(201, created)
                        .withHeader(
                                "Location",
                                "/catalog/v1/books/" + Json.topLevelValue(created.get("document"), "bookId"));
            case UPDATE_BOOK:
                return book(200, outcome(message, "updated", ProblemType.BOOK_NOT_FOUND));
            case DELETE_BOOK:
                outcome(message, "deleted", ProblemType.BOOK_NOT_FOUND);
                return Response.empty(204);
            case GET_ORDER:
            case GET_PAYMENT:
                return Response.json(
                        200, theRow(message, ProblemType.ORDER_NOT_FOUND).get("document"));
            case GET_SUMMARY:
                return Response.json(
                        200, theRow(message, ProblemType.SUMMARY_NOT_FOUND).get("document"));
            case MAIL_SUMMARY:
                return Response.json(
                        202,
                        oneOf(message, Set.of("queued", "requeued"), ProblemType.SUMMARY_NOT_FOUND)
                                .get("document"));
            case REQUEUE_MAIL:
                return Response.json(
                        202,
                        outcome(message, "requeued", ProblemType.MAIL_NOT_FOUND).get("document"));
            case COMPLETE_ORDER:
                return Response.json(
                        200,
                        outcome(message, "completed", ProblemType.ORDER_NOT_FOUND)
                                .get("document"));
            case CANCEL_ORDER:
                return Response.json(
                        200,
                        outcome(message, "cancelled", ProblemType.ORDER_NOT_FOUND)
                                .get("document"));
            case QUOTE_ORDER:
                return Response.json(
                        200,
                        OrderDocuments.quote(
                                required(message, MessageProperties.PRICED_ORDER, PricedOrder.class),
                                required(message, MessageProperties.TOTALS, OrderTotals.class),
                                required(message, MessageProperties.CURRENCY, String.class)));
            default:
                throw new SynapseException(
                        "The setting 'operation' names an operation with an answer of its own: " + operation);
        }
    }

    private static Response bookUnlessKnown(MessageContext message) {
        Map<String, String> row = theRow(message, ProblemType.BOOK_NOT_FOUND);
        return IfNoneMatch.has(new HttpRequest(message).header("If-None-Match"), entityTag(row))
                ? Response.empty(304).withHeader("ETag", entityTag(row))
                : book(200, row);
    }

    private static Response book(int status, Map<String, String> row) {
        return Response.json(status, row.get("document")).withHeader("ETag", entityTag(row));
    }

    private static String entityTag(Map<String, String> row) {
        return "\"" + row.get("version") + "\"";
    }

    /** What everybody sees may be kept, but not shown without asking again: stock changes with every order. */
    private static Response revalidated(Response response) {
        return response.withHeader("Cache-Control", "no-cache");
    }

    private static Response list(MessageContext message) {
        return Response.json(
                200,
                "{\"items\":" + documents(message) + ",\"total\":" + total(message) + ",\"limit\":"
                        + text(message, MessageProperties.LIMIT) + ",\"offset\":"
                        + text(message, MessageProperties.OFFSET) + "}");
    }

    /** The documents of all rows as a JSON array. */
    private static String documents(MessageContext message) {
        StringBuilder json = new StringBuilder(4096).append('[');
        String separator = "";
        for (Map<String, String> row : MessagePayload.rows(message, MessageProperties.RESULT)) {
            json.append(separator).append(row.get("document"));
            separator = ",";
        }
        return json.append(']').toString();
    }

    private static long total(MessageContext message) {
        List<Map<String, String>> rows = MessagePayload.rows(message, MessageProperties.TOTAL);
        return rows.isEmpty() ? 0 : Long.parseLong(rows.get(0).get("total"));
    }

    private static Map<String, String> theRow(MessageContext message, ProblemType notFound) {
        List<Map<String, String>> rows = MessagePayload.rows(message, MessageProperties.RESULT);
        if (rows.isEmpty()) {
            throw new ProblemException(notFound);
        }
        return rows.get(0);
    }

    /** The row of a procedure that went well, or the problem it reports. */
    private static Map<String, String> outcome(MessageContext message, String success, ProblemType notFound) {
        return oneOf(message, Set.of(success), notFound);
    }

    private static Map<String, String> oneOf(MessageContext message, Set<String> successes, ProblemType notFound) {
        Map<String, String> row = theRow(message, notFound);
        String outcome = row.getOrDefault("outcome", "");
        if (successes.contains(outcome)) {
            return row;
        }
        switch (outcome) {
            case "not_found":
                throw new ProblemException(notFound);
            case "version_conflict":
                throw new ProblemException(
                        ProblemType.PRECONDITION_FAILED,
                        "Somebody changed or bought the book since you read it. Read it again.");
            case "not_pending":
                throw new ProblemException(Problem.of(ProblemType.ORDER_NOT_PENDING)
                        .with("orderStatus", Json.topLevelValue(row.get("document"), "status")));
            case "being_sent":
                throw new ProblemException(ProblemType.MAIL_BEING_SENT);
            default:
                throw new SynapseException("The database answered with an unknown outcome");
        }
    }
}
