package com.books.bookstore.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrderPricingTest {

    private static final Instant NOW = Instant.parse("2026-11-22T18:31:00Z");
    private static final OrderPricing PRICING = new OrderPricing(QuantityDiscounts.parse("5:5,10:10,20:15"));

    @Test
    void chargesThePriceOfTheCatalog() {
        PricedLine line = price("14.99", 3, null);

        assertThat(line.gross()).isEqualTo("44.97");
        assertThat(line.discount()).isEqualTo("0.00");
        assertThat(line.lineTotal()).isEqualTo("44.97");
    }

    @Test
    void givesTheDiscountOfTheQuantityTier() {
        // 5 x 14.99 = 74.95, five percent of which are 3.7475.
        PricedLine line = price("14.99", 5, null);

        assertThat(line.discount()).isEqualTo("3.75");
        assertThat(line.lineTotal()).isEqualTo("71.20");
    }

    @Test
    void appliesThePromotionToWhatTheTierLeaves() {
        // 10 x 9.99 = 99.90; ten percent are 9.99; of 89.91 a third (33.33 %) is 29.967003.
        PricedLine line = price("9.99", 10, promotion("33.33"));

        assertThat(line.discount()).isEqualTo(new BigDecimal("9.99").add(new BigDecimal("29.97")));
        assertThat(line.lineTotal()).isEqualTo("59.94");
    }

    @Test
    void roundsHalvesUp() {
        // Half a percent of 1.00 is half a cent.
        assertThat(price("1.00", 1, promotion("0.50")).discount()).isEqualTo("0.01");
        assertThat(price("1.00", 1, promotion("0.49")).discount()).isEqualTo("0.00");
    }

    @Test
    void aPromotionOfAHundredPercentMakesTheLineFree() {
        assertThat(price("0.03", 7, promotion("100")).lineTotal()).isEqualTo("0.00");
    }

    @Test
    void namesEveryBookThatIsNotOnSale() {
        OrderRequest request =
                OrderRequest.merging(List.of(new OrderLine(9, 1), new OrderLine(1, 1), new OrderLine(4, 2)), null);
        Catalog catalog = new Catalog(List.of(new Book(1, "One", new BigDecimal("1.00"), 1)), null);

        assertThatThrownBy(() -> PRICING.price(request, catalog, NOW))
                .isInstanceOfSatisfying(
                        UnknownBooksException.class,
                        e -> assertThat(e.bookIds()).containsExactly(4, 9));
    }

    @Test
    void aPromotionIsValidFromItsFirstMomentUntilBeforeItsLast() {
        Promotion promotion = new Promotion("PROMO", BigDecimal.TEN, NOW, NOW.plusSeconds(10));

        assertThat(promotion.isValidAt(NOW.minusNanos(1))).isFalse();
        assertThat(promotion.isValidAt(NOW)).isTrue();
        assertThat(promotion.isValidAt(NOW.plusSeconds(10).minusNanos(1))).isTrue();
        assertThat(promotion.isValidAt(NOW.plusSeconds(10))).isFalse();
        assertThat(new Promotion("PROMO", BigDecimal.TEN, NOW, null).isValidAt(Instant.MAX))
                .isTrue();
    }

    @Test
    void refusesAPromotionThatIsUnknownOrNotValidNow() {
        OrderRequest request = OrderRequest.merging(List.of(new OrderLine(1, 1)), "PROMO");
        Book book = new Book(1, "One", new BigDecimal("1.00"), 1);

        for (Promotion promotion : new Promotion[] {
            null,
            new Promotion("OTHER", BigDecimal.TEN, NOW, null),
            new Promotion("PROMO", BigDecimal.TEN, NOW.plusSeconds(1), null),
            new Promotion("PROMO", BigDecimal.TEN, NOW.minusSeconds(9), NOW)
        }) {
            assertThatThrownBy(() -> PRICING.price(request, new Catalog(List.of(book), promotion), NOW))
                    .isInstanceOf(PromotionNotValidException.class);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 2, 0, 1, true", "2, 2, 0, 1, false", "0, 2, 1, 1, false", "9, , 9, , true", "9, , 1, 1, false"})
    void refusesAPromotionThatIsUsedUp(
            int uses, Integer maximum, int usesByCustomer, Integer maximumPerCustomer, boolean allowed) {
        OrderRequest request = OrderRequest.merging(List.of(new OrderLine(1, 1)), "PROMO");
        Promotion promotion = new Promotion(
                "PROMO",
                BigDecimal.TEN,
                NOW,
                null,
                new PromotionUses(uses, maximum, usesByCustomer, maximumPerCustomer));
        Catalog catalog = new Catalog(List.of(new Book(1, "One", new BigDecimal("1.00"), 1)), promotion);

        if (allowed) {
            assertThat(PRICING.price(request, catalog, NOW).promoCode()).contains("PROMO");
        } else {
            assertThatThrownBy(() -> PRICING.price(request, catalog, NOW)).isInstanceOf(PromotionUsedUpException.class);
        }
    }

    @Test
    void ignoresAPromotionThatTheOrderDoesNotName() {
        OrderRequest request = OrderRequest.merging(List.of(new OrderLine(1, 1)), null);
        Catalog catalog = new Catalog(List.of(new Book(1, "One", new BigDecimal("1.00"), 1)), promotion("50"));

        assertThat(PRICING.price(request, catalog, NOW).lines().get(0).discount())
                .isEqualTo("0.00");
    }

    @Test
    void discountsFollowOneAnother() {
        LineDiscount oneOff = line -> new BigDecimal("1.00");
        LineDiscount half = line -> Money.share(line.remaining(), new BigDecimal("0.5"));

        assertThat(discount(List.of(oneOff, half))).isEqualTo("6.00");
        assertThat(discount(List.of(half, oneOff))).isEqualTo("6.50");
        assertThat(discount(List.of())).isEqualTo("0.00");
    }

    @Test
    void refusesADiscountThatTakesMoreThanThereIs() {
        for (String amount : new String[] {"-0.01", "11.01", "0.001"}) {
            assertThatThrownBy(() -> discount(List.of(line -> new BigDecimal(amount))))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(amount);
        }
    }

    private static BigDecimal discount(List<LineDiscount> discounts) {
        OrderRequest request = OrderRequest.merging(List.of(new OrderLine(1, 1)), null);
        Catalog catalog = new Catalog(List.of(new Book(1, "One", new BigDecimal("11.00"), 5)), null);
        return new OrderPricing(discounts)
                .price(request, catalog, NOW)
                .lines()
                .get(0)
                .discount();
    }

    private static Promotion promotion(String percent) {
        return new Promotion("PROMO", new BigDecimal(percent), NOW.minusSeconds(1), null);
    }

    private static PricedLine price(String unitPrice, int quantity, Promotion promotion) {
        OrderRequest request =
                OrderRequest.merging(List.of(new OrderLine(1, quantity)), promotion == null ? null : "PROMO");
        Catalog catalog = new Catalog(List.of(new Book(1, "One", new BigDecimal(unitPrice), 5)), promotion);
        return PRICING.price(request, catalog, NOW).lines().get(0);
    }
}
