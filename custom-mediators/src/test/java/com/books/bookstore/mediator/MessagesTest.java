package com.books.bookstore.mediator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.books.bookstore.mediator.message.DataServiceRows;
import com.books.bookstore.mediator.message.HttpAnswer;
import com.books.bookstore.mediator.message.Response;
import java.util.List;
import java.util.Map;
import org.apache.synapse.SynapseException;
import org.junit.jupiter.api.Test;

class MessagesTest {

    /** Where the transport of Micro Integrator keeps what it has not read yet. */
    private static final String PIPE = "pass-through.pipe";

    @Test
    void answersWithBodyStatusAndOnlyItsOwnHeaders() {
        TestMessage message = new TestMessage()
                .header("Authorization", "Bearer secret")
                .header("Host", "books.com")
                .json("{}")
                .axis2Property("NO_ENTITY_BODY", true)
                .axis2Property("EXCESS_TRANSPORT_HEADERS", "left of the request")
                .axis2Property("CHARACTER_SET_ENCODING", "ISO-8859-1");

        HttpAnswer.put(
                message.synapse(), Response.json(201, "{\"title\":\"Füße\"}").withHeader("ETag", "\"1\""));

        assertThat(message.status()).isEqualTo(201);
        assertThat(message.answer()).isEqualTo("{\"title\":\"Füße\"}");
        assertThat(message.responseHeaders())
                .containsExactly(
                        Map.entry("Cache-Control", "no-store"),
                        Map.entry("ETag", "\"1\""),
                        Map.entry("X-Content-Type-Options", "nosniff"))
                .containsKey("etag");
        assertThat(message.axis2Property("messageType")).isEqualTo("application/json");
        assertThat(message.axis2Property("ContentType")).isEqualTo("application/json");
        assertThat(message.axis2Property("NO_ENTITY_BODY")).isNull();
        assertThat(message.axis2Property("EXCESS_TRANSPORT_HEADERS")).isNull();
        assertThat(message.axis2Property("CHARACTER_SET_ENCODING")).isNull();
    }

    @Test
    void answersWithoutBody() {
        TestMessage message = new TestMessage()
                .json("{\"left\":\"of the request\"}")
                .axis2Property("ContentType", "application/json");

        HttpAnswer.put(message.synapse(), Response.empty(204));

        assertThat(message.status()).isEqualTo(204);
        assertThat(message.hasBody()).isFalse();
        assertThat(message.axis2Property("NO_ENTITY_BODY")).isEqualTo(true);
        assertThat(message.axis2Property("ContentType")).isNull();
    }

    /** Micro Integrator would send the rest of the request instead. */
    @Test
    void answersWithoutWhatIsLeftUnreadOfTheRequest() {
        TestMessage message = new TestMessage().axis2Property(PIPE, "an unused body");

        HttpAnswer.put(message.synapse(), Response.json(401, "{}"));

        assertThat(message.axis2Property(PIPE)).isNull();
        assertThat(message.axis2Property("message.builder.invoked")).isEqualTo(true);
    }

    @Test
    void leavesABodyAloneThatTheEngineHasRead() {
        TestMessage message =
                new TestMessage().axis2Property(PIPE, "emptied").axis2Property("message.builder.invoked", true);

        HttpAnswer.put(message.synapse(), Response.json(200, "{}"));

        assertThat(message.axis2Property(PIPE)).isEqualTo("emptied");
    }

    /** What Micro Integrator leaves in every message of an API, to be added to the answer. */
    @Test
    void saysNothingOfOriginsWhereTheEngineAllowsNone() {
        TestMessage message = new TestMessage()
                .property("_SYNAPSE_INTERNAL_REST_Origin", "https://elsewhere.example")
                .property("_SYNAPSE_INTERNAL_REST_Access-Control-Allow-Origin", "")
                .property("_SYNAPSE_INTERNAL_REST_Access-Control-Allow-Methods", "GET")
                .property("_SYNAPSE_INTERNAL_REST_Access-Control-Allow-Headers", "");

        HttpAnswer.put(message.synapse(), Response.json(200, "{}"));

        assertThat(message.synapse().getPropertyKeySet().toString()).doesNotContain("_SYNAPSE_INTERNAL_REST_");
    }

    @Test
    void leavesWhatTheEngineSaysOfOriginsThatItAllows() {
        TestMessage message = new TestMessage()
                .property("_SYNAPSE_INTERNAL_REST_Origin", "https://shop.example")
                .property("_SYNAPSE_INTERNAL_REST_Access-Control-Allow-Origin", "https://shop.example")
                .property("_SYNAPSE_INTERNAL_REST_Access-Control-Allow-Methods", "GET");

        HttpAnswer.put(message.synapse(), Response.json(200, "{}"));

        assertThat(message.synapse().getProperty("_SYNAPSE_INTERNAL_REST_Access-Control-Allow-Origin"))
                .isEqualTo("https://shop.example");
        assertThat(message.synapse().getProperty("_SYNAPSE_INTERNAL_REST_Access-Control-Allow-Methods"))
                .isEqualTo("GET");
        assertThat(message.synapse().getProperty("_SYNAPSE_INTERNAL_REST_Origin"))
                .isNull();
    }

    /** What a mediator that needs no body says to the engine keeps bodies of unknown callers from being parsed. */
    @Test
    void onlyTheValidationOfRequestsNeedsTheirBodies() {
        RequestValidationMediator validation = new RequestValidationMediator();
        validation.setOperation("placeOrder");
        assertThat(validation.isContentAware()).isTrue();
        validation.setOperation("cancelOrder");
        assertThat(validation.isContentAware()).isFalse();
        assertThat(List.of(
                        new CorrelationMediator(),
                        new RateLimitMediator(),
                        new AuthorizationMediator(),
                        new UncompressedBodyMediator(),
                        new IgnoredBodyMediator(),
                        new HostMediator(),
                        new ProblemMediator()))
                .noneMatch(BookstoreMediator::isContentAware);
    }

    @Test
    void readsRowsByTheLocalNamesOfTheirColumns() {
        TestMessage message = new TestMessage()
                .result(
                        "rows",
                        "<BookRows xmlns='http://ws.wso2.org/dataservice'>"
                                + "<Row><document>{\"a\":1}</document><version>3</version></Row>"
                                + "<Row><document xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' xsi:nil='true'/><version/></Row>"
                                + "</BookRows>");

        assertThat(DataServiceRows.of(message.synapse(), "rows"))
                .containsExactly(Map.of("document", "{\"a\":1}", "version", "3"), Map.of());
    }

    @Test
    void readsAnEmptyResultAsNoRows() {
        TestMessage message = new TestMessage().result("rows", "<BookRows xmlns='http://ws.wso2.org/dataservice'/>");

        assertThat(DataServiceRows.of(message.synapse(), "rows")).isEmpty();
    }

    @Test
    void saysWhichResultIsMissing() {
        assertThatThrownBy(() -> DataServiceRows.of(new TestMessage().synapse(), "bookstore.result"))
                .isInstanceOf(SynapseException.class)
                .hasMessageContaining("bookstore.result");
    }
}
