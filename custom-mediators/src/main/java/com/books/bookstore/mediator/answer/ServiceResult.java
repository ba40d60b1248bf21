package com.books.bookstore.mediator.answer;

import com.books.bookstore.json.Json;
import com.books.bookstore.mediator.message.DataServiceRows;
import com.books.bookstore.mediator.message.HttpRequest;
import com.books.bookstore.mediator.message.MessageProperties;
import com.books.bookstore.mediator.message.Response;
import com.books.bookstore.mediator.message.WrongArtifactException;
import com.books.bookstore.problem.Problem;
import com.books.bookstore.problem.ProblemException;
import com.books.bookstore.problem.ProblemType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.synapse.MessageContext;

/** What a data service returned for a request. For one message on one thread. */
public final class ServiceResult {

    private final MessageContext message;
    private final int maxAge;

    /** @param maxAge how many seconds a public answer may be kept; 0 if it must not be used without asking again */
    public ServiceResult(MessageContext message, int maxAge) {
        this.message = message;
        this.maxAge = maxAge;
    }

    int maxAge() {
        return maxAge;
    }

    /** A header of the request, or null. */
    String header(String name) {
        return new HttpRequest(message).header(name);
    }

    /** An object that an earlier mediator left in the message. */
    <T> T required(String property, Class<T> type) {
        return MessageProperties.required(message, property, type);
    }

    /** One part of a list, with the length of the whole list. */
    Response page() {
        return Response.json(200, new ListPage(this).json());
    }

    /**
     * One part of a list that belongs to something.
     *
     * @throws ProblemException notFound if the query that counts has no row
     */
    Response page(ProblemType notFound) {
        if (DataServiceRows.of(message, MessageProperties.TOTAL).isEmpty()) {
            throw new ProblemException(notFound);
        }
        return page();
    }

    /** A message property that is a text. */
    String text(String property) {
        return MessageProperties.text(message, property);
    }

    List<Map<String, String>> rows() {
        return DataServiceRows.of(message, MessageProperties.RESULT);
    }

    /** The row of the query that counts. */
    Map<String, String> count() {
        List<Map<String, String>> rows = DataServiceRows.of(message, MessageProperties.TOTAL);
        return rows.isEmpty() ? Map.of() : rows.get(0);
    }

    /** The documents of all rows as a JSON array. */
    String documents() {
        return rows().stream().map(row -> row.get("document")).collect(Collectors.joining(",", "[", "]"));
    }

    /** @throws ProblemException notFound if there is no row */
    Map<String, String> row(ProblemType notFound) {
        return firstRow().orElseThrow(() -> new ProblemException(notFound));
    }

    /** The row of a query that always has one. */
    Map<String, String> onlyRow() {
        return firstRow().orElseThrow(() -> new WrongArtifactException("The data service returned no row"));
    }

    Optional<Map<String, String>> firstRow() {
        return rows().stream().findFirst();
    }

    /**
     * The row of a procedure that succeeded.
     *
     * @param successes the outcomes that are a success
     * @throws ProblemException the problem that the procedure reports
     */
    Map<String, String> outcome(Set<String> successes, ProblemType notFound) {
        Map<String, String> row = row(notFound);
        String outcome = row.getOrDefault("outcome", "");
        if (successes.contains(outcome)) {
            return row;
        }
        switch (outcome) {
            case "not_found":
                throw new ProblemException(notFound);
            case "version_conflict":
                throw new ProblemException(ProblemType.PRECONDITION_FAILED);
            case "not_pending":
                throw new ProblemException(Problem.of(ProblemType.ORDER_NOT_PENDING)
                        .with("orderStatus", Json.topLevelValue(row.get("document"), "status")));
            case "code_taken":
                throw new ProblemException(ProblemType.PROMOTION_EXISTS);
            case "isbn_taken":
                throw new ProblemException(Problem.of(ProblemType.ISBN_TAKEN)
                        .with("bookId", Integer.valueOf(Json.topLevelValue(row.get("document"), "bookId"))));
            case "stock_differs":
                throw new ProblemException(ProblemType.STOCK_NOT_REPLACEABLE);
            case "out_of_range":
                throw new ProblemException(Problem.of(ProblemType.STOCK_OUT_OF_RANGE)
                        .with(
                                "stockQuantity",
                                Integer.valueOf(Json.topLevelValue(row.get("document"), "stockQuantity"))));
            case "key_reused":
                throw new ProblemException(ProblemType.IDEMPOTENCY_KEY_REUSED);
            case "not_completed":
                throw new ProblemException(Problem.of(ProblemType.ORDER_NOT_COMPLETED)
                        .with("orderStatus", Json.topLevelValue(row.get("document"), "status")));
            case "being_sent":
                throw new ProblemException(ProblemType.MAIL_BEING_SENT);
            default:
                throw new WrongArtifactException("The database returned an unknown outcome");
        }
    }
}
