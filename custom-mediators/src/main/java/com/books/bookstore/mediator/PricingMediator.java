package com.books.bookstore.mediator;

import static com.books.bookstore.mediator.message.MessageProperties.required;

import com.books.bookstore.domain.Catalog;
import com.books.bookstore.domain.OrderPricing;
import com.books.bookstore.domain.OrderRequest;
import com.books.bookstore.domain.PromotionNotValidException;
import com.books.bookstore.domain.PromotionUsedUpException;
import com.books.bookstore.domain.QuantityDiscounts;
import com.books.bookstore.domain.UnknownBooksException;
import com.books.bookstore.mediator.message.MessageProperties;
import com.books.bookstore.mediator.message.WrongArtifactException;
import com.books.bookstore.problem.Problem;
import com.books.bookstore.problem.ProblemException;
import com.books.bookstore.problem.ProblemType;
import java.time.Clock;
import java.util.Map;
import org.apache.synapse.MessageContext;

/**
 * Prices the lines of an order.
 *
 * <p>In: {@link MessageProperties#ORDER_REQUEST}, {@link MessageProperties#CATALOG}; {@link MessageProperties#QUANTITY_TIERS}, if set, instead of
 * the setting. Out: {@link MessageProperties#PRICED_ORDER}.
 * Problems: unknown_book (naming every one in {@code unknownBooks}), promo_code_invalid, promo_code_used_up. Thread-safe.
 */
public class PricingMediator extends BookstoreMediator {

    private final Clock clock;
    private volatile OrderPricing pricing = new OrderPricing(QuantityDiscounts.parse(""));
    /** The pricing with the tiers that administrators chose last: they change seldom. */
    private volatile Map.Entry<String, OrderPricing> chosen = Map.entry("", pricing);

    public PricingMediator() {
        this(Clock.systemUTC());
    }

    PricingMediator(Clock clock) {
        this.clock = clock;
    }

    /** Discounts per line as {@code quantity:percent,...}; {@code none} for no discounts. */
    public void setQuantityTiers(String quantityTiers) {
        String tiers = Setting.required("quantityTiers", quantityTiers);
        try {
            pricing = new OrderPricing(QuantityDiscounts.parse(tiers));
        } catch (IllegalArgumentException e) {
            throw new WrongArtifactException(e.getMessage());
        }
    }

    @Override
    void handle(MessageContext message) {
        OrderRequest request = required(message, MessageProperties.ORDER_REQUEST, OrderRequest.class);
        Catalog catalog = required(message, MessageProperties.CATALOG, Catalog.class);
        try {
            message.setProperty(
                    MessageProperties.PRICED_ORDER, pricing(message).price(request, catalog, clock.instant()));
        } catch (UnknownBooksException e) {
            throw new ProblemException(Problem.of(ProblemType.UNKNOWN_BOOK).with("unknownBooks", e.bookIds()));
        } catch (PromotionNotValidException e) {
            throw new ProblemException(ProblemType.PROMO_CODE_INVALID);
        } catch (PromotionUsedUpException e) {
            throw new ProblemException(ProblemType.PROMO_CODE_USED_UP);
        }
    }

    private OrderPricing pricing(MessageContext message) {
        Object tiers = message.getProperty(MessageProperties.QUANTITY_TIERS);
        if (tiers == null) {
            return pricing;
        }
        Map.Entry<String, OrderPricing> known = chosen;
        if (!known.getKey().equals(tiers)) {
            known = Map.entry(tiers.toString(), new OrderPricing(QuantityDiscounts.parse(tiers.toString())));
            chosen = known;
        }
        return known.getValue();
    }
}
