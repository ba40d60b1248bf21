package com.books.bookstore.domain;

import java.math.BigDecimal;

/**
 * The totals of an order, all with two decimals: subtotal = sum of the lines' gross prices, discountTotal = sum of their discounts,
 * taxTotal = tax on the difference, rounded half up, totalAmount = subtotal - discountTotal + taxTotal. Immutable.
 */
public final class OrderTotals {

    private final BigDecimal subtotal;
    private final BigDecimal discountTotal;
    private final BigDecimal taxTotal;
    private final BigDecimal totalAmount;

    private OrderTotals(BigDecimal subtotal, BigDecimal discountTotal, BigDecimal taxTotal, BigDecimal totalAmount) {
        this.subtotal = subtotal;
        this.discountTotal = discountTotal;
        this.taxTotal = taxTotal;
        this.totalAmount = totalAmount;
    }

    /**
     * Adds up the lines of an order.
     *
     * @throws TotalTooLargeException if the subtotal or the total amount is more than {@link Money#MAXIMUM}; no other amount of the
     *                                order can then be larger
     */
    public static OrderTotals of(PricedOrder order, TaxRate taxRate) {
        BigDecimal subtotal = Money.ZERO;
        BigDecimal discountTotal = Money.ZERO;
        for (PricedLine line : order.lines()) {
            subtotal = subtotal.add(line.gross());
            discountTotal = discountTotal.add(line.discount());
        }
        BigDecimal net = subtotal.subtract(discountTotal);
        BigDecimal taxTotal = Money.share(net, taxRate.value());
        BigDecimal totalAmount = net.add(taxTotal);
        if (subtotal.max(totalAmount).compareTo(Money.MAXIMUM) > 0) {
            throw new TotalTooLargeException();
        }
        return new OrderTotals(subtotal, discountTotal, taxTotal, totalAmount);
    }

    public BigDecimal subtotal() {
        return subtotal;
    }

    public BigDecimal discountTotal() {
        return discountTotal;
    }

    public BigDecimal taxTotal() {
        return taxTotal;
    }

    public BigDecimal totalAmount() {
        return totalAmount;
    }
}
