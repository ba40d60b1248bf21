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
    private static final int CONFLICT = 409;
    private static final int BAD_REQUEST = 400;

    /** Identity Server answers 400 to all of these, and tells them apart by code. */
    private static final String UNKNOWN_TASK = "WFE_40003";

    private static final String CLAIMED_BY_ANOTHER = "WFE_40005";
    private static final String NOT_ASSIGNED = "WFE_40006";
    private static final String ALREADY_DECIDED = "WFE_40007";
    private static final String NOT_CARRIED_OUT = "BKS_40901";

    private static final String COMPLETED = "COMPLETED";

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
        /** Somebody else was first. */
        ALREADY_DECIDED,
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
        URI address = URI.create(tasks + "?limit=" + MOST_TASKS + "&offset=0&operationType=SELF_REGISTER_USER"
                + statusParameters(status));
        Answer answer = accepted(http.get("GET /approval-tasks", address, authorization));
        JsonNode list = answer.json()
                .filter(JsonNode::isArray)
                .filter(json -> answer.isSuccess())
                .orElseThrow(
                        () -> new IdentityServerException("GET /approval-tasks returned status " + answer.status()));
        List<JsonNode> wanted = new ArrayList<>();
        for (JsonNode task : list) {
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
        return detail(authorization, approvalId).map(Approvals::statusOf);
    }

    /**
     * Decides. Not claimed before: Identity Server gives a claimed task a new id, and takes decisions without.
     *
     * @param reason for a rejection, may be empty
     * @throws TokenRefusedException   if the server does not take the token
     * @throws IdentityServerException if the server cannot be asked
     */
    public Outcome decide(String authorization, String approvalId, boolean approve, String reason)
            throws TokenRefusedException {
        Answer answer = putState(authorization, approvalId, approve, reason);
        if (answer.isSuccess()) {
            return Outcome.DONE;
        }
        if (answer.status() == NOT_FOUND) {
            return Outcome.UNKNOWN;
        }
        switch (answer.text("code")) {
            case UNKNOWN_TASK:
                return Outcome.UNKNOWN;
            case CLAIMED_BY_ANOTHER:
                return Outcome.CLAIMED;
            case ALREADY_DECIDED:
                return Outcome.ALREADY_DECIDED;
            case NOT_CARRIED_OUT:
                return Outcome.NOT_CARRIED_OUT;
            case NOT_ASSIGNED:
                throw new TokenRefusedException(false);
            default:
                break;
        }
        if (answer.status() == CONFLICT) {
            return Outcome.ALREADY_DECIDED;
        }
        if (answer.status() == BAD_REQUEST && !reason.isEmpty()) {
            // Identity Server's own API has no reason, and may refuse what it does not know.
            Outcome withoutReason = decide(authorization, approvalId, approve, "");
            return withoutReason == Outcome.DONE ? Outcome.DONE_WITHOUT_REASON : withoutReason;
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
                return RegistrationStatus.APPROVED;
            case "REJECTED":
            // The embedded server's, for what was approved and could not be carried out: no account comes of it.
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
