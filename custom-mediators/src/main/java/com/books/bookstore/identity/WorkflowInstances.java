package com.books.bookstore.identity;

import com.books.bookstore.identity.IdentityServerHttp.Answer;
import com.books.bookstore.registration.RegistrationDecision;
import com.books.bookstore.registration.RegistrationPage;
import com.books.bookstore.registration.RegistrationRange;
import com.books.bookstore.registration.RegistrationRequest;
import com.books.bookstore.registration.RegistrationStatus;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The requests that wait for approval and those that were decided, as Identity Server 7.2 tells at
 * {@code /api/server/v1/workflow-instances} to clients with the scope {@code internal_workflow_instance_view}. It does not say who a
 * request is for in its list, and does not tell the applicant's client which request it created. Thread-safe.
 */
public final class WorkflowInstances {

    private static final String LIST = "GET /workflow-instances";
    private static final String GET = "GET /workflow-instances/{id}";
    private static final String REGISTRATION = "SELF_REGISTER_USER";
    /** Waiting requests to look through; more than ever arrive in the moment between making one and asking for it. */
    private static final int MOST_LISTED = 100;

    private static final int MOST_READ = 10;
    /** Beyond all registrations that there can be, and sums with it fit an int: servers compute with the offset. */
    private static final int MOST_OFFSET = 100_000_000;

    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int BAD_REQUEST = 400;

    private final IdentityServerHttp http;
    private final ServiceTokens tokens;
    private final String instances;

    /** @param instances the address of the list */
    public WorkflowInstances(IdentityServerHttp http, ServiceTokens tokens, URI instances) {
        this.http = http;
        this.tokens = tokens;
        this.instances = BaseAddress.of(instances);
    }

    /**
     * The id of the request of a user name that waits, or nothing if none is found among the newest, or the client may not look.
     * There is one at most for each name.
     *
     * @throws IdentityServerException if the server cannot be asked
     */
    public Optional<String> waiting(String userName) {
        List<JsonNode> newestFirst = new ArrayList<>();
        readIfAllowed(LIST, query(RegistrationStatus.PENDING, MOST_LISTED, 0))
                .ifPresent(list -> list.path("instances").forEach(newestFirst::add));
        newestFirst.sort(Comparator.comparing(
                        (JsonNode instance) -> instance.path("createdAt").asText())
                .reversed());
        for (JsonNode instance : newestFirst.subList(0, Math.min(MOST_READ, newestFirst.size()))) {
            String id = instance.path("workflowInstanceId").asText();
            if (readIfAllowed(GET, "/" + id)
                    .filter(detail -> new RequestProperties(detail).isFor(userName))
                    .isPresent()) {
                return Optional.of(id);
            }
        }
        return Optional.empty();
    }

    /**
     * How many requests wait, or nothing if the client may not look.
     *
     * @throws IdentityServerException if the server cannot be asked
     */
    public OptionalInt waiting() {
        // The number counts all that the filter lets through, whatever part of the list is asked for.
        return readIfAllowed(LIST, query(RegistrationStatus.PENDING, 1, 0))
                .map(list -> list.path("totalResults"))
                .filter(JsonNode::isInt)
                .map(total -> OptionalInt.of(total.intValue()))
                .orElseGet(OptionalInt::empty);
    }

    /**
     * Registrations in one state, decided by any administrator, newest first. Asks once for the list, and once for each registration of the page.
     *
     * <p>Identity Server lists from an offset on and knows no other place: a part overlaps the one before by what was decided in between.
     *
     * @param range 100 rows at most, which is the most that Identity Server lists
     * @throws IdentityServerException if the server cannot be asked, or does not let the client look
     */
    public RegistrationPage list(RegistrationStatus status, RegistrationRange range) {
        int offset = (int) Math.min(range.place() > 0 ? range.place() : range.offset(), MOST_OFFSET);
        Answer answer = get(LIST, query(status, range.limit(), offset));
        JsonNode list = answer.json()
                .filter(json -> answer.isSuccess())
                .orElseThrow(() -> new IdentityServerException(LIST + " returned status " + answer.status()));
        List<RegistrationRequest> page = new ArrayList<>();
        for (JsonNode instance : list.path("instances")) {
            // One that was erased in the meantime is shown by what the list said of it.
            String id = instance.path("workflowInstanceId").asText();
            page.add(request(status, id, readIfAllowed(GET, "/" + id).orElse(instance)));
        }
        int total = list.path("totalResults").asInt(page.size());
        int end = offset + page.size();
        return new RegistrationPage(page, total, page.isEmpty() || end >= total ? null : "[" + end + "]");
    }

    private static RegistrationRequest request(RegistrationStatus status, String id, JsonNode instance) {
        // Identity Server tells neither who decided nor why; its audit log does.
        RegistrationDecision decision = new RegistrationDecision(
                instant(instance, "updatedAt"), text(instance, "decidedBy"), text(instance, "reason"));
        return new RequestProperties(instance).request(id, status, instant(instance, "createdAt"), decision);
    }

    private static String text(JsonNode instance, String name) {
        String text = instance.path(name).asText("");
        return text.isEmpty() ? null : text;
    }

    /** Identity Server tells times with a zone of single instances, and without one in its list. */
    private static Instant instant(JsonNode instance, String name) {
        try {
            return Instant.parse(instance.path(name).asText());
        } catch (DateTimeException withoutZone) {
            return null;
        }
    }

    /**
     * Where a registration stands, or nothing if the server does not know it (any more), or the client may not look. One that an
     * administrator took away has failed, too.
     *
     * @throws IdentityServerException if the server cannot be asked
     */
    public Optional<RegistrationStatus> status(String requestId) {
        return readIfAllowed(GET, "/" + requestId)
                .filter(detail -> REGISTRATION.equals(detail.path("eventType").asText()))
                .map(detail -> RegistrationStatus.of(
                                detail.path("status").asText().toLowerCase(Locale.ROOT))
                        .orElse(RegistrationStatus.FAILED));
    }

    private static String query(RegistrationStatus status, int limit, int offset) {
        String filter = "operationType eq " + REGISTRATION + " and status eq " + status.name();
        return "?limit=" + limit + "&offset=" + offset + "&filter=" + URLEncoder.encode(filter, StandardCharsets.UTF_8);
    }

    private Optional<JsonNode> readIfAllowed(String what, String rest) {
        Answer answer = get(what, rest);
        if (answer.isSuccess()) {
            return answer.json();
        }
        if (answer.status() == FORBIDDEN || answer.status() == NOT_FOUND || answer.status() == BAD_REQUEST) {
            return Optional.empty();
        }
        throw new IdentityServerException(what + " returned status " + answer.status());
    }

    private Answer get(String what, String rest) {
        URI address = URI.create(instances + rest);
        return tokens.authorized(authorization -> http.get(what, address, authorization));
    }
}
