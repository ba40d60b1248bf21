package com.books.bookstore.mediator;

import static org.assertj.core.api.Assertions.assertThat;

import com.books.bookstore.correlation.CorrelationContext;
import com.books.bookstore.mediator.message.HttpAnswer;
import com.books.bookstore.mediator.message.MessageProperties;
import com.books.bookstore.mediator.message.Response;
import com.books.bookstore.problem.ProblemException;
import com.books.bookstore.problem.ProblemType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CorrelationMediatorTest {

    private final CorrelationMediator mediator = new CorrelationMediator();

    @ParameterizedTest
    @ValueSource(strings = {"a", "order-7_B.2", "0123456789012345678901234567890123456789012345678901234567890123"})
    void keepsWhatTheCallerCallsTheRequest(String id) {
        TestMessage message = new TestMessage().header("x-correlation-id", id).through(mediator);

        assertThat(message.text(MessageProperties.CORRELATION_ID)).isEqualTo(id);
        assertThat(CorrelationContext.current()).contains(id);
        assertThat(message.axis2Property("correlation_id")).isEqualTo(id);
        assertThat(message.text("correlation_id")).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "two words",
                "line\nbreak",
                "<script>",
                "a\"b",
                "ä",
                "01234567890123456789012345678901234567890123456789012345678901234"
            })
    void makesItsOwnIdIfTheCallersIsNotFitForHeadersAndLogs(String id) {
        String made = new TestMessage()
                .header("X-Correlation-ID", id)
                .through(mediator)
                .text(MessageProperties.CORRELATION_ID);

        assertThat(made).matches("[0-9a-f-]{36}");
    }

    @Test
    void makesAnotherIdForEachRequest() {
        assertThat(new TestMessage().through(mediator).text(MessageProperties.CORRELATION_ID))
                .isNotEqualTo(new TestMessage().through(mediator).text(MessageProperties.CORRELATION_ID));
    }

    @Test
    void keepsTheIdInTheFaultSequence() {
        TestMessage message = new TestMessage().through(mediator);
        String first = message.text(MessageProperties.CORRELATION_ID);

        assertThat(message.through(mediator).text(MessageProperties.CORRELATION_ID))
                .isEqualTo(first);
    }

    @Test
    void aPageOfAnotherOriginIsToldWhichHeadersItMayRead() {
        TestMessage message =
                new TestMessage().header("origin", "https://shop.example").through(mediator);
        HttpAnswer.put(message.synapse(), Response.empty(204));

        assertThat(message.responseHeaders().get("Access-Control-Expose-Headers"))
                .contains("ETag", "Retry-After", "X-Correlation-ID");
    }

    @Test
    void otherCallersAreNot() {
        TestMessage message = new TestMessage().through(mediator);
        HttpAnswer.put(message.synapse(), Response.empty(204));

        assertThat(message.responseHeaders()).doesNotContainKey("Access-Control-Expose-Headers");
    }

    @Test
    void theAnswerCarriesIt() {
        TestMessage message = new TestMessage()
                .header("X-Correlation-ID", "call-1")
                .through(mediator)
                .property(MessageProperties.PROBLEM, new ProblemException(ProblemType.NOT_FOUND).problem())
                .through(new ProblemMediator());

        assertThat(message.responseHeaders()).containsEntry("X-Correlation-ID", "call-1");
    }
}
