package com.books.bookstore.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrderTotalsTest {

    @Test
    void addsUpLinesAndTax() {
        OrderTotals totals = OrderTotals.of(order("10.00", 5, "2.55", 1), TaxRate.parse("0.08"));

        assertThat(totals.subtotal()).isEqualTo("52.55");
        assertThat(totals.discountTotal()).isEqualTo("2.50");
        // Eight percent of 50.05 are 4.004.
        assertThat(totals.taxTotal()).isEqualTo("4.00");
        assertThat(totals.totalAmount()).isEqualTo("54.05");
    }

    @Test
    void takesTheLargestAmountThatTheDatabaseStores() {
        PricedOrder order = order("99999999.99", 1);

        assertThat(OrderTotals.of(order, TaxRate.parse("0")).totalAmount()).isEqualTo("99999999.99");
    }

    @Test
    void refusesATotalThatTheDatabaseCannotStore() {
        assertThatThrownBy(() -> OrderTotals.of(order("99999999.99", 1, "0.01", 1), TaxRate.parse("0")))
                .isInstanceOf(TotalTooLargeException.class);
    }

    @Test
    void refusesATotalThatOnlyTaxMakesTooLarge() {
        assertThatThrownBy(() -> OrderTotals.of(order("99999999.99", 1), TaxRate.parse("0.0001")))
                .isInstanceOf(TotalTooLargeException.class);
    }

    @Test
    void refusesASubtotalThatOnlyDiscountsMakeSmallEnough() {
        Catalog catalog = new Catalog(
                List.of(new Book(1, "One", new BigDecimal("99999999.99"), 1)),
                new Promotion("FREE", new BigDecimal("100"), Orders.NOW, null));
        PricedOrder order = new OrderPricing(QuantityDiscounts.parse(""))
                .price(OrderRequest.merging(List.of(new OrderLine(1, 2)), "FREE"), catalog, Orders.NOW);

        assertThatThrownBy(() -> OrderTotals.of(order, TaxRate.parse("0"))).isInstanceOf(TotalTooLargeException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "-0.01", "1.0001", "0.00001"})
    void refusesTaxRatesThatMakeNoSense(String rate) {
        assertThatThrownBy(() -> TaxRate.parse(rate))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + rate + "'");
    }

    /** Unit prices and quantities in turn; five and more copies cost five percent less. */
    private static PricedOrder order(Object... pricesAndQuantities) {
        List<Book> books = new ArrayList<>();
        List<OrderLine> lines = new ArrayList<>();
        for (int i = 0; i < pricesAndQuantities.length; i += 2) {
            books.add(new Book(i + 1, "Book", new BigDecimal((String) pricesAndQuantities[i]), 0));
            lines.add(new OrderLine(i + 1, (Integer) pricesAndQuantities[i + 1]));
        }
        return new OrderPricing(QuantityDiscounts.parse("5:5"))
                .price(OrderRequest.merging(lines, null), new Catalog(books, null), Orders.NOW);
    }
}
