package com.books.bookstore.mediator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.books.bookstore.domain.OrderRequest;
import com.books.bookstore.mediator.message.MessageProperties;
import com.books.bookstore.problem.ProblemType;
import com.books.bookstore.security.Caller;
import java.util.List;
import java.util.Set;
import org.apache.synapse.SynapseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestValidationMediatorTest {

    @Test
    void removesTheBodyOnceItHasBeenRead() {
        TestMessage message = new TestMessage()
                .caller("frodo@books.com")
                .header("Idempotency-Key", "key-1")
                .json("{\"items\":[{\"bookId\":1,\"quantity\":1}],\"deep\":" + "[".repeat(14) + "]".repeat(14) + "}")
                .through(validation("placeOrder"));

        assertThat(message.hasBody()).isFalse();
        assertThat(message.answer()).isEqualTo("{}");
        assertThat(message.synapse().getEnvelope().getBody().getFirstElement()).isNull();
    }

    @Test
    void removesABodyThatNoOperationReads() {
        TestMessage message = new TestMessage()
                .property("uri.var.bookId", "1")
                .json("{\"deep\":" + "[".repeat(100) + "]".repeat(100) + "}")
                .through(validation("getBook"));

        assertThat(message.hasBody()).isFalse();
    }

    private static final String ORDER =
            "{\"items\":[{\"bookId\":9,\"quantity\":1},{\"bookId\":3,\"quantity\":2}],\"promoCode\":\"summer\"}";

    @Test
    void listBooksReadsTheQuery() {
        TestMessage message = new TestMessage()
                .property(
                        "REST_FULL_REQUEST_PATH",
                        "/catalog/v1/books?q=50%25+off&category=Art%20%26+Craft&sort=price&order=desc&limit=5&offset=10")
                .through(validation("listBooks"));

        assertThat(message.text(MessageProperties.WORDS)).isEqualTo("[\"50\",\"off\"]");
        assertThat(message.text(MessageProperties.ISBN)).isEmpty();
        assertThat(message.text(MessageProperties.CATEGORY)).isEqualTo("Art & Craft");
        assertThat(message.text(MessageProperties.MAX_STOCK)).isEqualTo("-1");
        assertThat(message.text(MessageProperties.PLACE)).isEmpty();
        assertThat(message.text(MessageProperties.SORT)).isEqualTo("price_desc");
        assertThat(message.text(MessageProperties.LIMIT)).isEqualTo("5");
        assertThat(message.text(MessageProperties.OFFSET)).isEqualTo("10");
    }

    @Test
    void theQueryIsFoundWhereApacheSynapseLeavesIt() {
        TestMessage message = new TestMessage()
                .property("REST_FULL_REQUEST_PATH", "/catalog/v1/books")
                .axis2Property("TransportInURL", "http://localhost:8290/catalog/v1/books?limit=7")
                .through(validation("listBooks"));

        assertThat(message.text(MessageProperties.LIMIT)).isEqualTo("7");
    }

    @Test
    void readsTheBookOfThePath() {
        for (String operation : new String[] {"getBook", "deleteBook"}) {
            assertThat(new TestMessage()
                            .property("uri.var.bookId", "17")
                            .through(validation(operation))
                            .text(MessageProperties.BOOK_ID))
                    .isEqualTo("17");
            assertThat(new TestMessage()
                            .property("uri.var.bookId", "x")
                            .problemFrom(validation(operation))
                            .type())
                    .isEqualTo(ProblemType.INVALID_REQUEST);
            assertThat(new TestMessage()
                            .property("uri.var.bookId", "0")
                            .problemFrom(validation(operation))
                            .type())
                    .isEqualTo(ProblemType.BOOK_NOT_FOUND);
        }
    }

    @Test
    void createBookReadsTheBody() {
        TestMessage message = new TestMessage()
                .caller("staff@books.com")
                .json("{\"title\":\"Füße\",\"price\":9.9,\"category\":\"Art\",\"stockQuantity\":5}")
                .through(validation("createBook"));

        assertThat(message.text(MessageProperties.TITLE)).isEqualTo("Füße");
        assertThat(message.text(MessageProperties.AUTHOR)).isEmpty();
        assertThat(message.text(MessageProperties.ISBN)).isEmpty();
        assertThat(message.text(MessageProperties.PRICE)).isEqualTo("9.90");
        assertThat(message.text(MessageProperties.STOCK_QUANTITY)).isEqualTo("5");
        assertThat(message.text(MessageProperties.DETAILS)).isEqualTo("{\"category\":\"Art\"}");
        assertThat(message.text(MessageProperties.ACTOR)).isEqualTo("staff@books.com");
    }

    @Test
    void addOrderNoteReadsPathAndBody() {
        TestMessage message = order().caller("staff@books.com")
                .json("{\"note\":\" Friday \"}")
                .through(validation("addOrderNote"));

        assertThat(message.text(MessageProperties.ORDER_ID)).isEqualTo("17");
        assertThat(message.text(MessageProperties.NOTE)).isEqualTo("Friday");
        assertThat(message.text(MessageProperties.ACTOR)).isEqualTo("staff@books.com");
        for (String body :
                new String[] {"{}", "{\"note\":\" \"}", "{\"note\":1}", "{\"note\":\"" + "x".repeat(501) + "\"}"}) {
            assertThat(order().json(body)
                            .problemFrom(validation("addOrderNote"))
                            .type())
                    .isEqualTo(ProblemType.INVALID_REQUEST);
        }
    }

    @Test
    void changeStockReadsPathKeyAndBody() {
        TestMessage message = new TestMessage()
                .property("uri.var.bookId", "17")
                .caller("staff@books.com")
                .header("Idempotency-Key", "a-key")
                .json("{\"type\":\"damaged\",\"quantity\":2,\"reason\":\"water\"}")
                .through(validation("changeStock"));

        assertThat(message.text(MessageProperties.BOOK_ID)).isEqualTo("17");
        assertThat(message.text(MessageProperties.IDEMPOTENCY_KEY)).isEqualTo("a-key");
        assertThat(message.text(MessageProperties.MOVEMENT_TYPE)).isEqualTo("damaged");
        assertThat(message.text(MessageProperties.STOCK_CHANGE)).isEqualTo("-2");
        assertThat(message.text(MessageProperties.REASON)).isEqualTo("water");
        assertThat(message.text(MessageProperties.ACTOR)).isEqualTo("staff@books.com");
    }

    @Test
    void updateBookNeedsPathVersionAndBody() {
        TestMessage message = book().header("If-Match", "\"3\"")
                .caller("staff@books.com")
                .property("uri.var.bookId", "17")
                .through(validation("updateBook"));

        assertThat(message.text(MessageProperties.BOOK_ID)).isEqualTo("17");
        assertThat(message.text(MessageProperties.EXPECTED_VERSION)).isEqualTo("3");
        assertThat(message.text(MessageProperties.TITLE)).isEqualTo("T");
        assertThat(book().property("uri.var.bookId", "17")
                        .problemFrom(validation("updateBook"))
                        .type())
                .isEqualTo(ProblemType.PRECONDITION_REQUIRED);
    }

    @Test
    void deleteBookTakesAVersion() {
        assertThat(new TestMessage()
                        .property("uri.var.bookId", "17")
                        .through(validation("deleteBook"))
                        .text(MessageProperties.EXPECTED_VERSION))
                .isEqualTo("*");
        assertThat(new TestMessage()
                        .property("uri.var.bookId", "17")
                        .header("if-match", "\"4\"")
                        .through(validation("deleteBook"))
                        .text(MessageProperties.EXPECTED_VERSION))
                .isEqualTo("4");
    }

    @Test
    void placeOrderLeavesWhatTheDataServicesNeed() {
        TestMessage message = new TestMessage()
                .json(ORDER)
                .header("Idempotency-Key", "key-1")
                .caller("me@books.com", "orders:create")
                .through(validation("placeOrder"));

        assertThat(message.text(MessageProperties.BOOK_IDS)).isEqualTo("[3,9]");
        assertThat(message.text(MessageProperties.PROMO_CODE)).isEqualTo("SUMMER");
        assertThat(message.text(MessageProperties.IDEMPOTENCY_KEY)).isEqualTo("key-1");
        assertThat(message.text(MessageProperties.FINGERPRINT)).matches("[0-9a-f]{64}");
        assertThat(message.text(MessageProperties.ACTOR)).isEqualTo("me@books.com");
        assertThat(((OrderRequest) message.get(MessageProperties.ORDER_REQUEST)).lines())
                .hasSize(2);
    }

    @Test
    void placeOrderReadsTheAddressAsTheShopWantsIt() {
        RequestValidationMediator required = validation("placeOrder");
        required.setDeliveryAddress("required");

        assertThat(new TestMessage()
                        .json(ORDER)
                        .header("Idempotency-Key", "key-1")
                        .caller("me@books.com")
                        .problemFrom(required)
                        .extensions()
                        .get("errors"))
                .hasToString("[deliveryAddress is required]");
        assertThatThrownBy(() -> required.setDeliveryAddress("sometimes")).hasMessageContaining("deliveryAddress");
    }

    @Test
    void updatePromotionReadsPathVersionAndBody() {
        TestMessage message = new TestMessage()
                .property("uri.var.code", "summer")
                .header("If-Match", "\"2\"")
                .caller("admin@books.com")
                .json("{\"percentOff\":5}")
                .through(validation("updatePromotion"));

        assertThat(message.text(MessageProperties.PROMO_CODE)).isEqualTo("SUMMER");
        assertThat(message.text(MessageProperties.EXPECTED_VERSION)).isEqualTo("2");
        assertThat(message.text(MessageProperties.PERCENT)).isEqualTo("5.00");
        assertThat(message.text(MessageProperties.ACTOR)).isEqualTo("admin@books.com");
        assertThat(new TestMessage()
                        .property("uri.var.code", "50%")
                        .problemFrom(validation("getPromotion"))
                        .type())
                .isEqualTo(ProblemType.PROMOTION_NOT_FOUND);
    }

    @Test
    void listAuditEventsReadsKindAndDay() {
        TestMessage message = new TestMessage()
                .axis2Property("TransportInURL", "/reports/v1/audit-events?kind=stock_changed&day=2026-11-22")
                .through(validation("listAuditEvents"));

        assertThat(message.text(MessageProperties.AUDIT_KIND)).isEqualTo("stock_changed");
        assertThat(message.text(MessageProperties.DATE)).isEqualTo("2026-11-22");
        assertThat(new TestMessage()
                        .axis2Property("TransportInURL", "/reports/v1/audit-events?kind=x&day=2026-02-30")
                        .problemFrom(validation("listAuditEvents"))
                        .extensions()
                        .get("errors"))
                .asString()
                .contains("kind must be price_changed", "day must be a day");
    }

    @Test
    void placeOrderNeedsAKeyBeforeAnythingElse() {
        assertThat(new TestMessage()
                        .json("{")
                        .caller("me@books.com")
                        .problemFrom(validation("placeOrder"))
                        .type())
                .isEqualTo(ProblemType.IDEMPOTENCY_KEY_MISSING);
    }

    @Test
    void quoteOrderNeedsNoKey() {
        TestMessage message = new TestMessage().json(ORDER).through(validation("quoteOrder"));

        assertThat(message.text(MessageProperties.IDEMPOTENCY_KEY)).isEmpty();
        assertThat(message.text(MessageProperties.BOOK_IDS)).isEqualTo("[3,9]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"createBook", "quoteOrder"})
    void bodiesMustBeJsonObjects(String operation) {
        assertThat(new TestMessage()
                        .body("<a/>")
                        .header("Content-Type", "application/xml")
                        .problemFrom(validation(operation))
                        .type())
                .isEqualTo(ProblemType.UNSUPPORTED_MEDIA_TYPE);
        assertThat(new TestMessage().problemFrom(validation(operation)).type()).isEqualTo(ProblemType.MALFORMED_JSON);
        assertThat(new TestMessage()
                        .body("{}")
                        .problemFrom(validation(operation))
                        .type())
                .isEqualTo(ProblemType.UNSUPPORTED_MEDIA_TYPE);
        assertThat(new TestMessage()
                        .json("[1]")
                        .problemFrom(validation(operation))
                        .type())
                .isEqualTo(ProblemType.MALFORMED_JSON);
        assertThat(new TestMessage()
                        .header("Content-Type", "application/json")
                        .problemFrom(validation(operation))
                        .type())
                .isEqualTo(ProblemType.MALFORMED_JSON);
        assertThat(new TestMessage()
                        .json("\"" + "x".repeat(256 * 1024) + "\"")
                        .problemFrom(validation(operation))
                        .type())
                .isEqualTo(ProblemType.PAYLOAD_TOO_LARGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"listOrders", "getOrder", "getPayment"})
    void customersSeeTheirOwnOrdersAndStaffAll(String operation) {
        assertOwner(order().caller("me@books.com", "orders:read").through(validation(operation)), "me@books.com");
        assertOwner(
                order().caller("staff@books.com", "orders:read", "orders:process")
                        .through(validation(operation)),
                "staff@books.com");
        assertAllCustomers(order().caller("staff@books.com", "orders:read_all").through(validation(operation)));
    }

    @Test
    void customersCancelTheirOwnOrdersAndStaffAll() {
        assertOwner(
                order().caller("me@books.com", "orders:create", "orders:read_all")
                        .through(validation("cancelOrder")),
                "me@books.com");
        assertAllCustomers(order().caller("staff@books.com", "orders:process").through(validation("cancelOrder")));
    }

    /** What would stand for all customers. */
    @ParameterizedTest
    @ValueSource(strings = {"listOrders", "getOrder", "getPayment", "cancelOrder"})
    void aCallerWithoutSubjectOrEmailOwnsNothing(String operation) {
        for (Caller caller : List.of(
                new Caller("machine", null, Set.of("orders:read")),
                new Caller("", "me@books.com", Set.of("orders:read")))) {
            TestMessage message = order().property(MessageProperties.CALLER, caller);

            assertThatThrownBy(() -> message.through(validation(operation))).isInstanceOf(SynapseException.class);
            assertThat(message.get(MessageProperties.OWNER_EMAIL)).isNull();
        }
    }

    private static void assertOwner(TestMessage message, String email) {
        assertThat(message.text(MessageProperties.OWNER_SUBJECT)).isEqualTo("subject-1");
        assertThat(message.text(MessageProperties.OWNER_EMAIL)).isEqualTo(email);
    }

    private static void assertAllCustomers(TestMessage message) {
        assertThat(message.get(MessageProperties.OWNER_SUBJECT)).isEqualTo("");
        assertThat(message.get(MessageProperties.OWNER_EMAIL)).isEqualTo("");
    }

    @Test
    void historyNamesWhoActed() {
        assertThat(order().caller("staff@books.com")
                        .through(validation("completeOrder"))
                        .text(MessageProperties.ACTOR))
                .isEqualTo("staff@books.com");
        assertThat(order().property(MessageProperties.CALLER, new Caller("machine", null, Set.of()))
                        .through(validation("completeOrder"))
                        .text(MessageProperties.ACTOR))
                .isEqualTo("machine");
    }

    @Test
    void ordersAreFilteredAndPaged() {
        TestMessage message = order().caller("me@books.com")
                .property("REST_FULL_REQUEST_PATH", "/orders/v1/orders?status=pending&limit=1")
                .through(validation("listOrders"));

        assertThat(message.text(MessageProperties.STATUS)).isEqualTo("pending");
        assertThat(message.text(MessageProperties.LIMIT)).isEqualTo("1");
        assertThat(message.text(MessageProperties.OFFSET)).isEqualTo("0");
    }

    @Test
    void anOrderThatCannotExistIsNotFound() {
        for (String operation : new String[] {"getOrder", "getPayment", "completeOrder", "cancelOrder"}) {
            assertThat(new TestMessage()
                            .caller("me@books.com")
                            .property("uri.var.orderId", "9999999999")
                            .problemFrom(validation(operation))
                            .type())
                    .isEqualTo(ProblemType.ORDER_NOT_FOUND);
        }
    }

    @Test
    void refusesToBeConfiguredForSomethingUnknown() {
        assertThatThrownBy(() -> validation("fly"))
                .isInstanceOf(SynapseException.class)
                .hasMessageContaining("fly");
        assertThatThrownBy(() -> new TestMessage().through(new RequestValidationMediator()))
                .isInstanceOf(SynapseException.class)
                .hasMessageContaining("'operation'");
    }

    @Test
    void aProblemIsLeftForTheFaultSequenceWithoutStackTrace() {
        TestMessage message = new TestMessage().property("uri.var.bookId", "x");
        message.problemFrom(validation("getBook"));

        assertThat(message.text("ERROR_CODE")).isEqualTo("invalid_request");
        assertThat(message.text("ERROR_MESSAGE")).isEqualTo("Invalid request");
        assertThatThrownBy(() -> message.through(validation("getBook")))
                .satisfies(e -> assertThat(e.getStackTrace()).isEmpty());
    }

    private static TestMessage book() {
        return new TestMessage().json("{\"title\":\"T\",\"price\":1,\"stockQuantity\":1}");
    }

    private static TestMessage order() {
        return new TestMessage().property("uri.var.orderId", "17");
    }

    private static RequestValidationMediator validation(String operation) {
        RequestValidationMediator mediator = new RequestValidationMediator();
        mediator.setOperation(operation);
        return mediator;
    }
}
