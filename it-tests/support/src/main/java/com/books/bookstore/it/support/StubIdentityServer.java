package com.books.bookstore.it.support;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * What the registration API sees of Identity Server 7.2: token endpoint, SCIM users, workflow instances and approval tasks, with the quirks that it has. How it
 * behaves to an applicant is said by e-mail address, so that tests do not disturb each other.
 */
public final class StubIdentityServer {

    public static final String CLIENT_ID = "bookstore-registration";
    public static final String CLIENT_SECRET = "canary-client-secret";
    /** Every service token begins like this. */
    public static final String TOKEN_PREFIX = "canary-service-token-";

    private static final String CREATE_SCOPE = "internal_user_mgt_create";
    private static final String INSTANCE_SCOPE = "internal_workflow_instance_view";
    private static final Set<String> SCOPES = Set.of(CREATE_SCOPE, INSTANCE_SCOPE);

    /** How the server takes a request for an account. */
    public enum Quirk {
        /** 202 with nothing in it, as /scim2/Users while a request waits. */
        EMPTY_202,
        /** 201 without an id, as /scim2/Me. */
        NULL_201,
        /** 202, and the request is shown to no administrator. */
        HIDDEN,
        /** 201 with an id: no administrator is asked. */
        CREATED,
        CONFLICT,
        PASSWORD_POLICY,
        SERVER_ERROR,
        SLOW,
        BROKEN_CONNECTION,
        /** The first service token is refused, whatever it is. */
        TOKEN_REVOKED
    }

    /** While a decision is carried out. */
    private static final Set<String> IN_BETWEEN = Set.of("APPROVING", "REJECTING");

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String INSTANCES = "/api/server/v1/workflow-instances";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final AtomicInteger tokens = new AtomicInteger();
    private final Map<String, Quirk> quirks = new ConcurrentHashMap<>();
    private final Map<String, List<String>> tokensOfApplicant = new ConcurrentHashMap<>();
    private final Map<String, JsonNode> applications = new ConcurrentHashMap<>();
    private final List<String> order = new CopyOnWriteArrayList<>();
    private final Map<String, Task> tasks = new LinkedHashMap<>();
    private final Set<String> correlationIds = ConcurrentHashMap.newKeySet();
    private final Set<String> administratorsTokens = ConcurrentHashMap.newKeySet();

    private volatile boolean hanging;

    private static final class Task {
        private final String id = UUID.randomUUID().toString();
        private final String requestId;
        private final String email;
        private final boolean takesReasons;
        private final CountDownLatch seenInBetween = new CountDownLatch(1);
        private String status = "READY";
        private String instanceStatus = "PENDING";
        private boolean failing;
        private String reason = "";
        private boolean slow;

        Task(String email, boolean takesReasons) {
            this.requestId = requestId(email);
            this.email = email;
            this.takesReasons = takesReasons;
        }
    }

    public StubIdentityServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/oauth2/token", this::token);
        server.createContext("/scim2/Users", this::users);
        server.createContext("/api/users/v2/me/approval-tasks", this::approvals);
        server.createContext(INSTANCES, this::instances);
        server.start();
    }

    public String address(String path) {
        return "http://localhost:" + server.getAddress().getPort() + path;
    }

    public void behave(String email, Quirk quirk) {
        quirks.put(email, quirk);
    }

    /** Whether the list of requests is not answered for as long as the server runs. */
    public void hang(boolean hang) {
        hanging = hang;
    }

    /** What arrived for an applicant, or null. */
    public JsonNode application(String email) {
        return applications.get(email);
    }

    /** The service tokens that an applicant's requests came with. */
    public List<String> tokensOf(String email) {
        return tokensOfApplicant.getOrDefault(email, List.of());
    }

    /** The Authorization headers that the approval tasks were asked with. */
    public Set<String> administratorsTokens() {
        return administratorsTokens;
    }

    /** The correlation ids that the requests for accounts came with. */
    public Set<String> correlationIds() {
        return correlationIds;
    }

    /** A request that waits. Returns its id. */
    public String waiting(String email) {
        return task(email, true);
    }

    /** A request that waits at a server that does not know reasons, as Identity Server itself. */
    public String waitingWithoutReasons(String email) {
        return task(email, false);
    }

    private String task(String email, boolean takesReasons) {
        Task task = new Task(email, takesReasons);
        synchronized (tasks) {
            tasks.put(task.id, task);
        }
        return task.requestId;
    }

    /** Another administrator reserves a task: for all others it is blocked. */
    public void reserve(String requestId) {
        synchronized (tasks) {
            of(requestId).status = "BLOCKED";
        }
    }

    /** A decision on a request takes until another one has asked for it in between, when its task no longer waits. */
    public void decideSlowly(String requestId) {
        synchronized (tasks) {
            of(requestId).slow = true;
        }
    }

    /** The account of a request cannot be created: its approval will be answered with 200 all the same. */
    public void failOnApproval(String requestId) {
        synchronized (tasks) {
            of(requestId).failing = true;
        }
    }

    public String reason(String requestId) {
        synchronized (tasks) {
            return of(requestId).reason;
        }
    }

    private Task of(String requestId) {
        return tasks.values().stream()
                .filter(task -> task.requestId.equals(requestId))
                .findFirst()
                .orElseThrow();
    }

    private static String requestId(String email) {
        return UUID.nameUUIDFromBytes(email.getBytes(StandardCharsets.UTF_8)).toString();
    }

    private void token(HttpExchange exchange) throws IOException {
        String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String expected = "Basic "
                + Base64.getEncoder()
                        .encodeToString((CLIENT_ID + ":" + CLIENT_SECRET).getBytes(StandardCharsets.UTF_8));
        if (!expected.equals(authorization(exchange)) || !form.contains("grant_type=client_credentials")) {
            answer(exchange, 401, "{\"error\":\"invalid_client\"}");
            return;
        }
        String scope = form.substring(form.indexOf("scope=") + "scope=".length());
        if (!SCOPES.contains(scope)) {
            answer(exchange, 400, "{\"error\":\"invalid_scope\"}");
            return;
        }
        answer(
                exchange,
                200,
                "{\"access_token\":\"" + TOKEN_PREFIX + tokens.incrementAndGet() + "-" + scope
                        + "\",\"token_type\":\"Bearer\",\"expires_in\":3600}");
    }

    private void users(HttpExchange exchange) throws IOException {
        String correlationId = exchange.getRequestHeaders().getFirst("X-Correlation-ID");
        // Under the name that WSO2's servers know, too.
        if (correlationId != null
                && correlationId.equals(exchange.getRequestHeaders().getFirst("activityid"))) {
            correlationIds.add(correlationId);
        }
        String token = String.valueOf(authorization(exchange)).replace("Bearer ", "");
        if (!token.startsWith(TOKEN_PREFIX)) {
            answer(exchange, 401, "");
        } else if (!token.endsWith(CREATE_SCOPE) || !"POST".equals(exchange.getRequestMethod())) {
            answer(exchange, 403, "");
        } else {
            JsonNode user = JSON.readTree(exchange.getRequestBody().readAllBytes());
            String email = user.path("userName").asText();
            tokensOfApplicant
                    .computeIfAbsent(email, key -> new CopyOnWriteArrayList<>())
                    .add(token);
            create(exchange, user, email);
        }
    }

    private void create(HttpExchange exchange, JsonNode user, String email) throws IOException {
        Quirk quirk = quirks.getOrDefault(email, Quirk.EMPTY_202);
        if (quirk == Quirk.TOKEN_REVOKED && tokensOf(email).size() == 1) {
            answer(exchange, 401, "");
            return;
        }
        switch (quirk) {
            case CONFLICT -> error(exchange, 409, "User with the name: " + email + " already exists in the system.");
            case PASSWORD_POLICY ->
                error(
                        exchange,
                        400,
                        "20035 - The password " + user.path("password").asText() + " is in a list of leaked ones");
            case SERVER_ERROR -> error(exchange, 500, "Error in adding the user: " + email + " to the user store.");
            case SLOW -> {
                await();
                exchange.close();
            }
            case BROKEN_CONNECTION -> exchange.close();
            default -> {
                if (applications.putIfAbsent(email, user) != null) {
                    error(exchange, 409, "There is a pending workflow already defined for the user.");
                    return;
                }
                order.add(email);
                if (quirk == Quirk.CREATED) {
                    answer(exchange, 201, "{\"id\":\"" + UUID.randomUUID() + "\",\"userName\":\"" + email + "\"}");
                } else if (quirk == Quirk.NULL_201) {
                    exchange.getResponseHeaders().set("Location", address("/scim2/Users/null"));
                    answer(exchange, 201, "{\"userName\":\"" + email + "\",\"emails\":[\"" + email + "\"]}");
                } else {
                    answer(exchange, 202, "");
                }
            }
        }
    }

    /** A request is known by an id that is made from its user name. */
    private void instances(HttpExchange exchange) throws IOException {
        if (!String.valueOf(authorization(exchange)).endsWith(INSTANCE_SCOPE)) {
            answer(exchange, 403, "");
            return;
        }
        Map<String, String> emails = new LinkedHashMap<>();
        synchronized (tasks) {
            Stream.concat(
                            applications.keySet().stream(),
                            tasks.values().stream().map(task -> task.email))
                    .filter(email -> quirks.get(email) != Quirk.HIDDEN)
                    .forEach(email -> emails.put(requestId(email), email));
        }
        String id =
                exchange.getRequestURI().getPath().substring(INSTANCES.length()).replace("/", "");
        if (!id.isEmpty()) {
            String email = emails.get(id);
            answer(
                    exchange,
                    email == null ? 404 : 200,
                    email == null
                            ? "{\"code\":\"WFM-51010\"}"
                            : instance(id, email)
                                    .put("createdAt", "2026-11-22T18:31:00Z")
                                    .put("updatedAt", "2026-11-23T08:00:00.123Z")
                                    .set("properties", properties(new Task(email, true)))
                                    .toString());
            return;
        }
        if (hanging) {
            await();
            exchange.close();
            return;
        }
        String query = exchange.getRequestURI().getQuery().replace('+', ' ');
        List<ObjectNode> found = emails.entrySet().stream()
                .map(request -> instance(request.getKey(), request.getValue()))
                .filter(instance ->
                        query.endsWith("status eq " + instance.path("status").asText()))
                .sorted(Comparator.comparing((ObjectNode instance) ->
                                instance.path("createdAt").asText())
                        .reversed())
                .toList();
        ArrayNode instances = JSON.createArrayNode();
        found.stream()
                .skip(number(query, "offset"))
                .limit(number(query, "limit"))
                .forEach(instances::add);
        answer(
                exchange,
                200,
                JSON.createObjectNode()
                        .put("totalResults", found.size())
                        .set("instances", instances)
                        .toString());
    }

    private static long number(String query, String name) {
        return Arrays.stream(query.split("&"))
                .filter(parameter -> parameter.startsWith(name + "="))
                .mapToLong(parameter -> Long.parseLong(parameter.substring(name.length() + 1)))
                .findFirst()
                .orElseThrow();
    }

    /** As in the list, where Identity Server tells times without a zone. */
    private ObjectNode instance(String id, String email) {
        String status;
        synchronized (tasks) {
            Optional<Task> found = tasks.values().stream()
                    .filter(task -> task.email.equals(email))
                    .findFirst();
            found.filter(task -> IN_BETWEEN.contains(task.status)).ifPresent(task -> task.seenInBetween.countDown());
            status = found.map(task -> task.instanceStatus).orElse("PENDING");
        }
        // The newest is the one that was just asked for.
        return JSON.createObjectNode()
                .put("workflowInstanceId", id)
                .put("eventType", "SELF_REGISTER_USER")
                .put("status", status)
                .put("createdAt", String.format(Locale.ROOT, "2026-11-22 18:31:%08d", order.indexOf(email) + 1));
    }

    private void approvals(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        administratorsTokens.add(authorization(exchange));
        String[] path = exchange.getRequestURI()
                .getPath()
                .substring("/api/users/v2/me/approval-tasks".length())
                .split("/");
        synchronized (tasks) {
            if (path.length <= 1) {
                answer(exchange, 200, list(exchange.getRequestURI().getQuery()).toString());
                return;
            }
            Task task = tasks.get(path[1]);
            if (path.length == 2) {
                answer(
                        exchange,
                        task == null ? 404 : 200,
                        task == null
                                ? "{\"code\":\"UAA-10003\",\"message\":\"Task does not exist.\"}"
                                : summary(task)
                                        .set("properties", properties(task))
                                        .toString());
                return;
            }
        }
        decide(exchange, path[1], JSON.readTree(body));
    }

    private ArrayNode list(String query) {
        List<String> statuses = Arrays.stream(query.split("&"))
                .filter(parameter -> parameter.startsWith("status="))
                .map(parameter -> parameter.substring("status=".length()))
                .toList();
        ArrayNode list = JSON.createArrayNode();
        tasks.values().stream()
                .filter(task -> statuses.isEmpty() || statuses.contains(task.status))
                .forEach(task -> list.insert(0, summary(task)));
        return list;
    }

    private static ObjectNode summary(Task task) {
        return JSON.createObjectNode()
                .put("id", task.id)
                .put("requestId", task.requestId)
                .put("taskType", "SELF_REGISTER_USER")
                .put("approvalStatus", task.status)
                .put("createdTimeInMillis", "1795372260000");
    }

    private static ArrayNode properties(Task task) {
        return JSON.createArrayNode()
                .add(JSON.createObjectNode().put("key", "Username").put("value", task.email))
                .add(JSON.createObjectNode().put("key", "Email").put("value", task.email))
                .add(JSON.createObjectNode().put("key", "First Name").put("value", "Frodo"))
                .add(JSON.createObjectNode().put("key", "Last Name").put("value", "Baggins"));
    }

    /** Identity Server answers 400 to all that it does not do, and fails on a task it does not know. */
    private void decide(HttpExchange exchange, String id, JsonNode state) throws IOException {
        boolean approve = "APPROVE".equals(state.path("action").asText());
        Task task;
        synchronized (tasks) {
            task = tasks.get(id);
            String refusal = refusal(task, state);
            if (refusal != null) {
                answer(exchange, task == null ? 500 : 400, refusal);
                return;
            }
            task.reason = state.path("reason").asText("");
            task.status = approve ? "APPROVING" : "REJECTING";
        }
        if (task.slow) {
            await(task.seenInBetween);
        }
        synchronized (tasks) {
            task.status = approve ? "APPROVED" : "REJECTED";
            task.instanceStatus = approve && task.failing ? "FAILED" : task.status;
        }
        answer(exchange, 200, "");
    }

    /** What a decision that is not taken is answered with, or null. */
    private static String refusal(Task task, JsonNode state) {
        if (task == null) {
            return "{\"code\":\"UAA-15004\"}";
        } else if ("BLOCKED".equals(task.status)) {
            return "{\"code\":\"WFE_40005\",\"message\":\"Task already claimed by another user.\"}";
        } else if (!"READY".equals(task.status)) {
            return "{\"code\":\"WFE_40006\",\"message\":\"The task is not assigned to the user.\"}";
        } else if (state.has("reason") && !task.takesReasons) {
            return "{\"code\":\"UE-10000\",\"message\":\"Invalid Request\"}";
        }
        return null;
    }

    private void await() {
        await(closing);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String authorization(HttpExchange exchange) {
        return exchange.getRequestHeaders().getFirst("Authorization");
    }

    private static void error(HttpExchange exchange, int status, String detail) throws IOException {
        answer(
                exchange,
                status,
                JSON.createObjectNode()
                        .put("status", "" + status)
                        .put("detail", detail)
                        .toString());
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > 0) {
            exchange.getResponseHeaders().set("Content-Type", "application/scim+json;charset=UTF-8");
        }
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
