package com.books.bookstore.mediator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.books.bookstore.problem.Problem;
import com.books.bookstore.problem.ProblemType;
import org.apache.synapse.SynapseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnmatchedRequestMediatorTest {

    @ParameterizedTest
    @CsvSource({
        "/orders, 'GET, HEAD, POST'",
        "/orders/, 'GET, HEAD, POST'",
        "/orders?limit=1, 'GET, HEAD, POST'",
        "/orders/17, 'GET, HEAD'",
        "/orders/17/, 'GET, HEAD'",
        "/orders/abc, 'GET, HEAD'",
        "/orders/17/cancel, POST"
    })
    void aKnownPathNamesItsMethods(String path, String allow) {
        Problem problem = request(path).problemFrom(mediator());

        assertThat(problem.type()).isEqualTo(ProblemType.METHOD_NOT_ALLOWED);
        assertThat(problem.headers()).containsEntry("Allow", allow);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/", "/order", "/orders//", "/orders/17//", "/orders/17/cancel/now", "/orders/17/fly", "//orders"
            })
    void anUnknownPathIsNotFound(String path) {
        assertThat(request(path).problemFrom(mediator()).type()).isEqualTo(ProblemType.NOT_FOUND);
    }

    /** The engines do not take a path segment with one of these characters for a variable. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {"GET /orders/1,2", "HEAD /orders/1:2", "POST /orders/1@2/cancel"})
    void aMethodThatThePathHasMeansThatThePathIsWrong(String method, String path) {
        assertThat(request(path)
                        .property("REST_METHOD", method)
                        .problemFrom(mediator())
                        .type())
                .isEqualTo(ProblemType.NOT_FOUND);
    }

    @ParameterizedTest
    @CsvSource({"/orders, 'GET, HEAD, OPTIONS, POST'", "/orders/17/cancel, 'OPTIONS, POST'"})
    void optionsAreAllMethodsOfThePath(String path, String allow) {
        TestMessage message = request(path).property("REST_METHOD", "OPTIONS").through(mediator());

        assertThat(message.status()).isEqualTo(204);
        assertThat(message.responseHeaders()).containsEntry("Allow", allow);
    }

    @Test
    void anUnknownPathHasNoOptions() {
        assertThat(request("/order")
                        .property("REST_METHOD", "OPTIONS")
                        .problemFrom(mediator())
                        .type())
                .isEqualTo(ProblemType.NOT_FOUND);
    }

    @Test
    void refusesAListItCannotRead() {
        assertThatThrownBy(() -> new UnmatchedRequestMediator().setResources("GET /books; /orders"))
                .isInstanceOf(SynapseException.class)
                .hasMessageContaining("/orders");
    }

    private static TestMessage request(String path) {
        return new TestMessage().property("REST_SUB_REQUEST_PATH", path);
    }

    private static UnmatchedRequestMediator mediator() {
        UnmatchedRequestMediator mediator = new UnmatchedRequestMediator();
        mediator.setResources("POST,GET /orders; GET /orders/{orderId}; POST /orders/{orderId}/cancel");
        return mediator;
    }
}
