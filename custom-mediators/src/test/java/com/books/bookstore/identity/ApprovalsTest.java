package com.books.bookstore.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.books.bookstore.registration.RegistrationRequest;
import com.books.bookstore.registration.RegistrationStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The states of tasks, of which Identity Server's engine and the definition of its API have different ones. */
class ApprovalsTest {

    private static final String TOKEN = "Bearer of-an-administrator";

    private final StubServer server = new StubServer(request -> request.answer(404, ""));
    private final Approvals approvals =
            new Approvals(new IdentityServerHttp(Duration.ofSeconds(5)), server.address("/tasks"));

    @AfterEach
    void stop() {
        server.close();
    }

    /** What the list says of each task, and what is said when one is asked for. */
    private void tasks(Map<String, String> summaries, Map<String, String> details) {
        server.answerWith(request -> {
            String path = request.line().replaceFirst("GET /tasks/?", "");
            if (path.startsWith("?")) {
                request.answer(
                        200,
                        summaries.entrySet().stream()
                                .map(task -> "{\"id\":\"" + task.getKey() + "\"," + task.getValue() + "}")
                                .collect(Collectors.joining(",", "[", "]")));
            } else if (details.containsKey(path)) {
                request.answer(200, "{\"id\":\"" + path + "\"," + details.get(path) + ",\"properties\":[]}");
            } else {
                request.answer(404, "{\"code\":\"UAA-10003\"}");
            }
        });
    }

    private List<String> list(RegistrationStatus status) throws TokenRefusedException {
        return approvals.list(TOKEN, status, 20, 0).requests().stream()
                .map(RegistrationRequest::approvalId)
                .collect(Collectors.toList());
    }

    @ParameterizedTest
    @CsvSource({
        "READY,PENDING",
        "RESERVED,PENDING",
        "BLOCKED,PENDING",
        "PENDING,PENDING",
        "APPROVED,APPROVED",
        "REJECTED,REJECTED",
        "FAILED,REJECTED"
    })
    void everyStateOfTheEngineHasItsMeaning(String state, RegistrationStatus meaning) throws Exception {
        tasks(Map.of(), Map.of("t1", "\"approvalStatus\":\"" + state + "\""));

        assertThat(approvals.status(TOKEN, "t1")).contains(meaning);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"approvalStatus\":\"ESCALATED\"", "\"status\":\"COMPLETED\"", "\"subject\":\"none\""})
    void aStateThatIsNotKnownIsNotTakenForOneThatWaits(String said) {
        tasks(Map.of("t1", said), Map.of("t1", said));

        assertThatThrownBy(() -> approvals.status(TOKEN, "t1"))
                .isInstanceOf(IdentityServerException.class)
                .hasMessageContaining("state");
        assertThatThrownBy(() -> list(RegistrationStatus.PENDING)).isInstanceOf(IdentityServerException.class);
    }

    @Test
    void ofACompletedTaskTheDetailTellsHow() throws Exception {
        tasks(
                Map.of(
                        "t1",
                        "\"status\":\"COMPLETED\"",
                        "t2",
                        "\"status\":\"COMPLETED\"",
                        "gone",
                        "\"status\":\"COMPLETED\"",
                        "t3",
                        "\"approvalStatus\":\"APPROVED\"",
                        "t4",
                        "\"status\":\"READY\""),
                Map.of(
                        "t1",
                        "\"approvalStatus\":\"APPROVED\"",
                        "t2",
                        "\"approvalStatus\":\"REJECTED\"",
                        "t3",
                        "\"approvalStatus\":\"APPROVED\"",
                        "t4",
                        "\"approvalStatus\":\"PENDING\""));

        assertThat(list(RegistrationStatus.APPROVED)).containsExactlyInAnyOrder("t1", "t3");
        assertThat(list(RegistrationStatus.REJECTED)).containsExactly("t2");
        assertThat(list(RegistrationStatus.PENDING)).containsExactly("t4");
    }

    @Test
    void whatIsAskedForIsUnderstoodByTheEngineAndByTheDefinition() throws Exception {
        tasks(Map.of(), Map.of());

        list(RegistrationStatus.PENDING);
        list(RegistrationStatus.APPROVED);

        assertThat(server.requests())
                .extracting(StubServer.Request::line)
                .satisfiesExactly(
                        pending -> assertThat(pending).endsWith("&status=READY&status=RESERVED&status=BLOCKED"),
                        approved -> assertThat(approved).endsWith("&status=APPROVED&status=COMPLETED"));
    }
}
