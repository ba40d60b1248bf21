package com.books.bookstore.it.running;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.books.bookstore.it.support.RunningBookstore;
import com.books.bookstore.signin.SignInException;
import com.books.bookstore.signin.TokenSet;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Sends what must stay secret through every address of the running bookstore, in every place of a request where a client may put it, and
 * looks for it in all that comes back and all that is left behind: answers, the output of the process with its log and access log, emails,
 * and every file below the data directory, which are the databases with their outboxes, and the logs and the audit trail of the identity server.
 */
@Order(7)
@ExtendWith(SharedBookstore.class)
class SecretsIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    static final String NOBODYS_ID = "2000000000";

    private final RunningBookstore bookstore = SharedBookstore.bookstore();
    private final Map<String, String> tokens = new HashMap<>();
    private final Canaries canaries = new Canaries();
    private final RecordingClient client = new RecordingClient(bookstore);

    @Test
    void secretsAreInNoAnswerNoLogNoMailAndNoFile() throws Exception {
        TokenSet admin = SharedBookstore.shop().signIn("admin", RunningBookstore.DEMO_PASSWORD);
        canaries.addIssued("the signature of a token", signatureOf(admin.accessToken()));
        canaries.addIssued("a refresh token", admin.refreshToken());

        String orderOfTheApproved = registrations(admin.accessToken());
        SecretsInApiRequests apis = new SecretsInApiRequests(canaries, client);
        apis.everyAddressOfTheApis(admin.accessToken());
        apis.brokenRequests();
        new SecretsInIdentityRequests(canaries, client, bookstore).everyAddress();
        mailsOf(orderOfTheApproved, admin.accessToken());
        endOfTheLog();

        canaries.lookThrough("the answers", client.answers());
        assertThat(bookstore.output())
                .anyMatch(line -> line.contains("access POST RegistrationAPI /registrations 202"))
                .anyMatch(line -> line.contains("access POST RegistrationAPI /confirmations 202"));
        canaries.lookThrough("the output of the process", bookstore.output());
        bookstore.stop();
        filesBelow(bookstore.dataDirectory());
        assertThat(canaries.found()).isEmpty();
    }

    /** One applicant is approved, signs in and orders, one is rejected, others are refused. Returns the order's id. */
    private String registrations(String admin) throws Exception {
        String joined = register("approved", canaries.accepted);
        register("rejected", canaries.rejected);
        // Too long for the rules of the shop, and for the identity server's.
        assertThat(client.post(
                                "/registrations/v1/confirmations",
                                null,
                                confirmation("refused", canaries.refused.repeat(9)))
                        .statusCode())
                .isEqualTo(400);
        assertThat(client.post("/registrations/v1/confirmations", null, confirmation("approved", canaries.refused))
                        .statusCode())
                .isEqualTo(409);

        for (JsonNode waiting : JSON.readTree(
                        client.get("/registrations/v1/registrations?status=pending&limit=100", admin)
                                .body())
                .get("items")) {
            boolean approve = waiting.get("email").asText().startsWith("approved");
            assertThat(client.post(
                                    "/registrations/v1/registrations/"
                                            + waiting.get("approvalId").asText() + (approve ? "/approve" : "/reject"),
                                    admin,
                                    approve ? "" : "{\"reason\":\"No.\",\"password\":\"" + canaries.field + "\"}")
                            .statusCode())
                    .isEqualTo(200);
        }
        assertThat(client.get(joined, null).body()).contains("approved");
        assertThatThrownBy(() -> SharedBookstore.shop().signIn("approved@example.com", canaries.refused))
                .isInstanceOf(SignInException.class);
        TokenSet customer = SharedBookstore.shop().signIn("approved@example.com", canaries.accepted);
        canaries.addIssued("the signature of a customer's token", signatureOf(customer.accessToken()));
        HttpResponse<String> order = client.send(client.request("/orders/v1/orders", customer.accessToken())
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"items\":[{\"bookId\":1,\"quantity\":1}],\"password\":\"" + canaries.field + "\"}")));
        assertThat(order.statusCode()).isEqualTo(201);
        return JSON.readTree(order.body()).get("orderId").asText();
    }

    private String register(String name, String password) throws Exception {
        HttpResponse<String> answer =
                RecordingClient.exchange(HttpRequest.newBuilder(client.address("/registrations/v1/confirmations"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(confirmation(name, password))));
        assertThat(answer.statusCode()).isEqualTo(202);
        JsonNode registration = JSON.readTree(answer.body());
        // Only the applicant may know it, and is told it in answers.
        canaries.add(
                "the registration id of " + name,
                registration.get("registrationId").asText());
        return registration.get("statusUrl").asText();
    }

    private String confirmation(String name, String password) {
        return "{\"token\":\"" + tokens.computeIfAbsent(name, this::emailedToken) + "\",\"password\":\"" + password
                + "\"}";
    }

    /** The token of the email; the mailbox keeps it. The request has a password too early, which is to be forgotten. */
    private String emailedToken(String name) {
        assertThat(client.post("/registrations/v1/registrations", null, applicant(name, canaries.refused))
                        .statusCode())
                .isEqualTo(202);
        String text = Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(
                        () -> SharedBookstore.shop()
                                .email(name + "@example.com", "Confirm your email address at books.com"),
                        Optional::isPresent)
                .orElseThrow()
                .get("text")
                .asText();
        String link = text.lines()
                .filter(line -> line.contains("#token="))
                .findFirst()
                .orElseThrow();
        String token = link.substring(link.indexOf('=') + 1);
        canaries.addIssued("the confirmation token of " + name, token);
        return token;
    }

    private static String applicant(String name, String password) {
        return "{\"email\":\"" + name + "@example.com\",\"givenName\":\"Can\",\"familyName\":\"Ary\",\"password\":\""
                + password + "\"}";
    }

    /** Mails of the order and of both decisions have arrived, and say nothing. */
    private void mailsOf(String order, String admin) throws Exception {
        URI mailbox = URI.create(bookstore.address("mailbox") + "/api/mails");
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> {
            String all = RecordingClient.exchange(
                            HttpRequest.newBuilder(mailbox).GET())
                    .body();
            return Stream.of("Your order " + order, "rejected@example.com", "approved@example.com")
                    .allMatch(all::contains);
        });
        assertThat(client.get("/mails/v1/mails?limit=100", admin).statusCode()).isEqualTo(200);
    }

    private void endOfTheLog() throws Exception {
        String last = "end-" + UUID.randomUUID();
        client.send(HttpRequest.newBuilder(client.address("/health/live"))
                .header("X-Correlation-ID", last)
                .GET());
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> bookstore.output().stream().anyMatch(line -> line.contains(last)));
    }

    /** The bookstore is stopped: all that it keeps is in files. */
    private void filesBelow(Path directory) throws IOException {
        Path kernel = directory.resolve("identity/kernel");
        // Programs, some of them links to files of the build.
        Predicate<Path> program = file -> file.startsWith(directory.resolve("db/program"))
                || file.startsWith(kernel.resolve("lib"))
                || file.startsWith(kernel.resolve("repository/components"));
        List<Path> files;
        try (Stream<Path> all = Files.walk(directory)) {
            files = all.filter(Files::isRegularFile).filter(program.negate()).toList();
        }
        assertThat(files)
                .anyMatch(file -> file.toString().endsWith("mail_outbox.ibd"))
                .anyMatch(file -> file.endsWith("audit.log"))
                .anyMatch(file -> file.startsWith(kernel.resolve("repository/database")));
        assertThat(Files.readString(kernel.resolve("repository/logs/audit.log")))
                .contains("approved@example.com");
        for (Path file : files) {
            // Latin 1 keeps every byte, and the secrets are ASCII.
            String content = Files.readString(file, StandardCharsets.ISO_8859_1);
            String where = directory.relativize(file).toString();
            if (file.startsWith(directory.resolve("identity/state")) || file.startsWith(directory.resolve("mails"))) {
                canaries.lookThroughWhatTheIssuerKeeps(where, List.of(content));
            } else {
                canaries.lookThrough(where, List.of(content));
            }
        }
    }

    private static String signatureOf(String jwt) {
        return jwt.substring(jwt.lastIndexOf('.') + 1);
    }
}
