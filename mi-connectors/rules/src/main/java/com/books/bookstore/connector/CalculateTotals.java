package com.books.bookstore.connector;

import com.books.bookstore.connector.message.Parameters;
import com.books.bookstore.domain.OrderTotals;
import com.books.bookstore.domain.TaxRate;
import com.books.bookstore.domain.TotalTooLargeException;
import com.books.bookstore.json.OrderDocuments;
import com.books.bookstore.problem.ProblemException;
import com.books.bookstore.problem.ProblemType;
import com.books.bookstore.request.PricedLinesBody;
import java.util.regex.Pattern;
import org.apache.synapse.MessageContext;

/**
 * {@code bookstore-rules.calculateTotals}: adds up the priced lines in {@code items} and the tax. Result:
 * {@code {"currency","taxRate","subtotal","discountTotal","taxTotal","totalAmount"}}, money with two decimals. Thread-safe.
 */
public final class CalculateTotals extends ConnectorOperation {

    private static final Pattern CURRENCY_CODE = Pattern.compile("[A-Z]{3}");

    @Override
    String execute(MessageContext message, Parameters parameters) {
        TaxRate taxRate = TaxRate.parse(parameters.text("taxRate", "0"));
        String currency = parameters.text("currency", "USD");
        if (!CURRENCY_CODE.matcher(currency).matches()) {
            throw new IllegalArgumentException("The currency '" + currency + "' must be an ISO 4217 code such as USD");
        }
        try {
            return OrderDocuments.totals(
                    OrderTotals.of(PricedLinesBody.parse(parameters.text("items")), taxRate), taxRate, currency);
        } catch (TotalTooLargeException e) {
            throw new ProblemException(ProblemType.TOTAL_TOO_LARGE);
        }
    }
}
