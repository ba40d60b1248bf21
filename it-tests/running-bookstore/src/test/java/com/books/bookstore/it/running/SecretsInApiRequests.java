package com.books.bookstore.it.running;

import static org.assertj.core.api.Assertions.assertThat;

import com.books.bookstore.it.support.Checkout;
import com.books.bookstore.it.support.RunningBookstore;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;

/** Secrets in every place of a request to the APIs where a client may put one. */
final class SecretsInApiRequests {

    private static final List<String> METHODS = List.of("get", "post", "put", "delete");
    private static final Path DEFINITIONS =
            Checkout.DIRECTORY.resolve("sequences/src/main/wso2mi/resources/api-definitions");

    private final Canaries canaries;
    private final RecordingClient client;

    SecretsInApiRequests(Canaries canaries, RecordingClient client) {
        this.canaries = canaries;
        this.client = client;
    }

    void everyAddressOfTheApis(String admin) throws Exception {
        List<String> bodies = List.of(
                "",
                "{\"password\":\"" + canaries.field + "\",\"client_secret\":\"" + canaries.field
                        + "\",\"access_token\":[\"" + canaries.field + "\"]}",
                wrongTypes(),
                "{\"password\":\"" + canaries.broken + "\"",
                "<login><password>" + canaries.broken + "</password>",
                "{\"password\":\"" + canaries.broken + "\",\"filling\":\"" + "x".repeat(300 * 1024) + "\"}");
        for (String[] address : addresses()) {
            for (String body : bodies) {
                for (String authorization : new String[] {
                    "Bearer " + canaries.token,
                    "Bearer " + admin,
                    "Bearer " + admin + canaries.broken,
                    "Basic " + RecordingClient.base64("admin:" + canaries.basic),
                    canaries.token
                }) {
                    client.send(HttpRequest.newBuilder(
                                    client.address(address[1] + (address[1].contains("?") ? "&" : "?") + "access_token="
                                            + canaries.query + "&password=" + canaries.query))
                            .header("Authorization", authorization)
                            .header("X-JWT-Assertion", canaries.assertion)
                            .header("Cookie", "session=" + canaries.cookie)
                            .header("X-API-Key", canaries.token)
                            .header("Content-Type", body.startsWith("<") ? "text/xml" : "application/json")
                            .header("If-Match", "*")
                            .header("Idempotency-Key", UUID.randomUUID().toString())
                            .method(address[0].toUpperCase(Locale.ROOT), HttpRequest.BodyPublishers.ofString(body)));
                }
            }
        }
        assertThat(client.get("/metrics/business", RunningBookstore.METRICS_TOKEN)
                        .statusCode())
                .isEqualTo(200);
        canaries.add("the monitoring token", RunningBookstore.METRICS_TOKEN);
    }

    /** Every field that the APIs know, with a secret in a place where no value is taken from. */
    private String wrongTypes() {
        StringBuilder body = new StringBuilder(
                "{\"items\":[{\"bookId\":\"" + canaries.field + "\",\"quantity\":\"" + canaries.field + "\"}]");
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
            body.append(",\"")
                    .append(name)
                    .append("\":[\"")
                    .append(canaries.field)
                    .append("\"]");
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
                                                    .replaceAll("\\{\\w+}", SecretsIT.NOBODYS_ID)
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
            METHODS.forEach(method -> addresses.add(new String[] {method, base + canaries.path}));
            addresses.add(new String[] {"post", base + canaries.path + "/complete"});
        }
        for (String address : List.of(
                "/health/live",
                "/health/ready",
                "/metrics/business",
                "/catalog/v1/books?q=" + canaries.query,
                "/catalog/v1/books?limit=" + canaries.query,
                "/reports/v1/summaries?from=" + canaries.query,
                "/mails/v1/mails?status=" + canaries.query,
                "/orders/v1/orders?status=" + canaries.query)) {
            METHODS.forEach(method -> addresses.add(new String[] {method, address}));
        }
        return addresses;
    }

    /** What no client library would send. */
    void brokenRequests() throws IOException {
        URI api = client.address("/");
        for (String request : List.of(
                "GET /catalog/v1/books?password=" + canaries.query + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                        + canaries.token + "\r\nno colon " + canaries.token + "\r\n\r\n",
                "GET /catalog/v1/books/%zz" + canaries.path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                "POST /orders/v1/orders HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\nAuthorization: Bearer "
                        + canaries.token + "\r\n\r\n" + canaries.broken,
                "POST /orders/v1/orders HTTP/1.1\r\nHost: x\r\nContent-Length: 5000\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n{"
                        + canaries.broken,
                "GET /catalog/v1/books HTTP/1.1\r\nHost: x\r\nX-Filling: " + canaries.token + "y".repeat(20_000)
                        + "\r\n\r\n",
                "BREW-" + canaries.token + " / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                canaries.token + "\r\n\r\n")) {
            try (Socket socket = new Socket(api.getHost(), api.getPort())) {
                socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
                socket.shutdownOutput();
                client.keep(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
            } catch (SocketException e) {
                // The server may end the connection before it has read all.
                client.keep(String.valueOf(e.getMessage()));
            }
        }
    }
}
