package com.books.bookstore.mediator;

import static com.books.bookstore.mediator.message.MessageProperties.text;

import com.books.bookstore.json.OrderDocuments;
import com.books.bookstore.mediator.answer.OrderAnswers;
import com.books.bookstore.mediator.message.DataServiceRows;
import com.books.bookstore.mediator.message.HttpAnswer;
import com.books.bookstore.mediator.message.MessageProperties;
import com.books.bookstore.mediator.message.WrongArtifactException;
import com.books.bookstore.problem.ProblemException;
import com.books.bookstore.problem.ProblemType;
import java.util.List;
import java.util.Map;
import org.apache.synapse.MessageContext;

/**
 * Reads what the data service found for an order: books, promotion, and the order that an earlier request with the same key made.
 *
 * <p>In: {@link MessageProperties#RESULT} (columns books, promotion, tiers, fingerprint, previous, known), {@link MessageProperties#FINGERPRINT}.
 * Out: {@link MessageProperties#CATALOG}, {@link MessageProperties#CUSTOMER_KNOWN}, {@link MessageProperties#QUANTITY_TIERS} if administrators chose any; if the same order was placed before, the message is the answer to it again and
 * {@link MessageProperties#REPLAYED} is {@code true}. Problem: idempotency_key_reused, if another order was. Thread-safe.
 */
public class OrderContextMediator extends BookstoreMediator {

    @Override
    void handle(MessageContext message) {
        List<Map<String, String>> rows = DataServiceRows.of(message, MessageProperties.RESULT);
        if (rows.size() != 1) {
            throw new WrongArtifactException("The data service returned " + rows.size() + " rows instead of one");
        }
        Map<String, String> row = rows.get(0);
        message.setProperty(MessageProperties.CATALOG, OrderDocuments.catalog(row.get("books"), row.get("promotion")));
        message.setProperty(MessageProperties.CUSTOMER_KNOWN, row.get("known"));
        String tiers = row.get("tiers");
        if (tiers != null) {
            message.setProperty(MessageProperties.QUANTITY_TIERS, tiers);
        }
        String fingerprint = row.get("fingerprint");
        if (fingerprint == null) {
            return;
        }
        if (!fingerprint.equals(text(message, MessageProperties.FINGERPRINT))) {
            throw new ProblemException(ProblemType.IDEMPOTENCY_KEY_REUSED);
        }
        HttpAnswer.put(message, OrderAnswers.placed(row.get("previous"), true));
        message.setProperty(MessageProperties.REPLAYED, "true");
    }
}
