package com.books.bookstore.domain;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Prices the lines of an order.
 *
 * <p>Per line: gross = price of one copy times quantity. The discounts follow in their order; each takes its share, rounded, of what the
 * discounts before it left. Rounding is half up to two decimals. Thread-safe.
 */
public final class OrderPricing {

    private final List<LineDiscount> discounts;

    /** The discounts of the shop: first the quantity discount, then the promotion. A new kind of discount is added to this list. */
    public OrderPricing(QuantityDiscounts quantityDiscounts) {
        this(List.of(quantityDiscounts, new PromotionDiscount()));
    }

    /** @param discounts in the order in which they apply */
    OrderPricing(List<LineDiscount> discounts) {
        this.discounts = List.copyOf(discounts);
    }

    /**
     * @param request what is ordered
     * @param catalog the books and the promotion the request names, with the prices to charge
     * @param now     when the order is priced
     * @throws UnknownBooksException      naming every book that is not in the catalog
     * @throws PromotionNotValidException if the request names a promotion that does not exist or is not valid now
     * @throws PromotionUsedUpException   if the request names a promotion that the customer may not use any more
     */
    public PricedOrder price(OrderRequest request, Catalog catalog, Instant now) {
        List<Integer> missing = catalog.missing(request);
        if (!missing.isEmpty()) {
            throw new UnknownBooksException(missing);
        }
        List<PricedLine> lines = new ArrayList<>(request.lines().size());
        for (OrderLine line : request.lines()) {
            Book book = catalog.get(line.bookId());
            BigDecimal gross = book.price().multiply(BigDecimal.valueOf(line.quantity()));
            BigDecimal discount = discount(new DiscountedLine(book, line.quantity(), gross, request, catalog, now));
            lines.add(new PricedLine(book, line.quantity(), gross, discount));
        }
        return new PricedOrder(
                lines,
                request.promoCode().orElse(null),
                request.deliveryAddress().orElse(null));
    }

    private BigDecimal discount(DiscountedLine whole) {
        DiscountedLine line = whole;
        for (LineDiscount discount : discounts) {
            BigDecimal amount = discount.amount(line);
            if (amount.signum() < 0 || amount.compareTo(line.remaining()) > 0 || amount.scale() != Money.SCALE) {
                throw new IllegalStateException(discount.getClass().getName() + " takes " + amount + " off "
                        + line.remaining() + ": an amount from zero to that with two decimals is expected");
            }
            line = line.less(amount);
        }
        return whole.remaining().subtract(line.remaining());
    }
}
