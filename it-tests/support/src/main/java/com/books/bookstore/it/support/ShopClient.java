package com.books.bookstore.it.support;

import com.books.bookstore.signin.SignInClient;
import com.books.bookstore.signin.SignInException;
import com.books.bookstore.signin.TokenSet;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** What people do with a bookstore that runs in a process of its own, over HTTP. */
public final class ShopClient {

    /** The password of all who register here. */
    public static final String PASSWORD = "Wonder-land-9";

    /** Of addresses that tests register; reserved for examples (RFC 2606). */
    public static final String TEST_DOMAIN = "@bookstore-tests.example";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final RunningBookstore bookstore;

    public ShopClient(RunningBookstore bookstore) {
        this.bookstore = bookstore;
    }

    /** An address that no test has used. */
    public static String newEmail() {
        return "it-" + UUID.randomUUID() + TEST_DOMAIN;
    }

    /** Registers and confirms the address, without waiting for the email: with a token as the bookstore itself makes them. */
    public Answer register(String email) throws Exception {
        Answer requested = requestRegistration(email);
        if (requested.status() != 202) {
            return requested;
        }
        Path secret = bookstore.dataDirectory().resolve("identity/registration-status.secret");
        return confirm(ConfirmationTokens.of(
                Files.readString(secret).strip(), email, Instant.now().plusSeconds(3600)));
    }

    /** The first half of it, after which an email is on its way. */
    public Answer requestRegistration(String email) throws Exception {
        return post(
                "/registrations/v1/registrations",
                null,
                "{\"email\":\"" + email + "\",\"givenName\":\"Jane\",\"familyName\":\"Reader\"}");
    }

    /** The second half. */
    public Answer confirm(String token) throws Exception {
        return post(
                "/registrations/v1/confirmations",
                null,
                "{\"token\":\"" + token + "\",\"password\":\"" + PASSWORD + "\"}");
    }

    /** The newest email to an address with a subject; none if it has not arrived. */
    public Optional<JsonNode> email(String recipient, String subject) throws Exception {
        URI mailbox = bookstore.address("mailbox");
        for (JsonNode mail :
                at(URI.create(mailbox + "/api/mails?to=" + recipient)).json().get("mails")) {
            if (subject.equals(mail.get("subject").asText())) {
                return Optional.of(at(URI.create(
                                mailbox + "/api/mails/" + mail.get("number").asInt()))
                        .json());
            }
        }
        return Optional.empty();
    }

    public String approvalOf(String administrator, String email) throws Exception {
        for (JsonNode registration : get("/registrations/v1/registrations?status=pending&limit=100", administrator)
                .json()
                .get("items")) {
            if (registration.get("email").asText().equals(email)) {
                return registration.get("approvalId").asText();
            }
        }
        throw new AssertionError(email + " is not among the waiting registrations");
    }

    public Answer decide(String administrator, String email, String decision, String body) throws Exception {
        return post(
                "/registrations/v1/registrations/" + approvalOf(administrator, email) + "/" + decision,
                administrator,
                body);
    }

    /** One copy of the first book. */
    public Answer order(String token) throws Exception {
        return send(HttpRequest.newBuilder(address("/orders/v1/orders"))
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .header("Authorization", "Bearer " + token)
                .POST(HttpRequest.BodyPublishers.ofString("{\"items\":[{\"bookId\":1,\"quantity\":1}]}")));
    }

    /** All tokens of a user, with every scope that the user's roles allow. */
    public TokenSet signIn(String user, String password) throws SignInException, IOException {
        return SignInClient.at(bookstore.identity())
                .trusting(bookstore.caCertificate())
                .build()
                .signIn(user, password);
    }

    public String token(String user, String password) throws SignInException, IOException {
        return signIn(user, password).accessToken();
    }

    public String demoToken(String user) throws SignInException, IOException {
        return token(user, RunningBookstore.DEMO_PASSWORD);
    }

    public Answer get(String path, String token) throws Exception {
        return send(authorized(HttpRequest.newBuilder(address(path)), token).GET());
    }

    public Answer post(String path, String token, String body) throws Exception {
        HttpRequest.Builder request = authorized(HttpRequest.newBuilder(address(path)), token);
        return send(
                body == null
                        ? request.POST(HttpRequest.BodyPublishers.noBody())
                        : request.header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    /** What another part than the APIs answers. */
    public Answer at(URI address, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(address).GET();
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    private static HttpRequest.Builder authorized(HttpRequest.Builder request, String token) {
        return token == null ? request : request.header("Authorization", "Bearer " + token);
    }

    private URI address(String path) {
        return URI.create(bookstore.api() + path);
    }

    private static Answer send(HttpRequest.Builder request) throws Exception {
        HttpResponse<String> response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        return new Answer(response.statusCode(), response.body());
    }

    public record Answer(int status, String body) {

        public JsonNode json() throws IOException {
            return JSON.readTree(body);
        }
    }
}
