package com.books.bookstore.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.books.bookstore.registration.RegistrationPage;
import com.books.bookstore.registration.RegistrationRange;
import com.books.bookstore.registration.RegistrationRequest;
import com.books.bookstore.registration.RegistrationStatus;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tasks and workflow instances as Identity Server tells of them. The request is r1, its task t1. */
class ApprovalsTest {

    private static final String TOKEN = "Bearer of-an-administrator";

    private final StubServer server = new StubServer(request -> request.answer(404, ""));
    private final IdentityServerHttp http = new IdentityServerHttp(Duration.ofSeconds(5));
    private final Approvals approvals = new Approvals(
            http,
            server.address("/tasks"),
            new WorkflowInstances(
                    http,
                    new ServiceTokens(http, server.address("/token"), "client", "secret", "view", Clock.systemUTC()),
                    server.address("/instances")));

    @AfterEach
    void stop() {
        server.close();
    }

    private static String task(String type, String states) {
        return "{\"id\":\"t1\",\"requestId\":\"r1\",\"taskType\":\"" + type + "\"," + states
                + ",\"createdTimeInMillis\":\"1795372260000\"}";
    }

    /** What the server says of the task and the instance before a decision is sent, and then. */
    private void request(String task, String instance, int answer, String code, String taskThen, String instanceThen) {
        AtomicBoolean decided = new AtomicBoolean();
        server.answerWith(call -> {
            String line = call.line();
            if (line.startsWith("POST /token")) {
                call.answer(200, "{\"access_token\":\"service\",\"expires_in\":3600}");
            } else if (line.startsWith("PUT")) {
                decided.set(true);
                call.answer(answer, "{\"code\":\"" + code + "\"}");
            } else if (line.startsWith("GET /tasks?")) {
                call.answer(200, "[" + (decided.get() ? taskThen : task) + "]");
            } else if (line.startsWith("GET /instances/r1")) {
                String status = decided.get() ? instanceThen : instance;
                call.answer(
                        status.isEmpty() ? 404 : 200,
                        "{\"workflowInstanceId\":\"r1\",\"eventType\":\"SELF_REGISTER_USER\",\"status\":\"" + status
                                + "\"}");
            } else {
                call.answer(404, "{\"code\":\"UAA-10003\"}");
            }
        });
    }

    private static String ready(String type) {
        return task(type, "\"approvalStatus\":\"READY\"");
    }

    private static String ready() {
        return ready("SELF_REGISTER_USER");
    }

    private List<String> pending() throws TokenRefusedException {
        return approvals.list(TOKEN, RegistrationStatus.PENDING, from(20, 0)).requests().stream()
                .map(RegistrationRequest::approvalId)
                .collect(Collectors.toList());
    }

    private void nothingIsSent() {
        assertThat(server.requests()).noneMatch(call -> call.line().startsWith("PUT"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"approvalStatus\":\"READY\"",
                "\"approvalStatus\":\"RESERVED\"",
                "\"approvalStatus\":\"BLOCKED\"",
                "\"approvalStatus\":\"PENDING\"",
                "\"status\":\"READY\""
            })
    void whatWaitsIsKnownByTheIdOfItsRequest(String states) throws Exception {
        request(task("SELF_REGISTER_USER", states), "PENDING", 200, "", "", "APPROVED");

        assertThat(pending()).containsExactly("r1");
        assertThat(server.requests().get(0).line())
                .endsWith("&operationType=SELF_REGISTER_USER&status=READY&status=RESERVED&status=BLOCKED");
        assertThat(approvals.decide(TOKEN, "r1", true, "")).isEqualTo(Approvals.Outcome.DONE);
        assertThat(server.requests()).extracting(StubServer.Request::line).contains("PUT /tasks/t1/state");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"approvalStatus\":\"ESCALATED\"",
                "\"approvalStatus\":\"APPROVED\"",
                "\"status\":\"COMPLETED\"",
                "\"subject\":\"none\""
            })
    void whatIsNotSaidToWaitIsNeitherListedNorDecided(String states) throws Exception {
        request(task("SELF_REGISTER_USER", states), "PENDING", 200, "", "", "APPROVED");

        assertThat(pending()).isEmpty();
        assertThat(approvals.decide(TOKEN, "r1", true, "")).isEqualTo(Approvals.Outcome.CLAIMED);
        nothingIsSent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ADD_USER", "DELETE_USER", "ADD_ROLE", ""})
    void onlyRegistrationsAreListedAndDecided(String type) throws Exception {
        request(ready(type), "", 200, "", "", "APPROVED");

        assertThat(pending()).isEmpty();
        assertThat(approvals.decide(TOKEN, "r1", true, "")).isEqualTo(Approvals.Outcome.UNKNOWN);
        nothingIsSent();
    }

    @Test
    void aTaskWhoseTypeTheServerDoesNotTellIsNotTakenForARegistration() throws Exception {
        request(ready().replace("\"taskType\":\"SELF_REGISTER_USER\",", ""), "", 200, "", "", "");

        assertThat(pending()).isEmpty();
        assertThat(approvals.decide(TOKEN, "r1", true, "")).isEqualTo(Approvals.Outcome.UNKNOWN);
        nothingIsSent();
    }

    @Test
    void anInstanceOfAnotherOperationIsNoRegistration() throws Exception {
        server.answerWith(call -> call.answer(
                200,
                call.line().startsWith("GET /tasks")
                        ? "[]"
                        : "{\"access_token\":\"service\",\"eventType\":\"ADD_USER\",\"status\":\"APPROVED\"}"));

        assertThat(approvals.decide(TOKEN, "r1", true, "")).isEqualTo(Approvals.Outcome.UNKNOWN);
    }

    @ParameterizedTest
    @CsvSource({
        "APPROVED,ALREADY_APPROVED",
        "REJECTED,ALREADY_REJECTED",
        "FAILED,ALREADY_FAILED",
        "ABORTED,ALREADY_FAILED",
        "PENDING,CLAIMED",
        "'',UNKNOWN"
    })
    void whatDoesNotWaitForTheCallerSaysWhereItStands(String instance, Approvals.Outcome outcome) throws Exception {
        request("", instance, 200, "", "", instance);

        assertThat(approvals.decide(TOKEN, "r1", true, "")).isEqualTo(outcome);
        nothingIsSent();
    }

    /** Identity Server's engine has no lock, and answers 200 whatever its workflow component makes of a decision. */
    @ParameterizedTest
    @CsvSource({
        "true,APPROVED,DONE",
        "true,PENDING,DONE",
        "true,'',DONE",
        "true,FAILED,NOT_CARRIED_OUT",
        "true,REJECTED,ALREADY_REJECTED",
        "false,REJECTED,DONE",
        "false,APPROVED,ALREADY_APPROVED",
        "false,FAILED,ALREADY_FAILED"
    })
    void theInstanceSaysHowADecisionEnded(boolean approve, String instance, Approvals.Outcome outcome)
            throws Exception {
        // The task shows the caller's own decision, also if another one was carried out.
        request(
                ready(),
                "PENDING",
                200,
                "",
                task("SELF_REGISTER_USER", "\"approvalStatus\":\"" + (approve ? "APPROVED" : "REJECTED") + "\""),
                instance);

        assertThat(approvals.decide(TOKEN, "r1", approve, "")).isEqualTo(outcome);
    }

    @ParameterizedTest
    @CsvSource({
        "400,WFE_40006,APPROVED,ALREADY_APPROVED",
        "400,WFE_40006,REJECTED,ALREADY_REJECTED",
        "400,WFE_40007,APPROVED,ALREADY_APPROVED",
        "409,WFE_40007,FAILED,ALREADY_FAILED",
        "404,UAA-10003,REJECTED,ALREADY_REJECTED",
        "500,UAA-15004,APPROVED,ALREADY_APPROVED",
        "500,UAA-15004,'',UNKNOWN",
        "404,WFE_40003,'',UNKNOWN",
        "400,WFE_40006,'',UNKNOWN",
        "400,WFE_40006,PENDING,CLAIMED"
    })
    void afterARefusalTheRegistrationIsLookedAtAgain(
            int refusal, String code, String instance, Approvals.Outcome outcome) throws Exception {
        request(ready(), "PENDING", refusal, code, "", instance);

        assertThat(approvals.decide(TOKEN, "r1", false, "a reason")).isEqualTo(outcome);
        assertThat(server.requests())
                .filteredOn(call -> call.line().startsWith("PUT"))
                .hasSize(1);
    }

    /** The loser's task says the contrary of what became of the registration, while the winner's decision is carried out. */
    @Test
    void theLosersOwnTaskDoesNotCount() throws Exception {
        request(ready(), "PENDING", 500, "UAA-15004", ready(), "APPROVED");

        assertThat(approvals.decide(TOKEN, "r1", false, "")).isEqualTo(Approvals.Outcome.ALREADY_APPROVED);
    }

    @Test
    void whatAnotherHasReservedIsClaimed() throws Exception {
        request(ready(), "PENDING", 400, "WFE_40005", ready(), "PENDING");

        assertThat(approvals.decide(TOKEN, "r1", true, "")).isEqualTo(Approvals.Outcome.CLAIMED);
    }

    @Test
    void aTaskThatStillWaitsAndIsNotAssignedToTheCallerIsNotTheCallersToDecide() {
        request(ready(), "PENDING", 400, "WFE_40006", ready(), "PENDING");

        assertThatThrownBy(() -> approvals.decide(TOKEN, "r1", true, "")).isInstanceOf(TokenRefusedException.class);
    }

    @Test
    void aServerThatFailsWhileTheTaskWaitsCannotBeAsked() {
        request(ready(), "PENDING", 500, "UAA-15004", ready(), "PENDING");

        assertThatThrownBy(() -> approvals.decide(TOKEN, "r1", true, "")).isInstanceOf(IdentityServerException.class);
    }

    @Test
    void aDecisionIsDoneAlsoIfItsOutcomeIsUnknown() throws Exception {
        server.answerWith(call -> {
            if (call.line().startsWith("POST /token")) {
                call.answer(500, "");
            } else {
                call.answer(200, call.line().startsWith("GET /tasks?") ? "[" + ready() + "]" : "{}");
            }
        });

        assertThat(approvals.decide(TOKEN, "r1", true, "")).isEqualTo(Approvals.Outcome.DONE);
        assertThat(new Approvals(http, server.address("/tasks"), null).decide(TOKEN, "r1", true, ""))
                .isEqualTo(Approvals.Outcome.DONE);
    }

    @Test
    void decidedRegistrationsAreThoseOfAllAdministrators() throws Exception {
        server.answerWith(call -> {
            if (call.line().startsWith("POST /token")) {
                call.answer(200, "{\"access_token\":\"service\",\"expires_in\":3600}");
            } else if (call.line().contains("?")) {
                call.answer(
                        200,
                        "{\"totalResults\":12,\"instances\":[{\"workflowInstanceId\":\"r1\"},"
                                + "{\"workflowInstanceId\":\"gone\",\"createdAt\":\"2026-11-22 18:31:00.0\"}]}");
            } else {
                call.answer(
                        call.line().endsWith("/r1") ? 200 : 404,
                        "{\"workflowInstanceId\":\"r1\",\"createdAt\":\"2026-11-22T18:31:00Z\","
                                + "\"updatedAt\":\"2026-11-23T08:00:00.5Z\",\"properties\":["
                                + "{\"key\":\"Username\",\"value\":\"a@b.cd\"},{\"key\":\"First Name\",\"value\":\"A\"}]}");
            }
        });

        RegistrationPage page = approvals.list(TOKEN, RegistrationStatus.FAILED, from(10, 10));

        assertThat(page.total()).isEqualTo(12);
        assertThat(page.next()).isEmpty();
        assertThat(page.requests().get(0)).satisfies(request -> {
            assertThat(request.approvalId()).isEqualTo("r1");
            assertThat(request.status()).isEqualTo(RegistrationStatus.FAILED);
            assertThat(request.email()).contains("a@b.cd");
            assertThat(request.givenName()).contains("A");
            assertThat(request.requestedAt()).contains(Instant.parse("2026-11-22T18:31:00Z"));
            assertThat(request.decision().at()).contains(Instant.parse("2026-11-23T08:00:00.5Z"));
            assertThat(request.decision().by()).isEmpty();
            assertThat(request.decision().reason()).isEmpty();
        });
        assertThat(page.requests().get(1)).satisfies(erased -> {
            assertThat(erased.approvalId()).isEqualTo("gone");
            assertThat(erased.email()).isEmpty();
            assertThat(erased.requestedAt()).isEmpty();
        });
        assertThat(server.requests())
                .extracting(StubServer.Request::line)
                .contains("GET /instances?limit=10&offset=10"
                        + "&filter=operationType+eq+SELF_REGISTER_USER+and+status+eq+FAILED");
    }

    @Test
    void decidedRegistrationsGoOnFromTheOffsetThatAPageEndedWith() throws Exception {
        server.answerWith(call -> call.answer(
                call.line().contains("/instances/") ? 404 : 200,
                "{\"access_token\":\"service\",\"totalResults\":13,\"instances\":[{\"workflowInstanceId\":\"r1\"}]}"));

        assertThat(approvals
                        .list(TOKEN, RegistrationStatus.APPROVED, new RegistrationRange(1, 0, 10, ""))
                        .next())
                .contains("[11]");
        assertThat(server.requests())
                .extracting(StubServer.Request::line)
                .anySatisfy(line -> assertThat(line).startsWith("GET /instances?limit=1&offset=10&"));
    }

    /** Newest first, as Identity Server lists them. Some are decided, and others arrive, between two pages. */
    @Test
    void pagesOfWaitingRegistrationsHaveEachOnceWhileTheyComeAndGo() throws Exception {
        List<Integer> waiting = new ArrayList<>(List.of(9, 8, 7, 6, 5, 4, 3));
        server.answerWith(call -> call.answer(
                call.line().contains("?") ? 200 : 404,
                waiting.stream()
                        .map(i -> "{\"id\":\"t" + i + "\",\"requestId\":\"r" + i
                                + "\",\"taskType\":\"SELF_REGISTER_USER\",\"approvalStatus\":\"READY\","
                                + "\"createdTimeInMillis\":\"" + i + "\"}")
                        .collect(Collectors.joining(",", "[", "]"))));

        RegistrationPage first = approvals.list(TOKEN, RegistrationStatus.PENDING, from(2, 0));
        assertThat(first.next()).contains("[8,\"r8\"]");
        waiting.add(0, 10);
        RegistrationPage second =
                approvals.list(TOKEN, RegistrationStatus.PENDING, new RegistrationRange(2, 0, 8, "r8"));
        assertThat(second.next()).contains("[6,\"r6\"]");
        waiting.removeAll(List.of(6, 9));
        RegistrationPage third =
                approvals.list(TOKEN, RegistrationStatus.PENDING, new RegistrationRange(3, 0, 6, "r6"));

        assertThat(third.next()).isEmpty();
        assertThat(Stream.of(first, second, third)
                        .flatMap(page -> page.requests().stream())
                        .map(RegistrationRequest::approvalId))
                .containsExactly("r9", "r8", "r7", "r6", "r5", "r4", "r3");
    }

    private static RegistrationRange from(int limit, int offset) {
        return new RegistrationRange(limit, offset, 0, "");
    }

    /** Servers add to it what a page holds. */
    @Test
    void noOffsetIsSentThatServersCannotComputeWith() throws Exception {
        server.answerWith(
                call -> call.answer(200, "{\"access_token\":\"service\",\"totalResults\":3,\"instances\":[]}"));

        RegistrationPage page =
                approvals.list(TOKEN, RegistrationStatus.REJECTED, new RegistrationRange(100, 0, Long.MAX_VALUE, ""));

        assertThat(page.requests()).isEmpty();
        assertThat(page.total()).isEqualTo(3);
        assertThat(server.requests())
                .extracting(StubServer.Request::line)
                .anySatisfy(line -> assertThat(line).startsWith("GET /instances?limit=100&offset=100000000&"));
    }

    @Test
    void aServerThatShowsNoInstancesIsNotTakenForAnEmptyList() {
        server.answerWith(call ->
                call.answer(call.line().startsWith("POST /token") ? 200 : 403, "{\"access_token\":\"service\"}"));

        assertThatThrownBy(() -> approvals.list(TOKEN, RegistrationStatus.APPROVED, from(20, 0)))
                .isInstanceOf(IdentityServerException.class);
        assertThatThrownBy(() -> new Approvals(http, server.address("/tasks"), null)
                        .list(TOKEN, RegistrationStatus.APPROVED, from(20, 0)))
                .isInstanceOf(IdentityServerException.class)
                .hasMessageContaining("BOOKSTORE_WORKFLOW_INSTANCES_URL");
    }
}
