package com.books.bookstore.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.books.bookstore.domain.Catalog;
import com.books.bookstore.domain.DeliveryAddress;
import com.books.bookstore.domain.OrderLine;
import com.books.bookstore.domain.OrderPricing;
import com.books.bookstore.domain.OrderRequest;
import com.books.bookstore.domain.OrderTotals;
import com.books.bookstore.domain.PricedOrder;
import com.books.bookstore.domain.QuantityDiscounts;
import com.books.bookstore.domain.TaxRate;
import com.books.bookstore.problem.FieldError;
import com.books.bookstore.problem.Problem;
import com.books.bookstore.problem.ProblemType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentsTest {

    private static final Instant NOW = Instant.parse("2026-11-22T18:31:00Z");
    private static final String BOOKS =
            "[{\"bookId\":3,\"title\":\"The \\\"Hobbit\\\"\",\"price\":9.90,\"stockQuantity\":4},"
                    + "{\"bookId\":1,\"title\":\"1984\",\"price\":10,\"stockQuantity\":2}]";

    @Test
    void readsTheBooksOfAnOrder() {
        Catalog catalog = OrderDocuments.catalog(BOOKS, null);

        assertThat(catalog.find(1).orElseThrow().title()).isEqualTo("1984");
        assertThat(catalog.find(1).orElseThrow().price()).isEqualTo("10.00");
        assertThat(catalog.find(3).orElseThrow().stockQuantity()).isEqualTo(4);
        assertThat(catalog.find(2)).isEmpty();
        assertThat(catalog.promotion()).isEmpty();
    }

    @Test
    void noBooksAtAllAreAnEmptyCatalog() {
        assertThat(OrderDocuments.catalog(null, null).find(1)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-22T18:31:00Z",
                "2026-11-22T18:31:00",
                "2026-11-22 18:31:00",
                "2026-11-22 18:31:00.000000"
            })
    void readsPromotionsWithTheTimesThatDatabasesWrite(String from) {
        Catalog catalog = OrderDocuments.catalog(
                BOOKS, "{\"code\":\"P\",\"percentOff\":12.50,\"validFrom\":\"" + from + "\",\"validUntil\":null}");

        assertThat(catalog.promotion().orElseThrow().rate()).isEqualByComparingTo("0.125");
        assertThat(catalog.promotion().orElseThrow().isValidAt(NOW)).isTrue();
        assertThat(catalog.promotion().orElseThrow().isValidAt(NOW.minusMillis(1)))
                .isFalse();
    }

    @Test
    void writesAnOrderForTheDatabase() {
        PricedOrder order = order();

        assertThat(OrderDocuments.forDatabase(order, OrderTotals.of(order, TaxRate.parse("0.08")), "USD"))
                .isEqualTo(
                        "{\"currency\": \"USD\", \"items\": [{\"bookId\": 1, \"title\": \"1984\", \"quantity\": 1, \"unitPrice\": 10.00,"
                                + " \"discount\": 0.00, \"lineTotal\": 10.00},"
                                + " {\"bookId\": 3, \"title\": \"The \\\"Hobbit\\\"\", \"quantity\": 5, \"unitPrice\": 9.90,"
                                + " \"discount\": 2.48, \"lineTotal\": 47.02}],"
                                + " \"subtotal\": 59.50, \"discountTotal\": 2.48, \"taxTotal\": 4.56, \"totalAmount\": 61.58,"
                                + " \"promoCode\": null, \"deliveryAddress\": null}");
    }

    @Test
    void writesTheDeliveryAddressForTheDatabase() {
        PricedOrder order = new OrderPricing(QuantityDiscounts.parse(""))
                .price(
                        OrderRequest.merging(List.of(new OrderLine(1, 1)), null)
                                .deliveredTo(new DeliveryAddress("Jo \"J\" R", List.of("1", "2"), "", "Rome", "IT")),
                        OrderDocuments.catalog(BOOKS, null),
                        NOW);

        assertThat(OrderDocuments.forDatabase(order, OrderTotals.of(order, TaxRate.parse("0")), "USD"))
                .endsWith(
                        ", \"deliveryAddress\": {\"name\": \"Jo \\\"J\\\" R\", \"lines\": [\"1\", \"2\"], \"postalCode\": null,"
                                + " \"city\": \"Rome\", \"country\": \"IT\"}}");
        assertThat(OrderDocuments.delivery("optional", null)).isEqualTo("{\"rule\":\"optional\",\"address\":null}");
        assertThat(OrderDocuments.delivery("off", "{\"a\": 1}")).isEqualTo("{\"rule\":\"off\",\"address\":{\"a\": 1}}");
    }

    @Test
    void writesAQuoteForTheCustomer() {
        PricedOrder order = order();

        assertThat(OrderDocuments.quote(order, OrderTotals.of(order, TaxRate.parse("0")), "USD"))
                .isEqualTo(
                        "{\"currency\":\"USD\",\"items\":[{\"bookId\":1,\"title\":\"1984\",\"quantity\":1,\"unitPrice\":10.00,\"discount\":0.00,"
                                + "\"lineTotal\":10.00,\"inStock\":true},"
                                + "{\"bookId\":3,\"title\":\"The \\\"Hobbit\\\"\",\"quantity\":5,\"unitPrice\":9.90,\"discount\":2.48,"
                                + "\"lineTotal\":47.02,\"inStock\":false}],"
                                + "\"subtotal\":59.50,\"discountTotal\":2.48,\"taxTotal\":0.00,\"totalAmount\":57.02,\"promoCode\":null}");
    }

    @Test
    void writesProblems() {
        Problem problem = Problem.invalidRequest(List.of(new FieldError("limit", "must be a \"number\"")));

        assertThat(ProblemDocuments.of(problem))
                .isEqualTo("{\"type\":\"https://books.com/problems/invalid_request\","
                        + "\"title\":\"Invalid request\",\"status\":400,"
                        + "\"detail\":\"Correct the fields listed in errors and send the request again.\",\"code\":\"invalid_request\","
                        + "\"errors\":[{\"field\":\"limit\",\"message\":\"must be a \\\"number\\\"\"}]}");
        assertThat(ProblemDocuments.of(
                        Problem.of(ProblemType.UNKNOWN_BOOK, "See the list.").with("unknownBooks", List.of(4, 9))))
                .endsWith("\"detail\":\"See the list.\",\"code\":\"unknown_book\",\"unknownBooks\":[4,9]}");
        assertThat(ProblemDocuments.of(Problem.of(ProblemType.OUT_OF_STOCK)
                        .with("shortages", Json.parseTrusted("[{\"bookId\":1,\"title\":\"A\"}]"))
                        .with("map", Map.of("a", "b"))))
                .endsWith("\"shortages\":[{\"bookId\":1,\"title\":\"A\"}],\"map\":{\"a\":\"b\"}}");
    }

    @Test
    void picksOneValueOfADocument() {
        String document = "{\"items\":[{\"orderId\":99,\"status\":\"inner\"}],\"orderId\":17,\"status\":\"completed\"}";

        assertThat(Json.topLevelValue(document, "orderId")).isEqualTo("17");
        assertThat(Json.topLevelValue(document, "status")).isEqualTo("completed");
        assertThatThrownBy(() -> Json.topLevelValue(document, "missing")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void doesNotQuoteABrokenDocumentInErrors() {
        assertThatThrownBy(() -> Json.parseTrusted("{\"secret\":"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageNotContaining("secret")
                .hasNoCause();
        assertThatThrownBy(() -> Json.topLevelValue("{\"secret\":", "orderId"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageNotContaining("secret")
                .hasNoCause();
    }

    private static PricedOrder order() {
        return new OrderPricing(QuantityDiscounts.parse("5:5"))
                .price(
                        OrderRequest.merging(List.of(new OrderLine(3, 5), new OrderLine(1, 1)), null),
                        OrderDocuments.catalog(BOOKS, null),
                        NOW);
    }
}
