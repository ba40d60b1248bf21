package com.books.bookstore.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Scale;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

/** What holds for every order. */
@Domain(Orders.class)
@Domain(DomainContext.Global.class)
class OrderLawsTest {

    @Property(tries = 300)
    void everyLineKeepsItsParts(@ForAll Orders.Case order) {
        assertThat(order.priced().lines()).allSatisfy(line -> {
            assertThat(line.gross()).isEqualTo(line.unitPrice().multiply(BigDecimal.valueOf(line.quantity())));
            assertThat(line.lineTotal()).isEqualTo(line.gross().subtract(line.discount()));
            assertThat(line.discount()).isBetween(Money.ZERO, line.gross());
        });
    }

    @Property(tries = 300)
    void totalsAreTheSumsOfTheRoundedLines(@ForAll Orders.Case order) {
        PricedOrder priced = order.priced();
        OrderTotals totals = OrderTotals.of(priced, order.taxRate);

        assertThat(totals.subtotal()).isEqualTo(sum(priced, PricedLine::gross));
        assertThat(totals.discountTotal()).isEqualTo(sum(priced, PricedLine::discount));
        assertThat(totals.totalAmount())
                .isEqualTo(totals.subtotal().subtract(totals.discountTotal()).add(totals.taxTotal()));
        assertThat(totals.totalAmount().subtract(totals.taxTotal())).isEqualTo(sum(priced, PricedLine::lineTotal));
    }

    @Property(tries = 300)
    void taxIsRoundedOnceForTheWholeOrder(@ForAll Orders.Case order) {
        PricedOrder priced = order.priced();
        OrderTotals totals = OrderTotals.of(priced, order.taxRate);

        BigDecimal exact = sum(priced, PricedLine::lineTotal).multiply(order.taxRate.value());
        assertThat(totals.taxTotal()).isEqualTo(exact.setScale(2, RoundingMode.HALF_UP));
    }

    @Property(tries = 300)
    void everyAmountHasTwoDecimalsAndIsNotNegative(@ForAll Orders.Case order) {
        PricedOrder priced = order.priced();
        OrderTotals totals = OrderTotals.of(priced, order.taxRate);

        List<BigDecimal> amounts = priced.lines().stream()
                .flatMap(line -> List.of(line.unitPrice(), line.gross(), line.discount(), line.lineTotal()).stream())
                .collect(Collectors.toList());
        amounts.addAll(List.of(totals.subtotal(), totals.discountTotal(), totals.taxTotal(), totals.totalAmount()));
        assertThat(amounts).allSatisfy(amount -> {
            assertThat(amount.scale()).isEqualTo(2);
            assertThat(amount.signum()).isNotNegative();
        });
    }

    @Property(tries = 300)
    void aPromotionNeverMakesAnOrderDearer(@ForAll Orders.Case order) {
        PricedOrder without = new OrderPricing(order.discounts)
                .price(OrderRequest.merging(order.request.lines(), null), order.catalog, Orders.NOW);

        assertThat(sum(order.priced(), PricedLine::lineTotal)).isLessThanOrEqualTo(sum(without, PricedLine::lineTotal));
    }

    @Property(tries = 300)
    void linesComeInAscendingOrderOfBooks(@ForAll Orders.Case order) {
        assertThat(order.priced().lines())
                .extracting(PricedLine::bookId)
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @Property(tries = 300)
    void exactlyTheLinesBeyondTheStockAreShort(@ForAll Orders.Case order) {
        List<Integer> expected = order.request.lines().stream()
                .filter(line ->
                        line.quantity() > order.books.get(line.bookId() - 1).stockQuantity())
                .map(OrderLine::bookId)
                .collect(Collectors.toList());

        List<Shortage> shortages = StockValidation.shortages(order.request, order.catalog);
        assertThat(shortages).extracting(Shortage::bookId).isEqualTo(expected);
        assertThat(shortages)
                .allSatisfy(shortage -> assertThat(shortage.requested()).isGreaterThan(shortage.available()));
    }

    @Property(tries = 300)
    void splitLinesCostTheSameAsOneLine(
            @ForAll @IntRange(min = 1, max = 998) int one,
            @ForAll @IntRange(min = 1, max = 998) int other,
            @ForAll @BigRange(min = "0", max = "999.99") @Scale(2) BigDecimal price) {
        if (one + other > OrderRules.MAX_QUANTITY) {
            return;
        }
        Catalog catalog = new Catalog(List.of(new Book(7, "Seven", price, 0)), null);
        OrderPricing pricing = new OrderPricing(QuantityDiscounts.parse("5:5,10:10,20:15"));

        PricedOrder split = pricing.price(
                OrderRequest.merging(List.of(new OrderLine(7, one), new OrderLine(7, other)), null),
                catalog,
                Orders.NOW);
        PricedOrder whole =
                pricing.price(OrderRequest.merging(List.of(new OrderLine(7, one + other)), null), catalog, Orders.NOW);

        assertThat(split.lines()).hasSize(1);
        assertThat(split.lines().get(0).lineTotal())
                .isEqualTo(whole.lines().get(0).lineTotal());
    }

    @Property(tries = 500)
    void sharesAreRoundedHalfUp(
            @ForAll @BigRange(min = "0", max = "99999999.99") @Scale(2) BigDecimal amount,
            @ForAll @BigRange(min = "0", max = "100") @Scale(2) BigDecimal percent) {
        BigDecimal share = Money.share(amount, Money.rateOf(percent));
        BigDecimal exact = amount.multiply(percent).divide(BigDecimal.valueOf(100));

        assertThat(share.subtract(exact).abs()).isLessThanOrEqualTo(new BigDecimal("0.005"));
        assertThat(share.subtract(exact)).isGreaterThan(new BigDecimal("-0.005"));
    }

    private static BigDecimal sum(PricedOrder order, Function<PricedLine, BigDecimal> amount) {
        return order.lines().stream().map(amount).reduce(Money.ZERO, BigDecimal::add);
    }
}
