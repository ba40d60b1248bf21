package com.books.bookstore.mediator;

import static com.books.bookstore.mediator.message.MessageProperties.required;

import com.books.bookstore.domain.OrderTotals;
import com.books.bookstore.domain.PricedOrder;
import com.books.bookstore.domain.TaxRate;
import com.books.bookstore.domain.TotalTooLargeException;
import com.books.bookstore.json.OrderDocuments;
import com.books.bookstore.mediator.message.MessageProperties;
import com.books.bookstore.mediator.message.WrongArtifactException;
import com.books.bookstore.problem.ProblemException;
import com.books.bookstore.problem.ProblemType;
import java.util.regex.Pattern;
import org.apache.synapse.MessageContext;

/**
 * Adds up a priced order and writes it down as the database takes it.
 *
 * <p>In: {@link MessageProperties#PRICED_ORDER}. Out: {@link MessageProperties#TOTALS}, {@link MessageProperties#CURRENCY},
 * {@link MessageProperties#TAX_RATE}, {@link MessageProperties#ORDER_JSON}. Problem: total_too_large. Thread-safe.
 */
public class OrderTotalsMediator extends BookstoreMediator {

    private static final Pattern CURRENCY_CODE = Pattern.compile("[A-Z]{3}");

    private volatile TaxRate taxRate;
    private volatile String currency;

    /** The tax as a fraction from 0 to 1: 0.08 is eight percent. */
    public void setTaxRate(String taxRate) {
        try {
            this.taxRate = TaxRate.parse(Setting.required("taxRate", taxRate));
        } catch (IllegalArgumentException e) {
            throw new WrongArtifactException(e.getMessage());
        }
    }

    /** The currency of all amounts, ISO 4217. */
    public void setCurrency(String currency) {
        String code = Setting.required("currency", currency);
        if (!CURRENCY_CODE.matcher(code).matches()) {
            throw new WrongArtifactException("The currency '" + code + "' must be an ISO 4217 code such as USD");
        }
        this.currency = code;
    }

    @Override
    void handle(MessageContext message) {
        if (taxRate == null || currency == null) {
            throw new WrongArtifactException("The settings 'taxRate' and 'currency' must be set");
        }
        PricedOrder order = required(message, MessageProperties.PRICED_ORDER, PricedOrder.class);
        try {
            OrderTotals totals = OrderTotals.of(order, taxRate);
            message.setProperty(MessageProperties.TOTALS, totals);
            message.setProperty(MessageProperties.CURRENCY, currency);
            message.setProperty(MessageProperties.TAX_RATE, taxRate.value().toPlainString());
            message.setProperty(MessageProperties.ORDER_JSON, OrderDocuments.forDatabase(order, totals, currency));
        } catch (TotalTooLargeException e) {
            throw new ProblemException(ProblemType.TOTAL_TOO_LARGE, e.getMessage() + ".");
        }
    }
}
