package com.books.bookstore.connector;

import com.books.bookstore.connector.message.Parameters;
import com.books.bookstore.domain.Catalog;
import com.books.bookstore.domain.OrderRequest;
import com.books.bookstore.domain.StockValidation;
import com.books.bookstore.json.OrderDocuments;
import com.books.bookstore.request.CatalogBody;
import java.util.List;
import org.apache.synapse.MessageContext;

/**
 * {@code bookstore-rules.validateStock}: compares the lines of {@code order} with the stock of {@code books}. Result:
 * {@code {"available","shortages":[..]}}; an order that cannot be delivered is a result, not an error: the flow decides.
 * Thread-safe.
 */
public final class ValidateStock extends ConnectorOperation {

    @Override
    String execute(MessageContext message, Parameters parameters) {
        OrderRequest order = OrderParameter.of(parameters);
        Catalog books = CatalogBody.parse(parameters.text("books"), "");
        List<Integer> missing = books.missing(order);
        if (!missing.isEmpty()) {
            throw OrderParameter.unknownBooks(missing);
        }
        return OrderDocuments.availability(StockValidation.shortages(order, books));
    }
}
