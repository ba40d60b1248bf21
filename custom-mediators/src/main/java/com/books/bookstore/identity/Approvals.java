package com.books.bookstore.identity;

import com.books.bookstore.identity.IdentityServerHttp.Answer;
import com.books.bookstore.json.Json;
import com.books.bookstore.registration.RegistrationDecision;
import com.books.bookstore.registration.RegistrationPage;
import com.books.bookstore.registration.RegistrationRange;
import com.books.bookstore.registration.RegistrationRequest;
import com.books.bookstore.registration.RegistrationStatus;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Registrations that wait for an administrator, and decisions on them: the approval tasks of Identity Server 7.2
 * ({@code /api/users/v2/me/approval-tasks}), asked with the administrator's own token, so that the server shows and lets decide what that
 * administrator may. Registrations are known by the id of their request, which is the same for every administrator; a task's id changes
 * when it is claimed or decided. How a decision ended says the workflow instance, never a task: Identity Server's engine has no lock, so of
 * two administrators who decide at once each may have a task with their own decision. Thread-safe.
 */
public final class Approvals {

    /** The server counts nothing, so all summaries are read, newest first, up to so many. */
    static final int MOST_TASKS = 1000;

    private static final Log LOG = LogFactory.getLog(Approvals.class);

    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int BAD_REQUEST = 400;

    /** Identity Server answers 400 to all of these, and tells them apart by code. */
    private static final String UNKNOWN_TASK = "WFE_40003";

    private static final String CLAIMED_BY_ANOTHER = "WFE_40005";
    private static final String NOT_ASSIGNED = "WFE_40006";
    private static final String ALREADY_DECIDED = "WFE_40007";

    private static final Set<String> ENGINE_CODES =
            Set.of(UNKNOWN_TASK, CLAIMED_BY_ANOTHER, NOT_ASSIGNED, ALREADY_DECIDED);

    /** What others have reserved waits, too. PENDING is what the definition of the API has. */
    private static final Set<String> WAITING = Set.of("READY", "RESERVED", "BLOCKED", "PENDING");

    /** Identity Server 7.2 lists the tasks of all operations, whatever it is asked for. */
    private static final String REGISTRATION = "SELF_REGISTER_USER";

    /** What became of a decision. */
    public enum Outcome {
        DONE,
        /** Done, but the server has no place for the reason. */
        DONE_WITHOUT_REASON,
        UNKNOWN,
        /** Another decision was first. */
        ALREADY_APPROVED,
        ALREADY_REJECTED,
        /** The registration ended without an account before. */
        ALREADY_FAILED,
        /** Another administrator has reserved it, or decides on it now. */
        CLAIMED,
        /** Approved, but the account could not be made. */
        NOT_CARRIED_OUT
    }

    private final IdentityServerHttp http;
    private final String tasks;
    private final Optional<WorkflowInstances> instances;

    /**
     * @param tasks     the address of the list of tasks
     * @param instances where registrations stand; null if that may not be read
     */
    public Approvals(IdentityServerHttp http, URI tasks, WorkflowInstances instances) {
        this.http = http;
        this.tasks = BaseAddress.of(tasks);
        this.instances = Optional.ofNullable(instances);
    }

    /**
     * Registrations in one state, newest first: those that wait and that the administrator may decide, or those that any administrator
     * decided. Asks once for the list, and once for each registration of the page.
     *
     * @param authorization the administrator's Authorization header
     * @throws TokenRefusedException   if the server does not take it
     * @throws IdentityServerException if the server cannot be asked, or does not tell of decided registrations
     */
    public RegistrationPage list(String authorization, RegistrationStatus status, RegistrationRange range)
            throws TokenRefusedException {
        return status == RegistrationStatus.PENDING
                ? waiting(authorization, range)
                : instances
                        .orElseThrow(() -> new IdentityServerException(
                                "Decided registrations are not known. Set BOOKSTORE_WORKFLOW_INSTANCES_URL"))
                        .list(status, range);
    }

    private RegistrationPage waiting(String authorization, RegistrationRange range) throws TokenRefusedException {
        List<JsonNode> waiting = waiting(authorization);
        int start = Math.min(start(waiting, range), waiting.size());
        int end = Math.min(start + range.limit(), waiting.size());
        List<RegistrationRequest> page = new ArrayList<>();
        for (JsonNode task : waiting.subList(start, end)) {
            Answer detail = accepted(http.get(
                    "GET /approval-tasks/{id}",
                    URI.create(tasks + "/" + task.path("id").asText()),
                    authorization));
            // A task that went away in the meantime is shown by what the list said of it.
            page.add(new RequestProperties(
                            detail.json().filter(json -> detail.isSuccess()).orElse(task))
                    .request(requestId(task), RegistrationStatus.PENDING, createdAt(task), RegistrationDecision.NONE));
        }
        return new RegistrationPage(page, waiting.size(), end < waiting.size() ? place(waiting.get(end - 1)) : null);
    }

    /** What follows the registration of the place, also if that was decided: newest first, those made before it. */
    private static int start(List<JsonNode> waiting, RegistrationRange range) {
        if (range.place() == 0) {
            return range.offset();
        }
        for (int i = 0; i < waiting.size(); i++) {
            if (range.registration().equals(requestId(waiting.get(i)))) {
                return i + 1;
            }
        }
        int start = 0;
        while (start < waiting.size() && created(waiting.get(start)) >= range.place()) {
            start++;
        }
        return start;
    }

    private static String place(JsonNode task) {
        return Json.write(json -> {
            json.writeStartArray();
            json.writeNumber(Math.max(1, created(task)));
            json.writeString(requestId(task));
            json.writeEndArray();
        });
    }

    private static long created(JsonNode task) {
        return task.path("createdTimeInMillis").asLong(0);
    }

    private static Instant createdAt(JsonNode task) {
        long created = created(task);
        return created > 0 ? Instant.ofEpochMilli(created) : null;
    }

    /** The registrations that wait among the administrator's tasks. */
    private List<JsonNode> waiting(String authorization) throws TokenRefusedException {
        URI address = URI.create(tasks + "?limit=" + MOST_TASKS + "&offset=0&operationType=" + REGISTRATION
                + "&status=READY&status=RESERVED&status=BLOCKED");
        Answer answer = accepted(http.get("GET /approval-tasks", address, authorization));
        JsonNode list = answer.json()
                .filter(JsonNode::isArray)
                .filter(json -> answer.isSuccess())
                .orElseThrow(
                        () -> new IdentityServerException("GET /approval-tasks returned status " + answer.status()));
        List<JsonNode> registrations = new ArrayList<>();
        for (JsonNode task : list) {
            if (REGISTRATION.equals(task.path("taskType").asText())
                    && !requestId(task).isEmpty()
                    && waits(task)) {
                registrations.add(task);
            }
        }
        return registrations;
    }

    /** The engine's field, else that of the API's definition. A state that is neither may mean anything, so nothing is decided on it. */
    private static boolean waits(JsonNode task) {
        return WAITING.contains(
                task.path("approvalStatus").asText(task.path("status").asText()));
    }

    private static String requestId(JsonNode task) {
        return task.path("requestId").asText();
    }

    private Optional<String> waitingTask(String authorization, String requestId) throws TokenRefusedException {
        return waiting(authorization).stream()
                .filter(task -> requestId.equals(requestId(task)))
                .map(task -> task.path("id").asText())
                .findFirst();
    }

    /**
     * Decides on a registration that waits, and on no other kind of task. Not claimed before: Identity Server takes decisions without.
     *
     * @param requestId as in the lists
     * @param reason    for a rejection, may be empty
     * @throws TokenRefusedException   if the server does not take the token
     * @throws IdentityServerException if the server cannot be asked
     */
    public Outcome decide(String authorization, String requestId, boolean approve, String reason)
            throws TokenRefusedException {
        Optional<String> task = waitingTask(authorization, requestId);
        return task.isPresent()
                ? put(authorization, task.get(), requestId, approve, reason)
                : without(instances.flatMap(known -> known.status(requestId)));
    }

    /** What a registration says that does not wait for this administrator. */
    private static Outcome without(Optional<RegistrationStatus> status) {
        if (status.isEmpty()) {
            return Outcome.UNKNOWN;
        }
        switch (status.get()) {
            case APPROVED:
                return Outcome.ALREADY_APPROVED;
            case REJECTED:
                return Outcome.ALREADY_REJECTED;
            case FAILED:
                return Outcome.ALREADY_FAILED;
            default:
                return Outcome.CLAIMED;
        }
    }

    private Outcome put(String authorization, String task, String requestId, boolean approve, String reason)
            throws TokenRefusedException {
        Answer answer = putState(authorization, task, approve, reason);
        if (answer.isSuccess()) {
            return outcome(requestId, approve);
        }
        String code = answer.text("code");
        if (answer.status() == BAD_REQUEST && !reason.isEmpty() && !ENGINE_CODES.contains(code)) {
            // Identity Server's own API has no reason, and may refuse what it does not know.
            Outcome withoutReason = put(authorization, task, requestId, approve, "");
            return withoutReason == Outcome.DONE ? Outcome.DONE_WITHOUT_REASON : withoutReason;
        }
        // The server says in several ways that another decision was first, and fails when the task is gone: look again.
        Optional<RegistrationStatus> now = known(requestId);
        boolean waits = waitingTask(authorization, requestId).isPresent();
        if (!waits || now.filter(status -> status != RegistrationStatus.PENDING).isPresent()) {
            return without(now);
        }
        if (code.equals(CLAIMED_BY_ANOTHER)) {
            return Outcome.CLAIMED;
        }
        if (code.equals(NOT_ASSIGNED)) {
            throw new TokenRefusedException(false);
        }
        throw new IdentityServerException("PUT /approval-tasks/{id}/state returned status " + answer.status());
    }

    /** The engine answers 200 also when the account could not be created, and may answer it to the second of two administrators. */
    private Outcome outcome(String requestId, boolean approve) {
        RegistrationStatus wanted = approve ? RegistrationStatus.APPROVED : RegistrationStatus.REJECTED;
        // In a workflow of several steps it still waits.
        RegistrationStatus now = known(requestId)
                .filter(status -> status != RegistrationStatus.PENDING)
                .orElse(wanted);
        if (now == wanted) {
            return Outcome.DONE;
        }
        return approve && now == RegistrationStatus.FAILED ? Outcome.NOT_CARRIED_OUT : without(Optional.of(now));
    }

    /** Where the registration stands; nothing also if that cannot be asked: the decision has been sent anyway. */
    private Optional<RegistrationStatus> known(String requestId) {
        try {
            return instances.flatMap(known -> known.status(requestId));
        } catch (IdentityServerException e) {
            LOG.warn("Could not read how a decision on a registration ended. " + e.getMessage());
            return Optional.empty();
        }
    }

    private Answer putState(String authorization, String task, boolean approve, String reason)
            throws TokenRefusedException {
        String state = Json.write(json -> {
            json.writeStartObject();
            json.writeStringField("action", approve ? "APPROVE" : "REJECT");
            if (!reason.isEmpty()) {
                json.writeStringField("reason", reason);
            }
            json.writeEndObject();
        });
        return accepted(http.put(
                "PUT /approval-tasks/{id}/state",
                URI.create(tasks + "/" + task + "/state"),
                authorization,
                "application/json",
                state));
    }

    private static Answer accepted(Answer answer) throws TokenRefusedException {
        if (answer.status() == UNAUTHORIZED || answer.status() == FORBIDDEN) {
            throw new TokenRefusedException(answer.status() == UNAUTHORIZED);
        }
        return answer;
    }
}
