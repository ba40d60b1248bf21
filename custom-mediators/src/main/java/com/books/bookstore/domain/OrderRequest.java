package com.books.bookstore.domain;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a customer wants: distinct books in ascending order of their numbers, perhaps with a promotion code and a delivery address. Immutable. */
public final class OrderRequest {

    private final List<OrderLine> lines;
    private final String promoCode;
    private final DeliveryAddress deliveryAddress;

    private OrderRequest(List<OrderLine> lines, String promoCode, DeliveryAddress deliveryAddress) {
        this.lines = lines;
        this.promoCode = promoCode;
        this.deliveryAddress = deliveryAddress;
    }

    /**
     * @param quantities the copies wanted of each book, by the book's number
     * @param promoCode  the promotion code in upper case, or null for none
     * @throws IllegalArgumentException for less than 1 or more than {@value OrderRules#MAX_BOOKS} books, or a line outside its limits
     */
    public static OrderRequest of(SortedMap<Integer, Integer> quantities, String promoCode) {
        if (quantities.isEmpty() || quantities.size() > OrderRules.MAX_BOOKS) {
            throw new IllegalArgumentException(
                    "An order must have 1 to " + OrderRules.MAX_BOOKS + " books, not " + quantities.size());
        }
        List<OrderLine> lines = new ArrayList<>(quantities.size());
        for (Map.Entry<Integer, Integer> entry : quantities.entrySet()) {
            lines.add(new OrderLine(entry.getKey(), entry.getValue()));
        }
        return new OrderRequest(List.copyOf(lines), promoCode, null);
    }

    /**
     * Adds up the lines that name the same book.
     *
     * @param lines     lines in any order
     * @param promoCode the promotion code in upper case, or null for none
     * @throws IllegalArgumentException if the order does not keep the {@link OrderRules}
     */
    public static OrderRequest merging(Iterable<OrderLine> lines, String promoCode) {
        SortedMap<Integer, Integer> quantities = new TreeMap<>();
        for (OrderLine line : lines) {
            quantities.merge(line.bookId(), line.quantity(), Integer::sum);
        }
        return of(quantities, promoCode);
    }

    /** @param address null for none */
    public OrderRequest deliveredTo(DeliveryAddress address) {
        return new OrderRequest(lines, promoCode, address);
    }

    /** Distinct books, by ascending number. */
    public List<OrderLine> lines() {
        return lines;
    }

    public Optional<String> promoCode() {
        return Optional.ofNullable(promoCode);
    }

    public Optional<DeliveryAddress> deliveryAddress() {
        return Optional.ofNullable(deliveryAddress);
    }
}
