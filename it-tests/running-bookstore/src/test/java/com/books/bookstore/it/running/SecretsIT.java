package com.books.bookstore.it.running;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.books.bookstore.it.support.Checkout;
import com.books.bookstore.it.support.RunningBookstore;
import com.books.bookstore.signin.SignInException;
import com.books.bookstore.signin.TokenSet;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Sends what must stay secret through every address of the running bookstore, in every place of a request where a client may put it, and
 * looks for it in all that comes back and all that is left behind: answers, the output of the process with its log and access log, mails,
 * and every file below the data directory, which are the databases with their outboxes, and the logs and the audit trail of the identity server.
 */
@Order(6)
@ExtendWith(SharedBookstore.class)
class SecretsIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final String NOBODYS_ID = "2000000000";
    private static final List<String> METHODS = List.of("get", "post", "put", "delete");
    private static final Path DEFINITIONS =
            Checkout.DIRECTORY.resolve("sequences/src/main/wso2mi/resources/api-definitions");

    /** What is looked for, by what it is. */
    private final Map<String, String> canaries = new LinkedHashMap<>();

    private final String token = canary("a token that nobody has issued");
    private final String basic = canary("a password in a Basic header");
    private final String assertion = canary("a backend token");
    private final String cookie = canary("a cookie");
    private final String query = canary("a token in the query");
    private final String path = canary("a secret in a path");
    private final String field = canary("a password in a field");
    private final String broken = canary("a password in a body that cannot be read");
    private final String clientSecret = canary("the wrong secret of a client");
    private final String refused = canary("a password that is refused");
    private final String rejected = canary("the password of somebody who is rejected");
    private final String accepted = canary("the password of somebody who is approved");

    private final Set<String> issued = new HashSet<>();
    private final List<String> answers = new ArrayList<>();
    private final List<String> found = new ArrayList<>();
    private final RunningBookstore bookstore = SharedBookstore.bookstore();

    private String canary(String what) {
        String secret = "Canary-1-" + UUID.randomUUID();
        canaries.put(what, secret);
        return secret;
    }

    private void issued(String what, String secret) {
        canaries.put(what, secret);
        issued.add(what);
    }

    @Test
    void secretsAreInNoAnswerNoLogNoMailAndNoFile() throws Exception {
        TokenSet admin = SharedBookstore.shop().signIn("admin", RunningBookstore.DEMO_PASSWORD);
        issued("the signature of a token", signatureOf(admin.accessToken()));
        issued("a refresh token", admin.refreshToken());

        String orderOfTheApproved = registrations(admin.accessToken());
        everyAddressOfTheApis(admin.accessToken());
        brokenRequests();
        identityServer();
        mailsOf(orderOfTheApproved, admin.accessToken());
        endOfTheLog();

        lookThrough("the answers", answers, canaries);
        assertThat(bookstore.output())
                .anyMatch(line -> line.contains("access POST RegistrationAPI /registrations 202"));
        lookThrough("the output of the process", bookstore.output(), canaries);
        bookstore.stop();
        filesBelow(bookstore.dataDirectory());
        assertThat(found).isEmpty();
    }

    /** One applicant is approved, signs in and orders, one is rejected, others are refused. Returns the order's id. */
    private String registrations(String admin) throws Exception {
        String joined = register("approved", accepted);
        register("rejected", rejected);
        // Too long for the rules of the shop, and for the identity server's.
        assertThat(post("/registrations/v1/registrations", null, applicant("refused", refused.repeat(9)))
                        .statusCode())
                .isEqualTo(400);
        post("/registrations/v1/registrations", null, applicant("approved", refused));

        for (JsonNode waiting : JSON.readTree(get("/registrations/v1/registrations?status=pending&limit=100", admin)
                        .body())
                .get("items")) {
            boolean approve = waiting.get("email").asText().startsWith("approved");
            assertThat(post(
                                    "/registrations/v1/registrations/"
                                            + waiting.get("approvalId").asText() + (approve ? "/approve" : "/reject"),
                                    admin,
                                    approve ? "" : "{\"reason\":\"No.\",\"password\":\"" + field + "\"}")
                            .statusCode())
                    .isEqualTo(200);
        }
        assertThat(get(joined, null).body()).contains("approved");
        assertThatThrownBy(() -> SharedBookstore.shop().signIn("approved@example.com", refused))
                .isInstanceOf(SignInException.class);
        TokenSet customer = SharedBookstore.shop().signIn("approved@example.com", accepted);
        issued("the signature of a customer's token", signatureOf(customer.accessToken()));
        HttpResponse<String> order = send(request("/orders/v1/orders", customer.accessToken())
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"items\":[{\"bookId\":1,\"quantity\":1}],\"password\":\"" + field + "\"}")));
        assertThat(order.statusCode()).isEqualTo(201);
        return JSON.readTree(order.body()).get("orderId").asText();
    }

    private String register(String name, String password) throws Exception {
        HttpResponse<String> answer = exchange(HttpRequest.newBuilder(address("/registrations/v1/registrations"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(applicant(name, password))));
        assertThat(answer.statusCode()).isEqualTo(202);
        JsonNode registration = JSON.readTree(answer.body());
        // Only the applicant may know it, and is told it in answers.
        canaries.put(
                "the registration id of " + name,
                registration.get("registrationId").asText());
        return registration.get("statusUrl").asText();
    }

    private static String applicant(String name, String password) {
        return "{\"email\":\"" + name + "@example.com\",\"givenName\":\"Can\",\"familyName\":\"Ary\",\"password\":\""
                + password + "\"}";
    }

    private void everyAddressOfTheApis(String admin) throws Exception {
        List<String> bodies = List.of(
                "",
                "{\"password\":\"" + field + "\",\"client_secret\":\"" + field + "\",\"access_token\":[\"" + field
                        + "\"]}",
                wrongTypes(),
                "{\"password\":\"" + broken + "\"",
                "<login><password>" + broken + "</password>",
                "{\"password\":\"" + broken + "\",\"filling\":\"" + "x".repeat(300 * 1024) + "\"}");
        for (String[] address : addresses()) {
            for (String body : bodies) {
                for (String authorization : new String[] {
                    "Bearer " + token,
                    "Bearer " + admin,
                    "Bearer " + admin + broken,
                    "Basic " + base64("admin:" + basic),
                    token
                }) {
                    send(HttpRequest.newBuilder(address(address[1] + (address[1].contains("?") ? "&" : "?")
                                    + "access_token=" + query + "&password=" + query))
                            .header("Authorization", authorization)
                            .header("X-JWT-Assertion", assertion)
                            .header("Cookie", "session=" + cookie)
                            .header("X-API-Key", token)
                            .header("Content-Type", body.startsWith("<") ? "text/xml" : "application/json")
                            .header("If-Match", "*")
                            .header("Idempotency-Key", UUID.randomUUID().toString())
                            .method(address[0].toUpperCase(Locale.ROOT), HttpRequest.BodyPublishers.ofString(body)));
                }
            }
        }
        assertThat(get("/metrics/business", RunningBookstore.METRICS_TOKEN).statusCode())
                .isEqualTo(200);
        canaries.put("the monitoring token", RunningBookstore.METRICS_TOKEN);
    }

    /** Every field that the APIs know, with a secret in a place where no value is taken from. */
    private String wrongTypes() {
        StringBuilder body =
                new StringBuilder("{\"items\":[{\"bookId\":\"" + field + "\",\"quantity\":\"" + field + "\"}]");
        for (String name : List.of(
                "title",
                "author",
                "isbn",
                "price",
                "stockQuantity",
                "promoCode",
                "email",
                "givenName",
                "familyName",
                "password",
                "reason")) {
            body.append(",\"").append(name).append("\":[\"").append(field).append("\"]");
        }
        return body.append('}').toString();
    }

    /** Method and path of every operation of every API definition, of what is in none, and of nothing at all. */
    private List<String[]> addresses() throws IOException {
        List<String[]> addresses = new ArrayList<>();
        try (Stream<Path> definitions = Files.list(DEFINITIONS)) {
            for (Path file : definitions.sorted().toList()) {
                JsonNode definition = new YAMLMapper().readTree(file.toFile());
                String base =
                        URI.create(definition.at("/servers/0/url").asText()).getPath();
                definition
                        .get("paths")
                        .properties()
                        .forEach(entry -> METHODS.stream()
                                .filter(entry.getValue()::has)
                                .forEach(method -> addresses.add(new String[] {
                                    method,
                                    base
                                            + entry.getKey()
                                                    .replace("{date}", "2026-01-01")
                                                    .replaceAll("\\{\\w+}", NOBODYS_ID)
                                })));
            }
        }
        assertThat(addresses).hasSizeGreaterThan(18);
        for (String base : List.of(
                "/catalog/v1/books/",
                "/inventory/v1/books/",
                "/orders/v1/orders/",
                "/mails/v1/mails/",
                "/reports/v1/summaries/",
                "/registrations/v1/registrations/",
                "/health/",
                "/metrics/",
                "/",
                "/catalog/v1/",
                "/services/")) {
            METHODS.forEach(method -> addresses.add(new String[] {method, base + path}));
            addresses.add(new String[] {"post", base + path + "/complete"});
        }
        for (String address : List.of(
                "/health/live",
                "/health/ready",
                "/metrics/business",
                "/catalog/v1/books?q=" + query,
                "/catalog/v1/books?limit=" + query,
                "/reports/v1/summaries?from=" + query,
                "/mails/v1/mails?status=" + query,
                "/orders/v1/orders?status=" + query)) {
            METHODS.forEach(method -> addresses.add(new String[] {method, address}));
        }
        return addresses;
    }

    /** What no client library would send. */
    private void brokenRequests() throws IOException {
        URI api = address("/");
        for (String request : List.of(
                "GET /catalog/v1/books?password=" + query + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + token
                        + "\r\nno colon " + token + "\r\n\r\n",
                "GET /catalog/v1/books/%zz" + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                "POST /orders/v1/orders HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\nAuthorization: Bearer " + token
                        + "\r\n\r\n" + broken,
                "POST /orders/v1/orders HTTP/1.1\r\nHost: x\r\nContent-Length: 5000\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n{"
                        + broken,
                "GET /catalog/v1/books HTTP/1.1\r\nHost: x\r\nX-Filling: " + token + "y".repeat(20_000) + "\r\n\r\n",
                "BREW-" + token + " / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                token + "\r\n\r\n")) {
            try (Socket socket = new Socket(api.getHost(), api.getPort())) {
                socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
                socket.shutdownOutput();
                answers.add(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
            } catch (SocketException e) {
                // The server may end the connection before it has read all.
                answers.add(String.valueOf(e.getMessage()));
            }
        }
    }

    private void identityServer() throws Exception {
        URI signIn = bookstore.address("sign-in");
        String[] forms = {
            "grant_type=client_credentials&scope=internal_user_mgt_create",
            "grant_type=client_credentials&client_id=bookstore-registration&client_secret=" + clientSecret,
            "grant_type=password&client_id=bookstore-web&username=customer&password=" + refused,
            "grant_type=refresh_token&client_id=bookstore-web&refresh_token=" + token,
            "grant_type=authorization_code&client_id=bookstore-web&redirect_uri=http://127.0.0.1/&code_verifier="
                    + token + "&code=" + token,
            "token=" + token,
            "username=customer&password=" + refused
        };
        for (String form : forms) {
            for (String place : List.of("/oauth2/token", "/oauth2/introspect", "/oauth2/revoke", "/login")) {
                for (String client : List.of("bookstore-registration", "nobody")) {
                    send(HttpRequest.newBuilder(URI.create(signIn + place))
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .header("Authorization", "Basic " + base64(client + ":" + clientSecret))
                            .POST(HttpRequest.BodyPublishers.ofString(form)));
                }
            }
        }
        send(HttpRequest.newBuilder(URI.create(signIn + "/oauth2/userinfo?access_token=" + query))
                .header("Authorization", "Bearer " + token)
                .GET());

        String scim = bookstore.address("scim").toString();
        String kernel = scim.replace("/scim2", "");
        String user =
                "{\"schemas\":[\"urn:ietf:params:scim:schemas:core:2.0:User\"],\"userName\":\"x@example.com\",\"password\":\""
                        + field + "\"}";
        for (String place : List.of(
                scim + "/Users",
                scim + "/Users/" + NOBODYS_ID,
                scim + "/Me",
                scim + "/Bulk",
                kernel + "/api/users/v2/me/approval-tasks",
                kernel + "/api/server/v1/workflow-instances",
                kernel + "/internal/authenticate")) {
            for (String authorization : List.of("Bearer " + token, "Basic " + base64("admin:" + basic))) {
                for (String body : List.of(user, "{\"password\":\"" + broken + "\"")) {
                    for (String method : List.of("GET", "POST", "PUT", "PATCH", "DELETE")) {
                        send(HttpRequest.newBuilder(URI.create(place + "?access_token=" + query))
                                .header("Authorization", authorization)
                                .header("X-Bookstore-Secret", token)
                                .header("Content-Type", "application/scim+json")
                                .method(method, HttpRequest.BodyPublishers.ofString(body)));
                    }
                }
            }
        }
    }

    /** Mails of the order and of both decisions have arrived, and say nothing. */
    private void mailsOf(String order, String admin) throws Exception {
        URI mailbox = URI.create(bookstore.address("mailbox") + "/api/mails");
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> {
            String all = exchange(HttpRequest.newBuilder(mailbox).GET()).body();
            return Stream.of("Your order " + order, "rejected@example.com", "approved@example.com")
                    .allMatch(all::contains);
        });
        assertThat(get("/mails/v1/mails?limit=100", admin).statusCode()).isEqualTo(200);
    }

    private void endOfTheLog() throws Exception {
        String last = "end-" + UUID.randomUUID();
        send(HttpRequest.newBuilder(address("/health/live"))
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
            Map<String, String> secrets = new LinkedHashMap<>(canaries);
            if (file.startsWith(directory.resolve("identity/state"))) {
                // The authorization server knows the tokens that it has issued.
                secrets.keySet().removeAll(issued);
            }
            lookThrough(directory.relativize(file).toString(), List.of(content), secrets);
        }
    }

    private void lookThrough(String where, Iterable<String> texts, Map<String, String> secrets) {
        secrets.forEach((what, secret) -> texts.forEach(text -> {
            int at = text.indexOf(secret);
            if (at >= 0) {
                // Not the whole text: it may be a database.
                found.add(what + " in " + where + ": "
                        + text.substring(Math.max(0, at - 200), Math.min(text.length(), at + 100)));
            }
        }));
    }

    private static String signatureOf(String jwt) {
        return jwt.substring(jwt.lastIndexOf('.') + 1);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private URI address(String pathAndQuery) {
        return URI.create(bookstore.api() + pathAndQuery);
    }

    private HttpRequest.Builder request(String pathAndQuery, String bearer) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address(pathAndQuery));
        return bearer == null ? request : request.header("Authorization", "Bearer " + bearer);
    }

    private HttpResponse<String> get(String pathAndQuery, String bearer) {
        return exchange(request(pathAndQuery, bearer).GET());
    }

    private HttpResponse<String> post(String pathAndQuery, String bearer, String body) {
        return send(request(pathAndQuery, bearer)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    /** Sends, and keeps the answer to look through it. */
    private HttpResponse<String> send(HttpRequest.Builder request) {
        HttpResponse<String> answer = exchange(request);
        answers.add(answer.statusCode() + " " + answer.headers().map() + "\n" + answer.body());
        return answer;
    }

    private static HttpResponse<String> exchange(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
