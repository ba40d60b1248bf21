package com.books.bookstore.mediator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.books.bookstore.mediator.message.MessageProperties;
import com.books.bookstore.problem.Problem;
import com.books.bookstore.problem.ProblemType;
import com.books.bookstore.request.DeliveryAddressRule;
import com.books.bookstore.request.Place;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.apache.synapse.SynapseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseMediatorTest {

    private static final String BOOK =
            "{\"bookId\":3,\"title\":\"1984\",\"author\":null,\"isbn\":null,\"price\":9.90,\"stockQuantity\":5}";
    private static final String ORDER = "{\"orderId\":17,\"status\":\"completed\"}";

    @Test
    void aBookKeepsItsJsonAndHasItsVersionAsTag() {
        TestMessage message = result("<Row><document>" + BOOK + "</document><version>4</version></Row>")
                .through(response("getBook"));

        assertThat(message.status()).isEqualTo(200);
        assertThat(message.answer()).isEqualTo(BOOK);
        assertThat(message.responseHeaders())
                .containsExactly(
                        Map.entry("Cache-Control", "no-cache"),
                        Map.entry("ETag", "\"4\""),
                        Map.entry("Vary", "Origin"),
                        Map.entry("X-Content-Type-Options", "nosniff"));
    }

    @Test
    void publicAnswersMayBeKeptAsLongAsTheSettingSays() {
        ResponseMediator mediator = response("getBook");
        mediator.setMaxAge("30");

        assertThat(result("<Row><document>" + BOOK + "</document><version>4</version></Row>")
                        .through(mediator)
                        .responseHeaders())
                .containsEntry("Cache-Control", "public, max-age=30");
        assertThat(result("<Row><document>" + ORDER + "</document></Row>")
                        .through(response("getOrder"))
                        .responseHeaders())
                .containsEntry("Cache-Control", "no-store");
    }

    @Test
    void aListOfBooksThatTheCallerHasIsNotSentAgain() {
        String tag = list("<Row><document>" + BOOK + "</document></Row>")
                .responseHeaders()
                .get("ETag");

        assertThat(tag).matches("\"[A-Za-z0-9_-]{22}\"");
        TestMessage again = listed("<Row><document>" + BOOK + "</document></Row>", "<total>7</total>")
                .header("If-None-Match", tag)
                .through(response("listBooks"));
        assertThat(again.status()).isEqualTo(304);
        assertThat(again.hasBody()).isFalse();
        assertThat(list("").responseHeaders().get("ETag")).isNotEqualTo(tag);
    }

    @ParameterizedTest
    @CsvSource({"getBook, BOOK_NOT_FOUND", "getOrder, ORDER_NOT_FOUND", "getPayment, ORDER_NOT_FOUND"})
    void noRowIsNotFound(String operation, ProblemType type) {
        assertThat(result("").problemFrom(response(operation)).type()).isEqualTo(type);
    }

    @ParameterizedTest
    @CsvSource({
        "updateBook, BOOK_NOT_FOUND",
        "deleteBook, BOOK_NOT_FOUND",
        "completeOrder, ORDER_NOT_FOUND",
        "cancelOrder, ORDER_NOT_FOUND",
        "returnOrder, ORDER_NOT_FOUND",
        "addOrderNote, ORDER_NOT_FOUND"
    })
    void proceduresSayWhatIsNotFound(String operation, ProblemType type) {
        assertThat(outcome("not_found", "").problemFrom(response(operation)).type())
                .isEqualTo(type);
    }

    @Test
    void theLastAddressIsAnsweredUnlessTheShopDeliversNothing() {
        String row = "<Row><document>{\"name\": \"Jane\"}</document></Row>";

        assertThat(delivery(row, DeliveryAddressRule.OPTIONAL))
                .isEqualTo("{\"rule\":\"optional\",\"address\":{\"name\": \"Jane\"}}");
        assertThat(delivery("", DeliveryAddressRule.REQUIRED)).isEqualTo("{\"rule\":\"required\",\"address\":null}");
        assertThat(delivery(row, DeliveryAddressRule.OFF)).isEqualTo("{\"rule\":\"off\",\"address\":null}");
    }

    @Test
    void quantityDiscountsAreReadFromTheirWrittenForm() {
        TestMessage message = result("<Row><document>10:10,5:2.5</document><version>3</version></Row>")
                .through(response("getQuantityDiscounts"));

        assertThat(message.answer())
                .isEqualTo("{\"tiers\":[{\"copies\":5,\"percentOff\":2.5},{\"copies\":10,\"percentOff\":10}]}");
        assertThat(message.responseHeaders()).containsEntry("ETag", "\"3\"").containsEntry("Cache-Control", "no-cache");
        assertThat(outcome("updated", "none")
                        .through(response("replaceQuantityDiscounts"))
                        .answer())
                .isEqualTo("{\"tiers\":[]}");
    }

    /** After a change of the setting the version is 0 as before: a copy of the old tiers must not stay current. */
    @ParameterizedTest
    @CsvSource({"0, 200", "3, 304"})
    void quantityDiscountsOfTheSettingAreAlwaysSent(String version, int status) {
        TestMessage message = result("<Row><document>5:5</document><version>" + version + "</version></Row>")
                .header("If-None-Match", "\"" + version + "\"")
                .through(response("getQuantityDiscounts"));

        assertThat(message.status()).isEqualTo(status);
        assertThat(message.responseHeaders()).containsEntry("ETag", "\"" + version + "\"");
    }

    @Test
    void aPromotionSaysWhereItIs() {
        TestMessage message = outcome("created", "{\"code\":\"A\"}").through(response("createPromotion"));

        assertThat(message.status()).isEqualTo(201);
        assertThat(message.responseHeaders()).containsEntry("Location", "/orders/v1/promotions/A");
        assertThat(outcome("code_taken", "")
                        .problemFrom(response("createPromotion"))
                        .type())
                .isEqualTo(ProblemType.PROMOTION_EXISTS);
        assertThat(outcome("not_found", "")
                        .problemFrom(response("updatePromotion"))
                        .type())
                .isEqualTo(ProblemType.PROMOTION_NOT_FOUND);
    }

    @Test
    void listsAreArraysWithoutRowsWithOneAndWithMany() {
        String end = ",\"total\":7,\"totalIsExact\":true,\"limit\":20,\"offset\":40,\"next\":null,\"didYouMean\":null}";
        assertThat(list("").answer()).isEqualTo("{\"items\":[]" + end);
        assertThat(list("<Row><document>" + BOOK + "</document></Row>").answer())
                .isEqualTo("{\"items\":[" + BOOK + "]" + end);
        assertThat(list("<Row><document>" + BOOK + "</document></Row><Row><document>" + BOOK + "</document></Row>")
                        .answerJson()
                        .path("items"))
                .hasSize(2);
    }

    @Test
    void aPageOfBooksSaysWhereTheNextOneBegins() {
        String rows = ("<Row><document>" + BOOK + "</document><place>[\"Emma\",1]</place></Row>").repeat(21);

        assertThat(list(rows).answerJson().path("items")).hasSize(20);
        assertThat(list(rows).answerJson().path("next").textValue())
                .isEqualTo(Place.encode("title_asc", "[\"Emma\",1]"));
    }

    @Test
    void aPageThatIsNotFullSaysWhereTheSearchGoesOn() {
        String row = "<Row><document>" + BOOK + "</document><place>[\"Emma\",1]</place></Row>";
        String count = "<place>[\"Kim\",9]</place><total>1</total><more>1</more>";

        JsonNode answer = list(row, count).answerJson();

        assertThat(answer.path("items")).hasSize(1);
        assertThat(answer.path("next").textValue()).isEqualTo(Place.encode("title_asc", "[\"Kim\",9]"));
        assertThat(list(row.repeat(21), count).answerJson().path("next").textValue())
                .isEqualTo(Place.encode("title_asc", "[\"Emma\",1]"));
    }

    @Test
    void aListThatIsNotCountedToTheEndSaysSo() {
        JsonNode answer = list("", "<total>10000</total><more>1</more>").answerJson();

        assertThat(answer.path("total").intValue()).isEqualTo(10_000);
        assertThat(answer.path("totalIsExact").booleanValue()).isFalse();
    }

    @Test
    void whereNothingIsFoundSimilarWordsAreSuggested() {
        String suggestions = "[{\"word\":\"tolkein\",\"suggestion\":\"tolkien\",\"books\":5}]";

        assertThat(list("", "<total>0</total><more>0</more><suggestions>" + suggestions + "</suggestions>")
                        .answerJson()
                        .path("didYouMean")
                        .textValue())
                .isEqualTo("tolkien");
    }

    @Test
    void aNewBookSaysWhereItIs() {
        TestMessage message = result(
                        "<Row><outcome>created</outcome><document>" + BOOK + "</document><version>1</version></Row>")
                .through(response("createBook"));

        assertThat(message.status()).isEqualTo(201);
        assertThat(message.responseHeaders())
                .containsEntry("Location", "/catalog/v1/books/3")
                .containsEntry("ETag", "\"1\"");
    }

    @Test
    void aReplacedBookHasItsNewVersion() {
        TestMessage message = result(
                        "<Row><outcome>updated</outcome><document>" + BOOK + "</document><version>5</version></Row>")
                .through(response("updateBook"));

        assertThat(message.status()).isEqualTo(200);
        assertThat(message.responseHeaders()).containsEntry("ETag", "\"5\"");
    }

    @Test
    void aRemovedBookHasNoBody() {
        TestMessage message = outcome("deleted", "").through(response("deleteBook"));

        assertThat(message.status()).isEqualTo(204);
        assertThat(message.hasBody()).isFalse();
    }

    @Test
    void aMailThatIsQueuedIsAcceptedAndOneThatIsBeingSentIsNot() {
        String mail = "{\"mailId\":17,\"status\":\"waiting\"}";
        assertThat(outcome("requeued", mail).through(response("requeueMail")).status())
                .isEqualTo(202);
        assertThat(outcome("queued", mail).through(response("mailSummary")).answer())
                .isEqualTo(mail);
        assertThat(outcome("requeued", mail).through(response("mailSummary")).status())
                .isEqualTo(202);
        assertThat(outcome("being_sent", mail)
                        .problemFrom(response("mailSummary"))
                        .type())
                .isEqualTo(ProblemType.MAIL_BEING_SENT);
        assertThat(outcome("not_found", "").problemFrom(response("requeueMail")).type())
                .isEqualTo(ProblemType.MAIL_NOT_FOUND);
    }

    @Test
    void figuresOfDaysAreAList() {
        assertThat(result("<Row><document>{\"date\":\"2026-11-21\"}</document></Row>")
                        .through(response("listSummaries"))
                        .answer())
                .isEqualTo("{\"items\":[{\"date\":\"2026-11-21\"}]}");
    }

    @Test
    void aStockMovementIsAnsweredAsItIsInTheHistory() {
        TestMessage message = outcome("replayed", "{\"movementId\":7}").through(response("changeStock"));

        assertThat(message.status()).isEqualTo(201);
        assertThat(message.answer()).isEqualTo("{\"movementId\":7}");
        assertThat(message.responseHeaders()).containsEntry("Idempotency-Replayed", "true");
    }

    @ParameterizedTest
    @CsvSource({
        "changeStock, key_reused, IDEMPOTENCY_KEY_REUSED",
        "changeStock, not_found, BOOK_NOT_FOUND",
        "updateBook, stock_differs, STOCK_NOT_REPLACEABLE"
    })
    void aRefusedStockIsNamed(String operation, String outcome, ProblemType type) {
        assertThat(outcome(outcome, "").problemFrom(response(operation)).type()).isEqualTo(type);
    }

    @Test
    void aStockOutOfRangeSaysWhatTheStockIs() {
        assertThat(outcome("out_of_range", "{\"stockQuantity\":5}")
                        .problemFrom(response("changeStock"))
                        .extensions())
                .containsEntry("stockQuantity", 5);
    }

    private static String delivery(String row, DeliveryAddressRule rule) {
        return result(row)
                .property(MessageProperties.DELIVERY_RULE, rule)
                .through(response("getDeliveryAddress"))
                .answer();
    }

    @ParameterizedTest
    @ValueSource(strings = {"createBook", "updateBook"})
    void anIsbnOfAnotherBookNamesThatBook(String operation) {
        assertThat(outcome("isbn_taken", "{\"bookId\":5}")
                        .problemFrom(response(operation))
                        .extensions())
                .containsEntry("bookId", 5);
    }

    @Test
    void aBookThatNeverWasHasNoHistory() {
        TestMessage message = result("").result(MessageProperties.TOTAL, "<StockMovementCount/>");

        assertThat(message.problemFrom(response("listStockMovements")).type()).isEqualTo(ProblemType.BOOK_NOT_FOUND);
    }

    @ParameterizedTest
    @ValueSource(strings = {"updateBook", "deleteBook"})
    void aLostUpdateIsRefused(String operation) {
        assertThat(outcome("version_conflict", BOOK)
                        .problemFrom(response(operation))
                        .type())
                .isEqualTo(ProblemType.PRECONDITION_FAILED);
    }

    @ParameterizedTest
    @CsvSource({"completeOrder, completed", "cancelOrder, cancelled", "returnOrder, returned"})
    void anOrderIsAnsweredAsItIsNow(String operation, String outcome) {
        TestMessage message = outcome(outcome, ORDER).through(response(operation));

        assertThat(message.status()).isEqualTo(200);
        assertThat(message.answer()).isEqualTo(ORDER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"completeOrder", "cancelOrder"})
    void anOrderThatIsNotPendingSaysWhatItIs(String operation) {
        Problem problem = outcome("not_pending", ORDER).problemFrom(response(operation));

        assertThat(problem.type()).isEqualTo(ProblemType.ORDER_NOT_PENDING);
        assertThat(problem.extensions()).containsEntry("orderStatus", "completed");
    }

    @Test
    void readsAreAnsweredAsTheyAre() {
        assertThat(outcome("", ORDER).through(response("getOrder")).answer()).isEqualTo(ORDER);
        assertThat(outcome("", "{\"paymentId\":1}")
                        .through(response("getPayment"))
                        .answer())
                .isEqualTo("{\"paymentId\":1}");
    }

    @Test
    void anUnknownOutcomeIsAFault() {
        assertThatThrownBy(() -> outcome("surprise", "").through(response("updateBook")))
                .isInstanceOf(SynapseException.class);
    }

    private static TestMessage list(String rows) {
        return list(rows, "<total>7</total>");
    }

    private static TestMessage list(String rows, String count) {
        return listed(rows, count).through(response("listBooks"));
    }

    private static TestMessage listed(String rows, String count) {
        return result(rows + "<Row>" + count + "</Row>")
                .property(MessageProperties.WORDS, "[\"tolkein\"]")
                .property(MessageProperties.SORT, "title_asc")
                .property(MessageProperties.LIMIT, "20")
                .property(MessageProperties.OFFSET, "40");
    }

    private static TestMessage outcome(String outcome, String document) {
        return result("<Row><outcome>" + outcome + "</outcome><document>" + document + "</document></Row>");
    }

    private static TestMessage result(String rows) {
        return new TestMessage()
                .result(MessageProperties.RESULT, "<Rows xmlns='http://ws.wso2.org/dataservice'>" + rows + "</Rows>");
    }

    private static ResponseMediator response(String operation) {
        ResponseMediator mediator = new ResponseMediator();
        mediator.setOperation(operation);
        return mediator;
    }
}
