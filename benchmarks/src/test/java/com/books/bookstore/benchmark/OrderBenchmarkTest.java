package com.books.bookstore.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import com.books.bookstore.domain.OrderTotals;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.api.Test;

/** What is compared must do the same thing. */
class OrderBenchmarkTest {

    private final OrderBenchmark benchmark = new OrderBenchmark();

    @Test
    void everySideComesToTheSameOrderToTheLastDigit() {
        String expected = benchmark.domainAndDocument();
        assertThat(benchmark.classMediators()).isEqualTo(expected);
        assertThat(benchmark.scriptMediator()).isEqualTo(expected);
        assertThat(benchmark.compiledFunction()).isEqualTo(expected);
    }

    @Test
    void everySideComesToTheSameOrderAgainWhenItsMessageIsMediatedAgain() {
        assertThat(benchmark.classMediators()).isEqualTo(benchmark.classMediators());
        assertThat(benchmark.scriptMediator()).isEqualTo(benchmark.scriptMediator());
        assertThat(benchmark.compiledFunction()).isEqualTo(benchmark.compiledFunction());
    }

    @Test
    void theDocumentHasTheTotalsOfTheDomain() throws Exception {
        OrderTotals totals = benchmark.domain();
        JsonNode document = JsonMapper.builder()
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .build()
                .readTree(benchmark.domainAndDocument());
        assertThat(document.get("subtotal").decimalValue()).isEqualByComparingTo(totals.subtotal());
        assertThat(document.get("discountTotal").decimalValue()).isEqualByComparingTo(totals.discountTotal());
        assertThat(document.get("taxTotal").decimalValue()).isEqualByComparingTo(totals.taxTotal());
        assertThat(document.get("totalAmount").decimalValue()).isEqualByComparingTo(totals.totalAmount());
        assertThat(document.get("items")).hasSize(10);
    }
}
