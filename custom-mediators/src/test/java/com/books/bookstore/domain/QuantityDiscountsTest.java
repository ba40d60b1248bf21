package com.books.bookstore.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantityDiscountsTest {

    @ParameterizedTest
    @CsvSource({"1, 0", "4, 0", "5, 0.05", "9, 0.05", "10, 0.10", "19, 0.10", "20, 0.15", "999, 0.15"})
    void theHighestTierReachedCounts(int quantity, String rate) {
        assertThat(QuantityDiscounts.parse(" 20:15, 5:5,10:10").rateFor(quantity))
                .isEqualByComparingTo(rate);
    }

    @Test
    void noTiersMeanNoDiscount() {
        assertThat(QuantityDiscounts.parse(" ").rateFor(999)).isEqualByComparingTo("0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"5", "5:5:5", "x:5", "5:x", "5:", "0:5", "5:-1", "5:100.01", "5:5,5:6", "5:5,", "99999999999:5"})
    void refusesTiersThatMakeNoSense(String tiers) {
        assertThatThrownBy(() -> QuantityDiscounts.parse(tiers))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(tiers);
    }
}
