package com.books.bookstore.mediator;

import com.books.bookstore.json.Json;
import com.books.bookstore.mediator.answer.OrderAnswers;
import com.books.bookstore.mediator.message.DataServiceRows;
import com.books.bookstore.mediator.message.HttpAnswer;
import com.books.bookstore.mediator.message.MessageProperties;
import com.books.bookstore.mediator.message.WrongArtifactException;
import com.books.bookstore.problem.Problem;
import com.books.bookstore.problem.ProblemException;
import com.books.bookstore.problem.ProblemType;
import java.util.List;
import java.util.Map;
import org.apache.synapse.MessageContext;

/**
 * Makes the answer of what the database said to an order.
 *
 * <p>In: {@link MessageProperties#RESULT} (columns outcome, document). Out: {@link MessageProperties#OUTCOME}, and the answer unless
 * the prices have changed and this is not the final attempt. Problems: idempotency_key_reused, unknown_book, out_of_stock, price_changed,
 * promo_code_used_up.
 * Thread-safe.
 */
public class OrderOutcomeMediator extends BookstoreMediator {

    private boolean finalAttempt;

    /** {@code true} if the order is not priced again after this. */
    public void setFinalAttempt(String finalAttempt) {
        this.finalAttempt = Boolean.parseBoolean(Setting.required("finalAttempt", finalAttempt));
    }

    @Override
    void handle(MessageContext message) {
        List<Map<String, String>> rows = DataServiceRows.of(message, MessageProperties.RESULT);
        Map<String, String> row = rows.isEmpty() ? Map.of() : rows.get(0);
        String outcome = row.getOrDefault("outcome", "");
        message.setProperty(MessageProperties.OUTCOME, outcome);
        switch (outcome) {
            case "placed":
                HttpAnswer.put(message, OrderAnswers.placed(row.get("document"), false));
                break;
            case "replayed":
                HttpAnswer.put(message, OrderAnswers.placed(row.get("document"), true));
                break;
            case "price_changed":
                if (finalAttempt) {
                    throw new ProblemException(ProblemType.PRICE_CHANGED);
                }
                break;
            case "key_reused":
                throw new ProblemException(ProblemType.IDEMPOTENCY_KEY_REUSED);
            case "promo_used_up":
                throw new ProblemException(ProblemType.PROMO_CODE_USED_UP);
            case "unknown_book":
                throw new ProblemException(Problem.of(ProblemType.UNKNOWN_BOOK)
                        .with("unknownBooks", Json.parseTrusted(row.get("document"))));
            case "out_of_stock":
                throw new ProblemException(
                        Problem.of(ProblemType.OUT_OF_STOCK).with("shortages", Json.parseTrusted(row.get("document"))));
            default:
                throw new WrongArtifactException("The database returned an unknown outcome for an order");
        }
    }
}
