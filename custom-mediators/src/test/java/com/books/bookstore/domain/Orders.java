package com.books.bookstore.domain;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.DomainContextBase;

/** Any order that can be made, for the laws. */
final class Orders extends DomainContextBase {

    static final Instant NOW = Instant.parse("2026-11-22T18:31:00Z");

    /** An order together with what it is priced by. */
    static final class Case {

        final OrderRequest request;
        final Catalog catalog;
        final List<Book> books;
        final QuantityDiscounts discounts;
        final TaxRate taxRate;

        Case(
                OrderRequest request,
                List<Book> books,
                BigDecimal promotionPercent,
                QuantityDiscounts discounts,
                TaxRate taxRate) {
            this.request = request;
            this.books = books;
            this.catalog = new Catalog(
                    books,
                    promotionPercent == null
                            ? null
                            : new Promotion("PROMO", promotionPercent, NOW.minusSeconds(60), NOW.plusSeconds(60)));
            this.discounts = discounts;
            this.taxRate = taxRate;
        }

        PricedOrder priced() {
            return new OrderPricing(discounts).price(request, catalog, NOW);
        }

        @Override
        public String toString() {
            return request.lines() + ", " + request.promoCode() + ", tax " + taxRate.value();
        }
    }

    @Provide
    Arbitrary<Case> cases() {
        Arbitrary<BigDecimal> prices = Arbitraries.bigDecimals()
                .between(BigDecimal.ZERO, new BigDecimal("999.99"))
                .ofScale(2);
        Arbitrary<Integer> quantities = Arbitraries.integers().between(1, OrderRules.MAX_QUANTITY);
        Arbitrary<Integer> stock = Arbitraries.integers().between(0, 1200);
        Arbitrary<List<Line>> lines = Combinators.combine(prices, quantities, stock)
                .as(Line::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(30)
                // Otherwise nearly all cases would be orders of one extreme line.
                .withoutEdgeCases();
        Arbitrary<BigDecimal> promotions = Arbitraries.bigDecimals()
                .between(new BigDecimal("0.01"), new BigDecimal("100"))
                .ofScale(2)
                .injectNull(0.3);
        Arbitrary<QuantityDiscounts> discounts =
                Arbitraries.of("", "5:5,10:10,20:15", "1:0.5", "2:33.33,3:100").map(QuantityDiscounts::parse);
        Arbitrary<TaxRate> taxes = Arbitraries.bigDecimals()
                .between(BigDecimal.ZERO, BigDecimal.ONE)
                .ofScale(4)
                .map(rate -> TaxRate.parse(rate.toPlainString()));
        return Combinators.combine(lines, promotions, discounts, taxes).as(Orders::order);
    }

    private static Case order(List<Line> lines, BigDecimal promotion, QuantityDiscounts discounts, TaxRate taxRate) {
        List<Book> books = new ArrayList<>();
        List<OrderLine> wanted = new ArrayList<>();
        for (Line line : lines) {
            int bookId = books.size() + 1;
            books.add(new Book(bookId, "Book " + bookId, line.price, line.stock));
            wanted.add(new OrderLine(bookId, line.quantity));
        }
        return new Case(
                OrderRequest.merging(wanted, promotion == null ? null : "PROMO"), books, promotion, discounts, taxRate);
    }

    private static final class Line {

        private final BigDecimal price;
        private final int quantity;
        private final int stock;

        private Line(BigDecimal price, int quantity, int stock) {
            this.price = price;
            this.quantity = quantity;
            this.stock = stock;
        }
    }
}
