package com.books.bookstore.mediator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.books.bookstore.json.Json;
import com.books.bookstore.mediator.message.MessageProperties;
import com.books.bookstore.problem.Problem;
import com.books.bookstore.problem.ProblemType;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.apache.synapse.SynapseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.threeten.extra.MutableClock;

/** The mediators that an order passes, in the order of the sequence. */
class OrderFlowTest {

    private static final String BOOKS = "[{\"bookId\":3,\"title\":\"The Hobbit\",\"price\":9.90,\"stockQuantity\":4},"
            + "{\"bookId\":9,\"title\":\"1984\",\"price\":10.00,\"stockQuantity\":0}]";
    private static final String PROMOTION = "{\"code\":\"SUMMER\",\"percentOff\":10.00,"
            + "\"validFrom\":\"2026-01-01T00:00:00Z\",\"validUntil\":\"2026-12-01T00:00:00Z\"}";
    private static final String DOCUMENT = "{\"orderId\":17,\"status\":\"pending\",\"totalAmount\":9.90}";

    private final MutableClock clock = MutableClock.of(Instant.parse("2026-11-22T18:31:00Z"), ZoneOffset.UTC);

    @Test
    void anOrderIsPricedAndWrittenForTheDatabase() {
        TestMessage message = priced("{\"items\":[{\"bookId\":3,\"quantity\":2}],\"promoCode\":\"summer\"}")
                .through(new StockValidationMediator());

        assertThat(message.text(MessageProperties.ORDER_JSON))
                .isEqualTo(
                        "{\"currency\": \"USD\", \"items\": [{\"bookId\": 3, \"title\": \"The Hobbit\", \"quantity\": 2, \"unitPrice\": 9.90,"
                                + " \"discount\": 1.98, \"lineTotal\": 17.82}],"
                                + " \"subtotal\": 19.80, \"discountTotal\": 1.98, \"taxTotal\": 1.43, \"totalAmount\": 19.25,"
                                + " \"promoCode\": \"SUMMER\", \"deliveryAddress\": null}");
        assertThat(message.text(MessageProperties.TAX_RATE)).isEqualTo("0.0800");
    }

    @Test
    void aQuoteIsAnswered() {
        ResponseMediator response = new ResponseMediator();
        response.setOperation("quoteOrder");
        TestMessage message =
                priced("{\"items\":[{\"bookId\":9,\"quantity\":5}]}").through(response);

        assertThat(message.status()).isEqualTo(200);
        assertThat(message.answer()).contains("\"discount\":2.50,\"lineTotal\":47.50,\"inStock\":false");
    }

    @Test
    void anOrderComesAndGoesAsJsonInMessageProperties() {
        OrderInputMediator input = new OrderInputMediator();
        input.setBooks("shelf");
        OrderOutputMediator output = new OrderOutputMediator();
        output.setTarget("result");
        TestMessage message = new TestMessage()
                .property("order", "{\"items\":[{\"bookId\":3,\"quantity\":1}]}")
                .property("shelf", BOOKS)
                .through(input)
                .through(pricing())
                .through(totals())
                .through(output);

        assertThat(message.text("result"))
                .startsWith("{\"currency\":\"USD\",\"items\":[{\"bookId\":3")
                .contains("\"subtotal\":9.90");
        assertThat(new TestMessage()
                        .property("order", "7")
                        .problemFrom(new OrderInputMediator())
                        .type())
                .isEqualTo(ProblemType.MALFORMED_JSON);
    }

    @Test
    void theTiersThatAdministratorsChoseReplaceThoseOfTheSetting() {
        PricingMediator pricing = pricing();
        String order = "{\"items\":[{\"bookId\":3,\"quantity\":4}]}";

        assertThat(discount(known(order).property(MessageProperties.QUANTITY_TIERS, "4:50"), pricing))
                .isEqualTo("19.80");
        assertThat(discount(known(order).property(MessageProperties.QUANTITY_TIERS, "2:10"), pricing))
                .isEqualTo("3.96");
        assertThat(discount(known(order).property(MessageProperties.QUANTITY_TIERS, "none"), pricing))
                .isEqualTo("0.00");
    }

    private static String discount(TestMessage message, PricingMediator pricing) {
        message.through(pricing).through(totals());
        return Json.topLevelValue(message.text(MessageProperties.ORDER_JSON), "discountTotal");
    }

    @Test
    void everyUnknownBookIsNamed() {
        Problem problem = known(
                        "{\"items\":[{\"bookId\":7,\"quantity\":1},{\"bookId\":3,\"quantity\":1},{\"bookId\":5,\"quantity\":1}]}")
                .problemFrom(pricing());

        assertThat(problem.type()).isEqualTo(ProblemType.UNKNOWN_BOOK);
        assertThat(problem.extensions()).containsEntry("unknownBooks", List.of(5, 7));
    }

    @Test
    void aPromotionThatDoesNotHoldIsRefused() {
        assertThat(known("{\"items\":[{\"bookId\":3,\"quantity\":1}],\"promoCode\":\"WINTER\"}")
                        .problemFrom(pricing())
                        .type())
                .isEqualTo(ProblemType.PROMO_CODE_INVALID);
        clock.add(Duration.ofDays(30));
        assertThat(known("{\"items\":[{\"bookId\":3,\"quantity\":1}],\"promoCode\":\"SUMMER\"}")
                        .problemFrom(pricing())
                        .type())
                .isEqualTo(ProblemType.PROMO_CODE_INVALID);
    }

    @Test
    void everyShortLineIsNamed() {
        Problem problem = priced("{\"items\":[{\"bookId\":9,\"quantity\":1},{\"bookId\":3,\"quantity\":5}]}")
                .problemFrom(new StockValidationMediator());

        assertThat(problem.type()).isEqualTo(ProblemType.OUT_OF_STOCK);
        assertThat(problem.extensions())
                .containsEntry(
                        "shortages",
                        List.of(
                                Map.of("bookId", 3, "title", "The Hobbit", "requested", 5, "available", 4),
                                Map.of("bookId", 9, "title", "1984", "requested", 1, "available", 0)));
    }

    @Test
    void aTotalThatTheDatabaseCannotStoreIsRefused() {
        TestMessage message = order("{\"items\":[{\"bookId\":3,\"quantity\":2}]}")
                .result(
                        MessageProperties.RESULT,
                        context(
                                "[{\"bookId\":3,\"title\":\"T\",\"price\":99999999.99,\"stockQuantity\":9}]",
                                "",
                                "",
                                ""))
                .through(new OrderContextMediator())
                .through(pricing());

        assertThat(message.problemFrom(totals()).type()).isEqualTo(ProblemType.TOTAL_TOO_LARGE);
    }

    @Test
    void theSameOrderUnderTheSameKeyIsAnsweredAgain() {
        TestMessage message = order("{\"items\":[{\"bookId\":3,\"quantity\":1}]}");
        message.result(
                        MessageProperties.RESULT,
                        context(BOOKS, "", message.text(MessageProperties.FINGERPRINT), DOCUMENT))
                .through(new OrderContextMediator());

        assertThat(message.text(MessageProperties.REPLAYED)).isEqualTo("true");
        assertThat(message.status()).isEqualTo(201);
        assertThat(message.answer()).isEqualTo(DOCUMENT);
        assertThat(message.responseHeaders())
                .containsEntry("Location", "/orders/v1/orders/17")
                .containsEntry("Idempotency-Replayed", "true");
    }

    @Test
    void anotherOrderUnderTheSameKeyIsRefused() {
        TestMessage message = order("{\"items\":[{\"bookId\":3,\"quantity\":1}]}")
                .result(MessageProperties.RESULT, context(BOOKS, "", "0".repeat(64), DOCUMENT));

        assertThat(message.problemFrom(new OrderContextMediator()).type())
                .isEqualTo(ProblemType.IDEMPOTENCY_KEY_REUSED);
        assertThat(message.get(MessageProperties.REPLAYED)).isNull();
    }

    @Test
    void anOrderWithoutAContextRowIsAFault() {
        TestMessage message = order("{\"items\":[{\"bookId\":3,\"quantity\":1}]}")
                .result(MessageProperties.RESULT, "<OrderContext/>");

        assertThatThrownBy(() -> message.through(new OrderContextMediator())).isInstanceOf(SynapseException.class);
    }

    @Test
    void aPlacedOrderIsCreated() {
        TestMessage message = outcome("placed", DOCUMENT).through(outcome(false));

        assertThat(message.status()).isEqualTo(201);
        assertThat(message.answer()).isEqualTo(DOCUMENT);
        assertThat(message.responseHeaders())
                .containsOnly(
                        Map.entry("Location", "/orders/v1/orders/17"),
                        Map.entry("Cache-Control", "no-store"),
                        Map.entry("X-Content-Type-Options", "nosniff"));
        assertThat(message.text(MessageProperties.OUTCOME)).isEqualTo("placed");
    }

    @Test
    void anOrderThatCameTwiceAtOnceIsMarkedAsReplayed() {
        assertThat(outcome("replayed", DOCUMENT).through(outcome(true)).responseHeaders())
                .containsEntry("Idempotency-Replayed", "true");
    }

    @Test
    void changedPricesAreTriedAgainOnceAndThenRefused() {
        assertThat(outcome("price_changed", "").through(outcome(false)).text(MessageProperties.OUTCOME))
                .isEqualTo("price_changed");
        assertThat(outcome("promo_used_up", "").problemFrom(outcome(false)).type())
                .isEqualTo(ProblemType.PROMO_CODE_USED_UP);
        assertThat(outcome("price_changed", "").problemFrom(outcome(true)).type())
                .isEqualTo(ProblemType.PRICE_CHANGED);
    }

    @Test
    void theDatabasesRefusalsAreProblems() {
        assertThat(outcome("key_reused", "").problemFrom(outcome(false)).type())
                .isEqualTo(ProblemType.IDEMPOTENCY_KEY_REUSED);
        assertThat(outcome("unknown_book", "[4,5]").problemFrom(outcome(false)).extensions())
                .containsEntry("unknownBooks", Json.parseTrusted("[4,5]"));
        Problem shortage = outcome("out_of_stock", "[{\"bookId\":3,\"title\":\"T\",\"requested\":5,\"available\":4}]")
                .problemFrom(outcome(true));
        assertThat(shortage.type()).isEqualTo(ProblemType.OUT_OF_STOCK);
        assertThat(shortage.extensions().get("shortages"))
                .hasToString("[{\"bookId\":3,\"title\":\"T\",\"requested\":5,\"available\":4}]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "something_new"})
    void anUnknownOutcomeIsAFault(String outcome) {
        assertThatThrownBy(() -> outcome(outcome, "").through(outcome(false))).isInstanceOf(SynapseException.class);
    }

    @Test
    void aSequenceWithoutTheMediatorsBeforeIsAFault() {
        assertThatThrownBy(() -> new TestMessage().through(pricing())).hasMessageContaining("bookstore.orderRequest");
        assertThatThrownBy(() -> new TestMessage().through(new StockValidationMediator()))
                .hasMessageContaining("bookstore.orderRequest");
        assertThatThrownBy(() -> new TestMessage().through(totals())).hasMessageContaining("bookstore.pricedOrder");
        assertThatThrownBy(() -> new TestMessage().through(new OrderTotalsMediator()))
                .hasMessageContaining("'taxRate'");
    }

    @Test
    void configurationMistakesAreNamed() {
        assertThatThrownBy(() -> new PricingMediator().setQuantityTiers("5"))
                .isInstanceOf(SynapseException.class)
                .hasMessageContaining("'5'");
        assertThatThrownBy(() -> new OrderTotalsMediator().setTaxRate("8%"))
                .isInstanceOf(SynapseException.class)
                .hasMessageContaining("8%");
        assertThatThrownBy(() -> new OrderTotalsMediator().setCurrency("dollar"))
                .isInstanceOf(SynapseException.class)
                .hasMessageContaining("dollar");
    }

    @Test
    void discountsCanBeSwitchedOff() {
        PricingMediator pricing = new PricingMediator(clock);
        pricing.setQuantityTiers("none");

        assertThat(known("{\"items\":[{\"bookId\":3,\"quantity\":500}]}")
                        .through(pricing)
                        .through(totals())
                        .text(MessageProperties.ORDER_JSON))
                .contains("\"discountTotal\": 0.00");
    }

    /** A checked order request. */
    private static TestMessage order(String json) {
        RequestValidationMediator validation = new RequestValidationMediator();
        validation.setOperation("placeOrder");
        return new TestMessage()
                .json(json)
                .header("Idempotency-Key", "key-1")
                .caller("me@books.com", "orders:create")
                .through(validation);
    }

    /** An order whose books are known. */
    private static TestMessage known(String json) {
        return order(json)
                .result(MessageProperties.RESULT, context(BOOKS, PROMOTION, "", ""))
                .through(new OrderContextMediator());
    }

    private TestMessage priced(String json) {
        return known(json).through(pricing()).through(totals());
    }

    private PricingMediator pricing() {
        PricingMediator pricing = new PricingMediator(clock);
        pricing.setQuantityTiers("5:5,10:10,25:15");
        return pricing;
    }

    private static OrderTotalsMediator totals() {
        OrderTotalsMediator totals = new OrderTotalsMediator();
        totals.setTaxRate("0.08");
        totals.setCurrency("USD");
        return totals;
    }

    private static OrderOutcomeMediator outcome(boolean finalAttempt) {
        OrderOutcomeMediator mediator = new OrderOutcomeMediator();
        mediator.setFinalAttempt(Boolean.toString(finalAttempt));
        return mediator;
    }

    private static TestMessage outcome(String outcome, String document) {
        return new TestMessage()
                .result(
                        MessageProperties.RESULT,
                        "<PlacedOrder xmlns='http://ws.wso2.org/dataservice'><Row><outcome>" + outcome
                                + "</outcome><document>" + document + "</document></Row></PlacedOrder>");
    }

    private static String context(String books, String promotion, String fingerprint, String previous) {
        return "<OrderContext xmlns='http://ws.wso2.org/dataservice'><Row><books>" + books + "</books><promotion>"
                + promotion + "</promotion><fingerprint>" + fingerprint + "</fingerprint><previous>" + previous
                + "</previous></Row></OrderContext>";
    }
}
