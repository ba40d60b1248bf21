package com.books.bookstore.identity;

import com.books.bookstore.identity.IdentityServerHttp.Answer;
import com.books.bookstore.registration.RegistrationStatus;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The requests that wait for approval and those that were decided, as Identity Server 7.2 tells at
 * {@code /api/server/v1/workflow-instances} to clients with the scope {@code internal_workflow_instance_view}. It does not say who a
 * request is for in its list, and does not tell the applicant's client which request it created. Thread-safe.
 */
public final class WorkflowInstances {

    private static final String LIST = "GET /workflow-instances";
    private static final String GET = "GET /workflow-instances/{id}";
    private static final String WAITING = "operationType eq SELF_REGISTER_USER and status eq PENDING";
    /** Waiting requests to look through; more than ever arrive in the moment between making one and asking for it. */
    private static final int MOST_LISTED = 100;

    private static final int MOST_READ = 10;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int BAD_REQUEST = 400;
    private static final Set<String> USER_NAME = Set.of("username", "user name");

    private final IdentityServerHttp http;
    private final ServiceTokens tokens;
    private final String instances;

    /** @param instances the address of the list */
    public WorkflowInstances(IdentityServerHttp http, ServiceTokens tokens, URI instances) {
        this.http = http;
        this.tokens = tokens;
        this.instances = instances.toString().replaceAll("/+$", "");
    }

    /**
     * The id of the request of a user name that waits, or nothing if none is found among the newest, or the client may not look.
     * There is one at most for each name.
     *
     * @throws IdentityServerException if the server cannot be asked
     */
    public Optional<String> waiting(String userName) {
        List<JsonNode> newestFirst = new ArrayList<>();
        read(LIST, "?limit=" + MOST_LISTED + "&offset=0&filter=" + URLEncoder.encode(WAITING, StandardCharsets.UTF_8))
                .ifPresent(list -> list.path("instances").forEach(newestFirst::add));
        newestFirst.sort(Comparator.comparing(
                        (JsonNode instance) -> instance.path("createdAt").asText())
                .reversed());
        for (JsonNode instance : newestFirst.subList(0, Math.min(MOST_READ, newestFirst.size()))) {
            String id = instance.path("workflowInstanceId").asText();
            if (read(GET, "/" + id).filter(detail -> isFor(detail, userName)).isPresent()) {
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
        return read(LIST, "?limit=1&offset=0&filter=" + URLEncoder.encode(WAITING, StandardCharsets.UTF_8))
                .map(list -> list.path("totalResults"))
                .filter(JsonNode::isInt)
                .map(total -> OptionalInt.of(total.intValue()))
                .orElseGet(OptionalInt::empty);
    }

    /** By the user name alone: other properties are the applicant's own words. */
    private static boolean isFor(JsonNode detail, String userName) {
        for (JsonNode property : detail.path("properties")) {
            if (USER_NAME.contains(property.path("key").asText().toLowerCase(Locale.ROOT))
                    && userName.equalsIgnoreCase(property.path("value").asText())) {
                return true;
            }
        }
        return false;
    }

    /**
     * Where a request stands, or nothing if the server does not know it (any more), or the client may not look. One that failed, or
     * that an administrator took away, is rejected: no account comes of it.
     *
     * @throws IdentityServerException if the server cannot be asked
     */
    public Optional<RegistrationStatus> status(String requestId) {
        return read(GET, "/" + requestId).map(detail -> {
            switch (detail.path("status").asText()) {
                case "PENDING":
                    return RegistrationStatus.PENDING;
                case "APPROVED":
                    return RegistrationStatus.APPROVED;
                default:
                    return RegistrationStatus.REJECTED;
            }
        });
    }

    private Optional<JsonNode> read(String what, String rest) {
        URI address = URI.create(instances + rest);
        Answer answer = tokens.authorized(authorization -> http.get(what, address, authorization));
        if (answer.isSuccess()) {
            return answer.json();
        }
        if (answer.status() == FORBIDDEN || answer.status() == NOT_FOUND || answer.status() == BAD_REQUEST) {
            return Optional.empty();
        }
        throw new IdentityServerException(what + " returned status " + answer.status());
    }
}
