package com.books.bookstore.mediator;

import static org.assertj.core.api.Assertions.assertThat;

import com.books.bookstore.mediator.message.MessageProperties;
import com.books.bookstore.problem.Problem;
import com.books.bookstore.problem.ProblemType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BusinessMetricsTest {

    @Test
    void writesPrometheusText() {
        TestMessage message = new TestMessage()
                .axis2Property("NO_ENTITY_BODY", true)
                .result(
                        MessageProperties.RESULT,
                        "<Rows>"
                                + "<Row><name>bookstore_books</name><type>gauge</type><help>Books on sale</help><labels/><value>3</value></Row>"
                                + "<Row><name>bookstore_orders</name><type>gauge</type><help>Orders by status</help><labels>status=\"completed\"</labels><value>2</value></Row>"
                                + "<Row><name>bookstore_orders</name><type>gauge</type><help>Orders by status</help><labels>status=\"pending\"</labels><value>0</value></Row>"
                                + "</Rows>")
                .through(new BusinessMetricsMediator());

        assertThat(message.synapse()
                        .getAxis2MessageContext()
                        .getEnvelope()
                        .getBody()
                        .getFirstElement()
                        .getText())
                .isEqualTo("# HELP bookstore_books Books on sale\n# TYPE bookstore_books gauge\nbookstore_books 3\n"
                        + "# HELP bookstore_orders Orders by status\n# TYPE bookstore_orders gauge\n"
                        + "bookstore_orders{status=\"completed\"} 2\nbookstore_orders{status=\"pending\"} 0\n");
        assertThat(message.status()).isEqualTo(200);
        assertThat(message.axis2Property("messageType")).isEqualTo("text/plain");
        assertThat(message.axis2Property("ContentType")).isEqualTo("text/plain; version=0.0.4; charset=utf-8");
        assertThat(message.axis2Property("NO_ENTITY_BODY")).isNull();
    }

    @Test
    void registrationsThatWaitAreThereWhenTheyAreKnown() {
        assertThat(text("3"))
                .isEqualTo("# HELP bookstore_registrations_waiting Registrations that wait for a decision\n"
                        + "# TYPE bookstore_registrations_waiting gauge\nbookstore_registrations_waiting 3\n");
        assertThat(text("")).isEmpty();
    }

    private static String text(String waiting) {
        return new TestMessage()
                .result(MessageProperties.RESULT, "<Rows/>")
                .property(MessageProperties.REGISTRATIONS_WAITING, waiting)
                .through(new BusinessMetricsMediator())
                .synapse()
                .getAxis2MessageContext()
                .getEnvelope()
                .getBody()
                .getFirstElement()
                .getText();
    }

    @Test
    void letsTheMonitoringTokenPass() {
        new TestMessage().header("Authorization", "bearer  s3cret ").through(access("s3cret"));
    }

    @Test
    void asksForTheToken() {
        Problem problem = new TestMessage().problemFrom(access("s3cret"));
        assertThat(problem.type()).isEqualTo(ProblemType.MISSING_TOKEN);
        assertThat(problem.headers()).containsKey("WWW-Authenticate");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer wrong",
                "Bearer s3cre",
                "Bearer s3cret1",
                "Bearer",
                "Bearer ",
                "Basic s3cret",
                "s3cret",
                ""
            })
    void refusesEveryOtherToken(String authorization) {
        assertThat(new TestMessage()
                        .header("Authorization", authorization)
                        .problemFrom(access("s3cret"))
                        .type())
                .isEqualTo(ProblemType.INVALID_TOKEN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer ", "Bearer x", ""})
    void withoutAConfiguredTokenEveryCallerIsRefused(String authorization) {
        assertThat(new TestMessage()
                        .header("Authorization", authorization)
                        .problemFrom(access("env:BOOKSTORE_NO_SUCH_TOKEN:"))
                        .type())
                .isEqualTo(ProblemType.METRICS_NOT_CONFIGURED);
    }

    private static MonitoringAccessMediator access(String token) {
        MonitoringAccessMediator mediator = new MonitoringAccessMediator();
        mediator.setToken(token);
        return mediator;
    }
}
