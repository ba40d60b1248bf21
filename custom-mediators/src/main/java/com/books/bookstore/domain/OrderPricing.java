package com.books.bookstore.domain;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Prices the lines of an order.
 *
 * <p>Per line: gross = price of one copy times quantity; the quantity tier takes its share of that, rounded; the promotion takes
 * its share of what is left, rounded. Rounding is half up to two decimals. Thread-safe.
 */
public final class OrderPricing {

    private final QuantityDiscounts discounts;

    public OrderPricing(QuantityDiscounts discounts) {
        this.discounts = discounts;
    }

    /**
     * @param request what is ordered
     * @param catalog the books and the promotion the request names, with the prices to charge
     * @param now     when the order is priced
     * @throws UnknownBooksException      naming every book that is not in the catalogue
     * @throws PromotionNotValidException if the request names a promotion that is not there or not valid now
     */
    public PricedOrder price(OrderRequest request, Catalog catalog, Instant now) {
        List<Integer> missing = catalog.missing(request);
        if (!missing.isEmpty()) {
            throw new UnknownBooksException(missing);
        }
        String promoCode = request.promoCode().orElse(null);
        BigDecimal promotionRate = promoCode == null ? BigDecimal.ZERO : promotionRate(promoCode, catalog, now);
        List<PricedLine> lines = new ArrayList<>(request.lines().size());
        for (OrderLine line : request.lines()) {
            lines.add(price(catalog.get(line.bookId()), line.quantity(), promotionRate));
        }
        return new PricedOrder(lines, promoCode);
    }

    private PricedLine price(Book book, int quantity, BigDecimal promotionRate) {
        BigDecimal gross = book.price().multiply(BigDecimal.valueOf(quantity));
        BigDecimal tierDiscount = Money.share(gross, discounts.rateFor(quantity));
        BigDecimal promotionDiscount = Money.share(gross.subtract(tierDiscount), promotionRate);
        return new PricedLine(book, quantity, gross, tierDiscount.add(promotionDiscount));
    }

    private static BigDecimal promotionRate(String promoCode, Catalog catalog, Instant now) {
        return catalog.promotion()
                .filter(promotion -> promotion.code().equalsIgnoreCase(promoCode) && promotion.isValidAt(now))
                .orElseThrow(PromotionNotValidException::new)
                .rate();
    }
}
