package com.books.bookstore.identity;

import com.books.bookstore.identity.IdentityServerHttp.Answer;
import com.books.bookstore.json.Json;
import com.books.bookstore.registration.RegistrationRequest;
import com.books.bookstore.registration.RegistrationStatus;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The approval tasks of Identity Server 7.2 ({@code /api/users/v2/me/approval-tasks}), asked with an administrator's own token: the server
 * shows and lets decide what that administrator may. Thread-safe.
 */
public final class Approvals {

    /** The server counts nothing, so all summaries are read, newest first, up to so many. */
    static final int MOST_TASKS = 1000;

    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int BAD_REQUEST = 400;

    /** Identity Server answers 400 to all of these, and tells them apart by code. */
    private static final String UNKNOWN_TASK = "WFE_40003";

    private static final String CLAIMED_BY_ANOTHER = "WFE_40005";
    /** With its decision a task becomes the decider's: for all others this may mean that it has been decided. */
    private static final String NOT_ASSIGNED = "WFE_40006";

    private static final String ALREADY_DECIDED = "WFE_40007";
    private static final String NOT_CARRIED_OUT = "BKS_40901";

    private static final Set<String> ENGINE_CODES =
            Set.of(UNKNOWN_TASK, CLAIMED_BY_ANOTHER, NOT_ASSIGNED, ALREADY_DECIDED);

    private static final String COMPLETED = "COMPLETED";

    /** Identity Server 7.2 lists the tasks of all operations, whatever it is asked for. */
    private static final String REGISTRATION = "SELF_REGISTER_USER";

    private static final String CLAIMS = "http://wso2.org/claims/";
    /** Identity Server names claims by what its console shows, the embedded server by their URI. */
    private static final Set<String> EMAIL = Set.of(CLAIMS + "emailaddress", "email", "email address");

    private static final Set<String> GIVEN_NAME = Set.of(CLAIMS + "givenname", "first name", "given name");
    private static final Set<String> FAMILY_NAME = Set.of(CLAIMS + "lastname", "last name", "family name");
    private static final Set<String> USER_NAME = Set.of("username", "user name");

    /** What became of a decision. */
    public enum Outcome {
        DONE,
        /** Done, but the server has no place for the reason. */
        DONE_WITHOUT_REASON,
        UNKNOWN,
        /** Another decision was first. */
        ALREADY_APPROVED,
        ALREADY_REJECTED,
        /** Another administrator has reserved it. */
        CLAIMED,
        /** Approved, but the account could not be made. */
        NOT_CARRIED_OUT
    }

    private final IdentityServerHttp http;
    private final String tasks;

    /** @param tasks the address of the list of tasks */
    public Approvals(IdentityServerHttp http, URI tasks) {
        this.http = http;
        this.tasks = tasks.toString().replaceAll("/+$", "");
    }

    /** One part of a list, and how long the whole is. Immutable. */
    public static final class Page {

        private final List<RegistrationRequest> requests;
        private final int total;

        private Page(List<RegistrationRequest> requests, int total) {
            this.requests = List.copyOf(requests);
            this.total = total;
        }

        public List<RegistrationRequest> requests() {
            return requests;
        }

        public int total() {
            return total;
        }
    }

    /**
     * Requests for accounts in one state, newest first. Asks once for the list, and once for each request of the page.
     *
     * @param authorization the administrator's Authorization header
     * @throws TokenRefusedException   if the server does not take it
     * @throws IdentityServerException if the server cannot be asked
     */
    public Page list(String authorization, RegistrationStatus status, int limit, int offset)
            throws TokenRefusedException {
        List<JsonNode> wanted = new ArrayList<>();
        for (JsonNode task : summaries(authorization, status)) {
            if (status == (isDecided(task) ? decision(authorization, task) : statusOf(task))) {
                wanted.add(task);
            }
        }
        List<RegistrationRequest> page = new ArrayList<>();
        for (JsonNode task :
                wanted.subList(Math.min(offset, wanted.size()), (int) Math.min((long) offset + limit, wanted.size()))) {
            String id = task.path("id").asText();
            // A task that went away in the meantime is shown by what the list said of it.
            JsonNode detail = detail(authorization, id).orElse(task);
            page.add(request(id, status, task, detail.path("properties")));
        }
        return new Page(page, wanted.size());
    }

    /** The registrations among the administrator's tasks. */
    private List<JsonNode> summaries(String authorization, RegistrationStatus status) throws TokenRefusedException {
        URI address = URI.create(
                tasks + "?limit=" + MOST_TASKS + "&offset=0&operationType=" + REGISTRATION + statusParameters(status));
        Answer answer = accepted(http.get("GET /approval-tasks", address, authorization));
        JsonNode list = answer.json()
                .filter(JsonNode::isArray)
                .filter(json -> answer.isSuccess())
                .orElseThrow(
                        () -> new IdentityServerException("GET /approval-tasks returned status " + answer.status()));
        List<JsonNode> registrations = new ArrayList<>();
        for (JsonNode task : list) {
            if (isRegistration(task)) {
                registrations.add(task);
            }
        }
        return registrations;
    }

    private static boolean isRegistration(JsonNode task) {
        return REGISTRATION.equals(task.path("taskType").asText());
    }

    /**
     * The engine of Identity Server 7.2 knows the states READY, RESERVED, BLOCKED, APPROVED and REJECTED, and answers what has one of
     * those that are asked for; the definition of its API has COMPLETED for the last two. What others have reserved waits, too.
     */
    private static String statusParameters(RegistrationStatus status) {
        return status == RegistrationStatus.PENDING
                ? "&status=READY&status=RESERVED&status=BLOCKED"
                : "&status=" + status.name() + "&status=" + COMPLETED;
    }

    /** Whether a summary says only that, and not how. */
    private static boolean isDecided(JsonNode task) {
        return COMPLETED.equals(state(task));
    }

    /** How a task was decided, of which the summary does not tell; null if it went away in the meantime. */
    private RegistrationStatus decision(String authorization, JsonNode summary) throws TokenRefusedException {
        return detail(authorization, summary.path("id").asText())
                .map(Approvals::statusOf)
                .orElse(null);
    }

    /**
     * Where a request stands, or nothing if there is none that the administrator may see.
     *
     * @throws TokenRefusedException   if the server does not take the token
     * @throws IdentityServerException if the server cannot be asked
     */
    public Optional<RegistrationStatus> status(String authorization, String approvalId) throws TokenRefusedException {
        Optional<JsonNode> detail = detail(authorization, approvalId);
        if (detail.isEmpty()) {
            return Optional.empty();
        }
        RegistrationStatus status = statusOf(detail.get());
        return isRegistration(authorization, detail.get(), approvalId, status) ? Optional.of(status) : Optional.empty();
    }

    /** Identity Server tells what kind of task it is in its list only. There are the tasks that wait, and those that the administrator decided. */
    private boolean isRegistration(String authorization, JsonNode detail, String id, RegistrationStatus status)
            throws TokenRefusedException {
        if (detail.has("taskType")) {
            return isRegistration(detail);
        }
        return status != RegistrationStatus.PENDING
                || summaries(authorization, status).stream()
                        .anyMatch(task -> id.equals(task.path("id").asText()));
    }

    /**
     * Decides on a registration that waits, and on no other kind of task. Not claimed before: Identity Server gives a claimed task a new id,
     * and takes decisions without.
     *
     * @param reason for a rejection, may be empty
     * @throws TokenRefusedException   if the server does not take the token
     * @throws IdentityServerException if the server cannot be asked
     */
    public Outcome decide(String authorization, String approvalId, boolean approve, String reason)
            throws TokenRefusedException {
        // Asked first, because Identity Server decides on tasks of every kind and fails when it does not know one.
        Optional<RegistrationStatus> status = status(authorization, approvalId);
        return status.equals(Optional.of(RegistrationStatus.PENDING))
                ? put(authorization, approvalId, approve, reason)
                : without(status);
    }

    /** What a registration that does not wait says to those who want to decide on it. */
    private static Outcome without(Optional<RegistrationStatus> status) {
        return status.map(decided ->
                        decided == RegistrationStatus.APPROVED ? Outcome.ALREADY_APPROVED : Outcome.ALREADY_REJECTED)
                .orElse(Outcome.UNKNOWN);
    }

    private Outcome put(String authorization, String approvalId, boolean approve, String reason)
            throws TokenRefusedException {
        Answer answer = putState(authorization, approvalId, approve, reason);
        if (answer.isSuccess()) {
            return Outcome.DONE;
        }
        String code = answer.text("code");
        if (code.equals(NOT_CARRIED_OUT)) {
            return Outcome.NOT_CARRIED_OUT;
        }
        if (answer.status() == BAD_REQUEST && !reason.isEmpty() && !ENGINE_CODES.contains(code)) {
            // Identity Server's own API has no reason, and may refuse what it does not know.
            Outcome withoutReason = put(authorization, approvalId, approve, "");
            return withoutReason == Outcome.DONE ? Outcome.DONE_WITHOUT_REASON : withoutReason;
        }
        // The server says in several ways that another decision was first, and fails when the task is gone: look again.
        Optional<RegistrationStatus> now = status(authorization, approvalId);
        if (!now.equals(Optional.of(RegistrationStatus.PENDING))) {
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

    private Answer putState(String authorization, String approvalId, boolean approve, String reason)
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
                URI.create(tasks + "/" + approvalId + "/state"),
                authorization,
                "application/json",
                state));
    }

    private Optional<JsonNode> detail(String authorization, String id) throws TokenRefusedException {
        Answer answer = accepted(http.get("GET /approval-tasks/{id}", URI.create(tasks + "/" + id), authorization));
        if (answer.status() == NOT_FOUND || UNKNOWN_TASK.equals(answer.text("code"))) {
            return Optional.empty();
        }
        if (!answer.isSuccess()) {
            throw new IdentityServerException("GET /approval-tasks/{id} returned status " + answer.status());
        }
        return answer.json();
    }

    private static Answer accepted(Answer answer) throws TokenRefusedException {
        if (answer.status() == UNAUTHORIZED || answer.status() == FORBIDDEN) {
            throw new TokenRefusedException(answer.status() == UNAUTHORIZED);
        }
        return answer;
    }

    /** The engine's field, else that of the API's definition. */
    private static String state(JsonNode task) {
        return task.path("approvalStatus").asText(task.path("status").asText());
    }

    /** @throws IdentityServerException for a state that is none of Identity Server's: it may mean anything, so nothing is decided on it */
    private static RegistrationStatus statusOf(JsonNode task) {
        String state = state(task);
        switch (state) {
            case "READY":
            case "RESERVED":
            case "BLOCKED":
            case "PENDING":
                return RegistrationStatus.PENDING;
            case "APPROVED":
            // The embedded server's, while a decision is carried out.
            case "APPROVING":
                return RegistrationStatus.APPROVED;
            case "REJECTED":
            case "REJECTING":
            // The embedded server's, for an approved registration whose account could not be created.
            case "FAILED":
                return RegistrationStatus.REJECTED;
            default:
                throw new IdentityServerException("An approval task has an unknown state: "
                        + (state.matches("[A-Za-z_]{1,30}") ? state : "(none)"));
        }
    }

    private static RegistrationRequest request(
            String id, RegistrationStatus status, JsonNode task, JsonNode properties) {
        long created = task.path("createdTimeInMillis").asLong(0);
        String email = property(properties, EMAIL);
        return new RegistrationRequest(
                id,
                status,
                created > 0 ? Instant.ofEpochMilli(created) : null,
                email != null ? email : property(properties, USER_NAME),
                property(properties, GIVEN_NAME),
                property(properties, FAMILY_NAME));
    }

    private static String property(JsonNode properties, Set<String> names) {
        for (JsonNode property : properties) {
            if (names.contains(property.path("key").asText().toLowerCase(Locale.ROOT))) {
                String value = property.path("value").asText();
                return value.isEmpty() ? null : value;
            }
        }
        return null;
    }
}
