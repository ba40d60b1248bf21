package com.books.bookstore.mediator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchRuntimeException;

import com.books.bookstore.mediator.message.MessageProperties;
import com.books.bookstore.problem.Problem;
import com.books.bookstore.problem.ProblemType;
import java.io.EOFException;
import java.net.ConnectException;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.SQLTransientConnectionException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.apache.synapse.SynapseException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ProblemMediatorTest {

    private final Logger logger = Logger.getLogger(ProblemMediator.class.getName());
    private final List<LogRecord> logged = new ArrayList<>();
    private final Handler recorder = new Handler() {
        @Override
        public void publish(LogRecord record) {
            logged.add(record);
        }

        @Override
        public void flush() {
            // Nothing is buffered.
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    };

    @BeforeEach
    void record() {
        logger.addHandler(recorder);
        logger.setUseParentHandlers(false);
    }

    @AfterEach
    void stopRecording() {
        logger.removeHandler(recorder);
        logger.setUseParentHandlers(true);
    }

    @Test
    void answersWithTheProblemThatAMediatorLeft() {
        TestMessage message = new TestMessage()
                .header("Authorization", "Bearer secret")
                .property(
                        MessageProperties.PROBLEM,
                        Problem.of(ProblemType.METHOD_NOT_ALLOWED).withHeader("Allow", "GET"))
                .through(new ProblemMediator());

        assertThat(message.status()).isEqualTo(405);
        assertThat(message.axis2Property("ContentType")).isEqualTo("application/problem+json");
        assertThat(message.axis2Property("messageType")).isEqualTo("application/json");
        assertThat(message.responseHeaders())
                .containsExactly(
                        Map.entry("Allow", "GET"),
                        Map.entry("Cache-Control", "no-store"),
                        Map.entry("X-Content-Type-Options", "nosniff"));
        assertThat(message.answer())
                .isEqualTo(
                        "{\"type\":\"https://books.com/problems/method_not_allowed\","
                                + "\"title\":\"Method not allowed\",\"status\":405,"
                                + "\"detail\":\"Use one of the methods listed in the header Allow.\",\"code\":\"method_not_allowed\"}");
        assertThat(logged).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("databaseAway")
    void aDatabaseThatIsAwayIs503(Throwable cause) {
        TestMessage message = failed(cause);

        assertThat(message.status()).isEqualTo(503);
        assertThat(message.answerJson().path("code").textValue()).isEqualTo("database_unavailable");
        assertThat(message.responseHeaders()).containsEntry("Retry-After", "5");
    }

    static List<Throwable> databaseAway() {
        return List.of(
                new SQLException("Communications link failure", "08S01"),
                new SQLException("Too many connections", "08004", 1040),
                new SQLException("Connection was killed", "70100", 1927),
                new SQLTransientConnectionException(
                        "HikariPool-1 - Connection is not available, request timed out after 5000ms."),
                new SQLException("WSREP has not yet prepared node for application use", "08S01", 1047),
                // What the driver throws when the server dies while it reads an answer.
                new SQLException("Stream closed", "S1000", 0, new EOFException()),
                new PoolExhaustedException(),
                new RuntimeException(new ConnectException("Connection refused")));
    }

    /** What Micro Integrator 4.4 says. */
    @Test
    void aDataServiceThatIsNotDeployedIsNamed() {
        TestMessage message =
                failed(new SynapseException("The data service,  named 'BookDataService' does not exist. "));

        assertThat(message.status()).isEqualTo(503);
        assertThat(message.answerJson().path("code").textValue()).isEqualTo("data_services_missing");
        assertThat(message.responseHeaders()).containsEntry("Retry-After", "30");
        assertThat(logged)
                .singleElement()
                .satisfies(entry -> assertThat(entry.getMessage())
                        .contains("data_services_missing")
                        .contains("the database was down when this server started"));
    }

    @Test
    void whatIsWrongWithASequenceReachesTheLog() {
        RuntimeException wrong = catchRuntimeException(() -> new TestMessage().through(new OrderTotalsMediator()));
        failed(wrong);

        assertThat(logged)
                .singleElement()
                .satisfies(entry -> assertThat(entry.getMessage()).contains("'taxRate' and 'currency'"));
    }

    @Test
    void aMediatorThatIsMissingBeforeAnotherReachesTheLog() {
        TestMessage message = failed(catchRuntimeException(() -> new TestMessage().through(new OrderOutputMediator())));

        assertThat(message.answer()).contains("\"internal_error\"").doesNotContain("pricedOrder");
        assertThat(logged)
                .singleElement()
                .satisfies(entry -> assertThat(entry.getMessage())
                        .contains("The message property 'bookstore.pricedOrder' is not set."
                                + " Check the order of the mediators in the sequence"));
    }

    @ParameterizedTest
    @CsvSource({"40001, 1213", "40001, 0", "HY000, 1205", "41000, 1205"})
    void aDeadlockIsWorthAnotherTry(String state, int code) {
        TestMessage message = failed(new SQLException("Deadlock found", state, code));

        assertThat(message.status()).isEqualTo(503);
        assertThat(message.answerJson().path("code").textValue()).isEqualTo("try_again");
        assertThat(message.responseHeaders()).containsEntry("Retry-After", "1");
    }

    @Test
    void anythingElseIsAnInternalErrorThatTellsNothing() {
        TestMessage message = failed(new SQLIntegrityConstraintViolationException(
                "INSERT INTO orders VALUES ('me@books.com')", "23000", 1452));

        assertThat(message.status()).isEqualTo(500);
        assertThat(message.answer())
                .contains("\"internal_error\"")
                .doesNotContain("INSERT")
                .doesNotContain("me@books.com");
    }

    @Test
    void aFailureIsLoggedInOneLineWithoutSqlAndParameters() {
        failed(new SQLException("INSERT INTO orders VALUES ('me@books.com')", "23000", 1452));

        assertThat(logged).singleElement().satisfies(entry -> {
            assertThat(entry.getMessage())
                    .contains("internal_error")
                    .contains("java.sql.SQLException[SQLState 23000, code 1452]")
                    .doesNotContain("INSERT")
                    .doesNotContain("me@books.com")
                    .doesNotContain("\n");
            assertThat(entry.getThrown()).isNull();
        });
    }

    @Test
    void aFailureWithoutExceptionIsAnInternalError() {
        TestMessage message = new TestMessage()
                .property("ERROR_CODE", 101503)
                .property("ERROR_EXCEPTION", "a text, as one engine leaves it")
                .through(new ProblemMediator());

        assertThat(message.status()).isEqualTo(500);
        assertThat(logged).hasSize(1);
    }

    @Test
    void causesThatGoInCirclesEnd() {
        RuntimeException one = new RuntimeException("one");
        one.initCause(new RuntimeException("two", one));

        assertThat(failed(one).status()).isEqualTo(500);
    }

    @Test
    void aBodyThatTheEngineCannotReadIsTheCallersMistake() {
        TestMessage json = new TestMessage()
                .header("Content-Type", "application/json")
                .property("ERROR_CODE", 601000)
                .through(new ProblemMediator());
        TestMessage xml = new TestMessage()
                .header("Content-Type", "text/xml")
                .property("ERROR_CODE", 0)
                .property("ERROR_MESSAGE", "Error while building message. Error while building Passthrough stream")
                .through(new ProblemMediator());

        assertThat(json.answerJson().path("code").textValue()).isEqualTo("malformed_json");
        assertThat(xml.answerJson().path("code").textValue()).isEqualTo("unsupported_media_type");
        assertThat(logged).isEmpty();
    }

    /** What the fault sequence answers when a data service failed as the engines report it: wrapped twice. */
    private static TestMessage failed(Throwable cause) {
        return new TestMessage()
                .property("ERROR_CODE", 0)
                .property("ERROR_MESSAGE", "DataService exception occurred")
                .property(
                        "ERROR_EXCEPTION",
                        new SynapseException("DataService exception occurred", new RuntimeException("DS Fault", cause)))
                .through(new ProblemMediator());
    }

    /** Named as that of Micro Integrator's pool. */
    private static final class PoolExhaustedException extends SQLException {

        private static final long serialVersionUID = 1L;
    }
}
