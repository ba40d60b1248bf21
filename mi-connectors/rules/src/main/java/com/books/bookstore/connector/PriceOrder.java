package com.books.bookstore.connector;

import com.books.bookstore.connector.message.Parameters;
import com.books.bookstore.domain.OrderPricing;
import com.books.bookstore.domain.PromotionNotValidException;
import com.books.bookstore.domain.QuantityDiscounts;
import com.books.bookstore.domain.UnknownBooksException;
import com.books.bookstore.json.OrderDocuments;
import com.books.bookstore.problem.Problem;
import com.books.bookstore.problem.ProblemException;
import com.books.bookstore.problem.ProblemType;
import com.books.bookstore.request.CatalogBody;
import java.time.Clock;
import org.apache.synapse.MessageContext;

/**
 * {@code bookstore-rules.priceOrder}: prices the lines of {@code order} with the prices of {@code books}, the discounts of {@code quantityTiers}
 * and the {@code promotion}. Result: {@code {"items":[..],"promoCode"}}, money with two decimals. Thread-safe.
 */
public final class PriceOrder extends ConnectorOperation {

    private final Clock clock = Clock.systemUTC();

    @Override
    String execute(MessageContext message, Parameters parameters) {
        OrderPricing pricing = new OrderPricing(QuantityDiscounts.parse(parameters.text("quantityTiers")));
        try {
            return OrderDocuments.priced(pricing.price(
                    OrderParameter.of(parameters),
                    CatalogBody.parse(parameters.text("books"), parameters.text("promotion")),
                    clock.instant()));
        } catch (UnknownBooksException e) {
            throw OrderParameter.unknownBooks(e.bookIds());
        } catch (PromotionNotValidException e) {
            throw new ProblemException(Problem.of(ProblemType.PROMO_CODE_INVALID));
        }
    }
}
