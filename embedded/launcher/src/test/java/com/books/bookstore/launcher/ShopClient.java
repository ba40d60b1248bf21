package com.books.bookstore.launcher;

import com.books.bookstore.signin.SignInClient;
import com.books.bookstore.signin.SignInException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.UUID;

/** What people do with the bookstore that runs on a data directory, over HTTP. */
final class ShopClient {

    /** Of everybody who registers here. */
    static final String PASSWORD = "Wonder-land-9";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Path dataDirectory;

    ShopClient(Path dataDirectory) {
        this.dataDirectory = dataDirectory;
    }

    static String newEmail() {
        return "reader-" + UUID.randomUUID() + "@example.com";
    }

    Answer register(String email) throws Exception {
        return post(
                "/registrations/v1/registrations",
                null,
                "{\"email\":\"" + email + "\",\"givenName\":\"Jane\",\"familyName\":\"Reader\",\"password\":\""
                        + PASSWORD + "\"}");
    }

    String approvalOf(String administrator, String email) throws Exception {
        for (JsonNode registration : get("/registrations/v1/registrations?status=pending&limit=100", administrator)
                .json()
                .get("items")) {
            if (registration.get("email").asText().equals(email)) {
                return registration.get("approvalId").asText();
            }
        }
        throw new AssertionError(email + " is not among the waiting registrations");
    }

    Answer decide(String administrator, String email, String decision, String body) throws Exception {
        return post(
                "/registrations/v1/registrations/" + approvalOf(administrator, email) + "/" + decision,
                administrator,
                body);
    }

    /** One copy of the first book. */
    Answer order(String token) throws Exception {
        return send(HttpRequest.newBuilder(address("/orders/v1/orders"))
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .header("Authorization", "Bearer " + token)
                .POST(HttpRequest.BodyPublishers.ofString("{\"items\":[{\"bookId\":1,\"quantity\":1}]}")));
    }

    String token(String user, String password) throws SignInException, IOException {
        return SignInClient.at(URI.create(running().identity()))
                .trusting(dataDirectory.resolve("identity/tls/ca.pem"))
                .build()
                .signIn(user, password)
                .accessToken();
    }

    String demoToken(String user) throws SignInException, IOException {
        return token(user, EmbeddedIdentity.DEMO_PASSWORD);
    }

    Answer get(String path, String token) throws Exception {
        return send(authorized(HttpRequest.newBuilder(address(path)), token).GET());
    }

    Answer post(String path, String token, String body) throws Exception {
        HttpRequest.Builder request = authorized(HttpRequest.newBuilder(address(path)), token);
        return send(
                body == null
                        ? request.POST(HttpRequest.BodyPublishers.noBody())
                        : request.header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    /** What another part than the APIs answers. */
    Answer at(URI address, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(address).GET();
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    RunningSystem running() {
        return RunningSystem.require(dataDirectory);
    }

    private static HttpRequest.Builder authorized(HttpRequest.Builder request, String token) {
        return token == null ? request : request.header("Authorization", "Bearer " + token);
    }

    private URI address(String path) {
        return URI.create(running().api() + path);
    }

    private static Answer send(HttpRequest.Builder request) throws Exception {
        HttpResponse<String> response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        return new Answer(response.statusCode(), response.body());
    }

    record Answer(int status, String body) {

        JsonNode json() throws IOException {
            return JSON.readTree(body);
        }
    }
}
