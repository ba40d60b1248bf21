package com.books.bookstore.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.books.bookstore.identity.oauth.AuthorizationCodeClient;
import com.books.bookstore.identity.oauth.SignInException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.io.FileUtils;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a new user does with the running bookstore: {@code ./bookstore up} in a process of its own, everything else over HTTP. */
class BookstoreStoryIT {

    private static final String PASSWORD = "Wonder-land-9";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static RunningBookstore bookstore;

    @BeforeAll
    static void up() throws Exception {
        bookstore = RunningBookstore.start(Path.of("target", "story").toAbsolutePath());
    }

    @AfterAll
    static void down() throws Exception {
        bookstore.stop();
        // Half a gigabyte of programs.
        FileUtils.deleteDirectory(bookstore.dataDirectory().toFile());
    }

    @Test
    void mailsAreInTheMailbox() throws Exception {
        String email = newEmail();
        register(email);

        URI mails = URI.create(RunningSystem.require(bookstore.dataDirectory()).addresses().get(Part.MAILBOX) + "/api/mails?to=" + email);
        Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            JsonNode received = send(HttpRequest.newBuilder(mails).GET()).json().get("mails");
            assertThat(received).hasSize(1);
            assertThat(received.get(0).get("subject").asText()).contains("registration");
        });
    }

    @Test
    void whoRegistersOrdersOnceAnAdministratorApproved() throws Exception {
        String email = newEmail();
        Answer registered = register(email);
        assertThat(registered.status()).isEqualTo(202);
        assertThat(get(registered.json().get("statusUrl").asText(), null).json().get("status").asText()).isEqualTo("pending");
        assertThatThrownBy(() -> token(email, PASSWORD)).isInstanceOf(SignInException.class);

        Answer decided = decide(email, "approve", null);
        assertThat(decided.status()).isEqualTo(200);
        assertThat(get(registered.json().get("statusUrl").asText(), null).json().get("status").asText()).isEqualTo("approved");

        String customer = token(email, PASSWORD);
        Answer order = order(customer);
        assertThat(order.status()).isEqualTo(201);
        assertThat(order.json().get("userEmail").asText()).isEqualTo(email);
        assertThat(order.json().get("status").asText()).isEqualTo("pending");

        String path = "/orders/v1/orders/" + order.json().get("orderId").asInt();
        assertThat(post(path + "/complete", customer, null).status()).isEqualTo(403);
        assertThat(post(path + "/complete", token("staff", EmbeddedIdentity.DEMO_PASSWORD), null).json().get("status").asText())
                .isEqualTo("completed");
    }

    @Test
    void whoIsRejectedCannotSignInAndMayRegisterAgain() throws Exception {
        String email = newEmail();
        Answer registered = register(email);
        assertThat(registered.status()).isEqualTo(202);
        assertThat(register(email).status()).isEqualTo(409);
        assertThat(decide(email, "reject", "{\"reason\":\"We do not deliver there.\"}").status()).isEqualTo(200);
        assertThat(get(registered.json().get("statusUrl").asText(), null).json().get("status").asText()).isEqualTo("rejected");
        assertThatThrownBy(() -> token(email, PASSWORD)).isInstanceOf(SignInException.class);
        assertThat(register(email).status()).isEqualTo(202);
        // The address of the request that was rejected goes on to tell of that request.
        assertThat(get(registered.json().get("statusUrl").asText(), null).json().get("status").asText()).isEqualTo("rejected");
    }

    @Test
    void theWorkflowComponentCountsWhatWaits() throws Exception {
        String email = newEmail();
        // The first answer after a start may take longer than the other figures wait for it.
        int before = Awaitility.await().atMost(Duration.ofSeconds(60)).until(BookstoreStoryIT::waitingRegistrations, count -> count >= 0);
        register(email);
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> waitingRegistrations() == before + 1);
        decide(email, "approve", null);
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> waitingRegistrations() == before);
    }

    @Test
    void onlyAdministratorsDecide() throws Exception {
        String email = newEmail();
        register(email);
        String approval = approvalOf(email);
        for (String user : new String[] {"customer", "staff"}) {
            String token = token(user, EmbeddedIdentity.DEMO_PASSWORD);
            assertThat(get("/registrations/v1/registrations?status=pending", token).status()).isEqualTo(403);
            assertThat(post("/registrations/v1/registrations/" + approval + "/approve", token, null).status()).isEqualTo(403);
        }
        assertThatThrownBy(() -> token(email, PASSWORD)).isInstanceOf(SignInException.class);
    }

    @Test
    void rolesDecideWhatATokenMayDo() throws Exception {
        assertThat(order(token("customer", EmbeddedIdentity.DEMO_PASSWORD)).status()).isEqualTo(201);
        assertThat(order(token("staff", EmbeddedIdentity.DEMO_PASSWORD)).status()).isEqualTo(403);
        assertThat(get("/orders/v1/orders", token("admin", EmbeddedIdentity.DEMO_PASSWORD)).status()).isEqualTo(200);
        String book = "{\"title\":\"Of staff\",\"price\":1,\"stockQuantity\":1}";
        assertThat(post("/inventory/v1/books", token("staff", EmbeddedIdentity.DEMO_PASSWORD), book).status()).isEqualTo(201);
        assertThat(post("/inventory/v1/books", token("admin", EmbeddedIdentity.DEMO_PASSWORD), book).status()).isEqualTo(201);
        assertThat(post("/inventory/v1/books", token("customer", EmbeddedIdentity.DEMO_PASSWORD), book).status()).isEqualTo(403);
    }

    @Test
    void aRestartLosesNeitherOrdersNorWaitingRegistrations() throws Exception {
        String email = newEmail();
        register(email);
        int order = order(token("customer", EmbeddedIdentity.DEMO_PASSWORD)).json().get("orderId").asInt();

        bookstore.stop();
        bookstore = RunningBookstore.start(bookstore.dataDirectory());

        assertThat(get("/orders/v1/orders/" + order, token("customer", EmbeddedIdentity.DEMO_PASSWORD)).status()).isEqualTo(200);
        assertThat(decide(email, "approve", null).status()).isEqualTo(200);
        assertThat(order(token(email, PASSWORD)).status()).isEqualTo(201);
    }

    private static int waitingRegistrations() throws Exception {
        Matcher line = Pattern.compile("^bookstore_registrations_waiting (\\d+)$", Pattern.MULTILINE)
                .matcher(get("/metrics/business", RunningBookstore.METRICS_TOKEN).body());
        return line.find() ? Integer.parseInt(line.group(1)) : -1;
    }

    private static String newEmail() {
        return "reader-" + UUID.randomUUID() + "@example.com";
    }

    private static Answer register(String email) throws Exception {
        return post("/registrations/v1/registrations", null,
                "{\"email\":\"" + email + "\",\"givenName\":\"Jane\",\"familyName\":\"Reader\",\"password\":\"" + PASSWORD + "\"}");
    }

    private static String approvalOf(String email) throws Exception {
        JsonNode waiting = get("/registrations/v1/registrations?status=pending&limit=100", token("admin", EmbeddedIdentity.DEMO_PASSWORD)).json().get("items");
        for (JsonNode registration : waiting) {
            if (registration.get("email").asText().equals(email)) {
                return registration.get("approvalId").asText();
            }
        }
        throw new AssertionError(email + " is not among the waiting registrations");
    }

    private static Answer decide(String email, String decision, String body) throws Exception {
        return post("/registrations/v1/registrations/" + approvalOf(email) + "/" + decision, token("admin", EmbeddedIdentity.DEMO_PASSWORD), body);
    }

    private static Answer order(String token) throws Exception {
        return send(HttpRequest.newBuilder(address("/orders/v1/orders")).header("Content-Type", "application/json")
                .header("Idempotency-Key", UUID.randomUUID().toString()).header("Authorization", "Bearer " + token)
                .POST(HttpRequest.BodyPublishers.ofString("{\"items\":[{\"bookId\":1,\"quantity\":1}]}")));
    }

    private static String token(String user, String password) throws SignInException, IOException {
        RunningSystem system = RunningSystem.require(bookstore.dataDirectory());
        return AuthorizationCodeClient.of(URI.create(system.identity()), bookstore.dataDirectory().resolve("identity/tls/ca.pem"))
                .signIn(user, password).accessToken();
    }

    private static Answer get(String path, String token) throws Exception {
        return send(authorized(HttpRequest.newBuilder(address(path)), token).GET());
    }

    private static Answer post(String path, String token, String body) throws Exception {
        HttpRequest.Builder request = authorized(HttpRequest.newBuilder(address(path)), token);
        return send(body == null ? request.POST(HttpRequest.BodyPublishers.noBody())
                : request.header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private static HttpRequest.Builder authorized(HttpRequest.Builder request, String token) {
        return token == null ? request : request.header("Authorization", "Bearer " + token);
    }

    private static URI address(String path) {
        return URI.create(RunningSystem.require(bookstore.dataDirectory()).api() + path);
    }

    private static Answer send(HttpRequest.Builder request) throws Exception {
        HttpResponse<String> response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        return new Answer(response.statusCode(), response.body());
    }

    private record Answer(int status, String body) {

        JsonNode json() throws IOException {
            return JSON.readTree(body);
        }
    }
}
