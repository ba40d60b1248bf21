package com.books.bookstore.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.books.bookstore.registration.RegistrationRequest;
import com.books.bookstore.registration.RegistrationStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
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
                                .map(task -> "{\"id\":\"" + task.getKey() + "\",\"taskType\":\"SELF_REGISTER_USER\","
                                        + task.getValue() + "}")
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
        "APPROVING,APPROVED",
        "REJECTING,REJECTED",
        "FAILED,REJECTED"
    })
    void everyStateOfTheEngineHasItsMeaning(String state, RegistrationStatus meaning) throws Exception {
        String task = "\"approvalStatus\":\"" + state + "\"";
        tasks(Map.of("t1", task), Map.of("t1", task));

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

    /** What the server says of a task that waits until it is decided on, and then. */
    private void task(String type, int refusal, String code, int status, String afterwards) {
        AtomicBoolean decided = new AtomicBoolean();
        server.answerWith(request -> {
            boolean waits = !decided.get();
            if (request.line().startsWith("PUT")) {
                decided.set(true);
                request.answer(refusal, "{\"code\":\"" + code + "\"}");
            } else if (request.line().startsWith("GET /tasks?")) {
                request.answer(
                        200,
                        waits || afterwards.equals("READY")
                                ? "[{\"id\":\"t1\",\"taskType\":\"" + type + "\",\"approvalStatus\":\"READY\"}]"
                                : "[]");
            } else {
                request.answer(
                        waits ? 200 : status,
                        "{\"id\":\"t1\",\"approvalStatus\":\"" + (waits ? "READY" : afterwards) + "\"}");
            }
        });
    }

    @ParameterizedTest
    @CsvSource({
        "400,WFE_40006,200,APPROVED,ALREADY_APPROVED",
        "400,WFE_40006,200,REJECTED,ALREADY_REJECTED",
        "400,WFE_40007,200,APPROVED,ALREADY_APPROVED",
        "409,WFE_40007,200,APPROVING,ALREADY_APPROVED",
        "404,UAA-10003,200,REJECTING,ALREADY_REJECTED",
        "500,UAA-15004,200,APPROVED,ALREADY_APPROVED",
        "500,UAA-15004,404,none,UNKNOWN",
        "404,WFE_40003,404,none,UNKNOWN",
        "400,WFE_40006,404,none,UNKNOWN",
        "400,WFE_40005,200,READY,CLAIMED"
    })
    void afterARefusalTheTaskIsLookedAtAgain(
            int refusal, String code, int status, String afterwards, Approvals.Outcome outcome) throws Exception {
        task("SELF_REGISTER_USER", refusal, code, status, afterwards);

        assertThat(approvals.decide(TOKEN, "t1", false, "a reason")).isEqualTo(outcome);
        assertThat(server.requests())
                .filteredOn(request -> request.line().startsWith("PUT"))
                .hasSize(1);
    }

    @Test
    void aTaskThatStillWaitsAndIsNotAssignedToTheCallerIsNotTheCallersToDecide() {
        task("SELF_REGISTER_USER", 400, "WFE_40006", 200, "READY");

        assertThatThrownBy(() -> approvals.decide(TOKEN, "t1", true, "")).isInstanceOf(TokenRefusedException.class);
    }

    @Test
    void aServerThatFailsWhileTheTaskWaitsCannotBeAsked() {
        task("SELF_REGISTER_USER", 500, "UAA-15004", 200, "READY");

        assertThatThrownBy(() -> approvals.decide(TOKEN, "t1", true, "")).isInstanceOf(IdentityServerException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ADD_USER", "DELETE_USER", "ADD_ROLE", ""})
    void onlyRegistrationsAreListedAndDecided(String type) throws Exception {
        task(type, 200, "", 200, "APPROVED");

        assertThat(list(RegistrationStatus.PENDING)).isEmpty();
        assertThat(approvals.decide(TOKEN, "t1", true, "")).isEqualTo(Approvals.Outcome.UNKNOWN);
        assertThat(server.requests()).noneMatch(request -> request.line().startsWith("PUT"));
    }
}
