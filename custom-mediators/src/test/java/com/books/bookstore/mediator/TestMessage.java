package com.books.bookstore.mediator;

import com.books.bookstore.json.Json;
import com.books.bookstore.mediator.message.MessageProperties;
import com.books.bookstore.problem.Problem;
import com.books.bookstore.security.Caller;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.axiom.om.OMElement;
import org.apache.axiom.om.util.AXIOMUtil;
import org.apache.synapse.SynapseException;
import org.apache.synapse.commons.json.JsonUtil;
import org.apache.synapse.core.axis2.Axis2MessageContext;

/** A message as the engine hands it to mediators: Synapse's own message context around a request. */
final class TestMessage {

    private final org.apache.axis2.context.MessageContext axis2 = new org.apache.axis2.context.MessageContext();
    private final Axis2MessageContext synapse;
    private final Map<String, String> requestHeaders = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    TestMessage() {
        synapse = new Axis2MessageContext(axis2, null, null);
        axis2.setProperty("TRANSPORT_HEADERS", requestHeaders);
    }

    org.apache.axis2.context.MessageContext axis2() {
        return axis2;
    }

    TestMessage header(String name, String value) {
        requestHeaders.put(name, value);
        return this;
    }

    TestMessage json(String json) {
        header("Content-Type", "application/json");
        return body(json);
    }

    TestMessage body(String body) {
        try {
            JsonUtil.getNewJsonPayload(
                    axis2, new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)), true, true);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return this;
    }

    TestMessage property(String name, Object value) {
        synapse.setProperty(name, value);
        return this;
    }

    TestMessage axis2Property(String name, Object value) {
        axis2.setProperty(name, value);
        return this;
    }

    TestMessage caller(String email, String... scopes) {
        return property(MessageProperties.CALLER, new Caller("subject-1", email, Set.of(scopes)))
                .property(MessageProperties.CALLER_EMAIL, email);
    }

    /** The answer of a data service, as XML. */
    TestMessage result(String property, String xml) {
        try {
            OMElement element = AXIOMUtil.stringToOM(xml);
            return property(property, element);
        } catch (javax.xml.stream.XMLStreamException e) {
            throw new AssertionError(e);
        }
    }

    TestMessage through(BookstoreMediator mediator) {
        if (!mediator.mediate(synapse)) {
            throw new AssertionError("Mediation was stopped");
        }
        return this;
    }

    /** What the fault sequence would answer after a mediator refused the message. */
    Problem problemFrom(BookstoreMediator mediator) {
        try {
            mediator.mediate(synapse);
        } catch (SynapseException e) {
            Object problem = synapse.getProperty(MessageProperties.PROBLEM);
            if (problem == null) {
                throw e;
            }
            return (Problem) problem;
        }
        throw new AssertionError("The mediator let the message pass");
    }

    String text(String property) {
        return (String) synapse.getProperty(property);
    }

    Object get(String property) {
        return synapse.getProperty(property);
    }

    int status() {
        return (Integer) axis2.getProperty("HTTP_SC");
    }

    String answer() {
        return JsonUtil.jsonPayloadToString(axis2);
    }

    JsonNode answerJson() {
        return Json.parseTrusted(answer());
    }

    boolean hasBody() {
        return JsonUtil.hasAJsonPayload(axis2);
    }

    Object axis2Property(String name) {
        return axis2.getProperty(name);
    }

    @SuppressWarnings("unchecked")
    Map<String, String> responseHeaders() {
        return (Map<String, String>) axis2.getProperty("TRANSPORT_HEADERS");
    }

    Axis2MessageContext synapse() {
        return synapse;
    }
}
