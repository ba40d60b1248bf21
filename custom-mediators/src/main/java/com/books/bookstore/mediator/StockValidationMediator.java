package com.books.bookstore.mediator;

import static com.books.bookstore.mediator.message.MessageProperties.required;

import com.books.bookstore.domain.Catalog;
import com.books.bookstore.domain.OrderRequest;
import com.books.bookstore.domain.Shortage;
import com.books.bookstore.domain.StockValidation;
import com.books.bookstore.json.OrderDocuments;
import com.books.bookstore.mediator.message.MessageProperties;
import com.books.bookstore.problem.Problem;
import com.books.bookstore.problem.ProblemException;
import com.books.bookstore.problem.ProblemType;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.synapse.MessageContext;

/**
 * Refuses an order that the stock is too small for, before the database is asked to store it.
 *
 * <p>In: {@link MessageProperties#ORDER_REQUEST}, {@link MessageProperties#CATALOG}. Problem: out_of_stock, naming every short line
 * in {@code shortages}. Thread-safe.
 */
public class StockValidationMediator extends BookstoreMediator {

    @Override
    void handle(MessageContext message) {
        List<Shortage> shortages = StockValidation.shortages(
                required(message, MessageProperties.ORDER_REQUEST, OrderRequest.class),
                required(message, MessageProperties.CATALOG, Catalog.class));
        if (!shortages.isEmpty()) {
            throw new ProblemException(Problem.of(ProblemType.OUT_OF_STOCK)
                    .with(
                            "shortages",
                            shortages.stream().map(OrderDocuments::shortage).collect(Collectors.toList())));
        }
    }
}
