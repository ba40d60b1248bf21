package com.books.bookstore.mediator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.apache.synapse.SynapseException;
import org.junit.jupiter.api.Test;

class MessagePayloadTest {

    @Test
    void answersWithBodyStatusAndOnlyItsOwnHeaders() {
        TestMessage message = new TestMessage().header("Authorization", "Bearer secret").header("Host", "books.com").json("{}")
                .axis2Property("NO_ENTITY_BODY", true)
                .axis2Property("EXCESS_TRANSPORT_HEADERS", "left of the request")
                .axis2Property("CHARACTER_SET_ENCODING", "ISO-8859-1");

        MessagePayload.respond(message.synapse(), Response.json(201, "{\"title\":\"Füße\"}").withHeader("ETag", "\"1\""));

        assertThat(message.status()).isEqualTo(201);
        assertThat(message.answer()).isEqualTo("{\"title\":\"Füße\"}");
        assertThat(message.responseHeaders()).containsExactly(Map.entry("Cache-Control", "no-store"), Map.entry("ETag", "\"1\"")).containsKey("etag");
        assertThat(message.axis2Property("messageType")).isEqualTo("application/json");
        assertThat(message.axis2Property("ContentType")).isEqualTo("application/json");
        assertThat(message.axis2Property("NO_ENTITY_BODY")).isNull();
        assertThat(message.axis2Property("EXCESS_TRANSPORT_HEADERS")).isNull();
        assertThat(message.axis2Property("CHARACTER_SET_ENCODING")).isNull();
    }

    @Test
    void answersWithoutBody() {
        TestMessage message = new TestMessage().json("{\"left\":\"of the request\"}").axis2Property("ContentType", "application/json");

        MessagePayload.respond(message.synapse(), Response.empty(204));

        assertThat(message.status()).isEqualTo(204);
        assertThat(message.hasBody()).isFalse();
        assertThat(message.axis2Property("NO_ENTITY_BODY")).isEqualTo(true);
        assertThat(message.axis2Property("ContentType")).isNull();
    }

    @Test
    void readsRowsByTheLocalNamesOfTheirColumns() {
        TestMessage message = new TestMessage().result("rows",
                "<BookRows xmlns='http://ws.wso2.org/dataservice'>"
                        + "<Row><document>{\"a\":1}</document><version>3</version></Row>"
                        + "<Row><document xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' xsi:nil='true'/><version/></Row>"
                        + "</BookRows>");

        assertThat(MessagePayload.rows(message.synapse(), "rows"))
                .containsExactly(Map.of("document", "{\"a\":1}", "version", "3"), Map.of());
    }

    @Test
    void readsAnEmptyResultAsNoRows() {
        TestMessage message = new TestMessage().result("rows", "<BookRows xmlns='http://ws.wso2.org/dataservice'/>");

        assertThat(MessagePayload.rows(message.synapse(), "rows")).isEmpty();
    }

    @Test
    void saysWhichResultIsMissing() {
        assertThatThrownBy(() -> MessagePayload.rows(new TestMessage().synapse(), "bookstore.result"))
                .isInstanceOf(SynapseException.class).hasMessageContaining("bookstore.result");
    }
}
