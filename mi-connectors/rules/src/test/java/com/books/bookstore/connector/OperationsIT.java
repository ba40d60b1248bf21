package com.books.bookstore.connector;

import static org.assertj.core.api.Assertions.assertThat;

import com.books.bookstore.runtime.junit.MiRuntimeExtension;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every operation in a flow, deployed in a CAR with the connector. */
class OperationsIT {

    private static final String ISSUER = "https://identity.books.test";
    private static final String BOOKS = "[{\"bookId\":1,\"title\":\"1984\",\"price\":9.99,\"stockQuantity\":20},"
            + "{\"bookId\":2,\"title\":\"Animal Farm\",\"price\":8.99,\"stockQuantity\":1}]";
    private static final String ORDER = "{\"items\":[{\"bookId\":2,\"quantity\":1},{\"bookId\":1,\"quantity\":5}]}";

    private static final Path DIRECTORY = Path.of("target");
    private static final RSAKey KEY = newKey();
    private static final HttpServer IDENTITY_PROVIDER = identityProvider();

    @RegisterExtension
    static final MiRuntimeExtension MI = MiRuntimeExtension.withCar(ConnectorZip.car(DIRECTORY))
            .car(ConnectorZip.mediatorsCar(DIRECTORY, "HelloAPI", exampleOfTheMediators()))
            .systemProperty("BOOKSTORE_TOKEN_ISSUER", ISSUER)
            .systemProperty(
                    "BOOKSTORE_JWKS_URL",
                    "http://localhost:" + IDENTITY_PROVIDER.getAddress().getPort() + "/jwks");

    private static RSAKey newKey() {
        try {
            return new RSAKeyGenerator(2048).keyID("1").generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static HttpServer identityProvider() {
        try {
            byte[] keys = new JWKSet(KEY.toPublicJWK()).toString().getBytes(StandardCharsets.UTF_8);
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/jwks", exchange -> {
                exchange.sendResponseHeaders(200, keys.length);
                exchange.getResponseBody().write(keys);
                exchange.close();
            });
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterAll
    static void stop() {
        IDENTITY_PROVIDER.stop(0);
    }

    @Test
    void pricesAnOrder() throws Exception {
        HttpResponse<String> answer = post(
                "/price",
                input(
                        "{\"items\":[{\"bookId\":2,\"quantity\":1},{\"bookId\":1,\"quantity\":5}],\"promoCode\":\"welcome10\"}",
                        "\"promotion\":{\"code\":\"WELCOME10\",\"percentOff\":10,\"validFrom\":\"2026-01-01T00:00:00Z\"}"));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/json");
        assertThat(answer.body())
                .isEqualTo(
                        "{\"items\":[{\"bookId\":1,\"title\":\"1984\",\"quantity\":5,\"unitPrice\":9.99,\"discount\":7.25,"
                                + "\"lineTotal\":42.70,\"inStock\":true},{\"bookId\":2,\"title\":\"Animal Farm\",\"quantity\":1,\"unitPrice\":8.99,\"discount\":0.90,"
                                + "\"lineTotal\":8.09,\"inStock\":true}],\"promoCode\":\"WELCOME10\"}");
    }

    @Test
    void whatIsShortIsAResult() throws Exception {
        assertThat(post("/stock", input(ORDER, "\"x\":1")).body()).isEqualTo("{\"available\":true,\"shortages\":[]}");
        assertThat(post("/stock", input("{\"items\":[{\"bookId\":2,\"quantity\":3}]}", "\"x\":1"))
                        .body())
                .isEqualTo(
                        "{\"available\":false,\"shortages\":[{\"bookId\":2,\"title\":\"Animal Farm\",\"requested\":3,\"available\":1}]}");
    }

    @Test
    void addsUpPricedLines() throws Exception {
        assertThat(post(
                                "/totals",
                                "{\"items\":[{\"bookId\":1,\"quantity\":5,\"unitPrice\":9.99,\"discount\":7.25,\"lineTotal\":42.70}],\"taxRate\":0.08}")
                        .body())
                .isEqualTo(
                        "{\"currency\":\"EUR\",\"taxRate\":0.0800,\"subtotal\":49.95,\"discountTotal\":7.25,\"taxTotal\":3.42,\"totalAmount\":46.12}");
    }

    @Test
    void oneOperationTakesWhatTheOtherGives() throws Exception {
        assertThat(post("/quote", input(ORDER, "\"x\":1")).body())
                .isEqualTo(
                        "{\"currency\":\"USD\",\"taxRate\":0.0800,\"subtotal\":58.94,\"discountTotal\":0.00,\"taxTotal\":4.72,\"totalAmount\":63.66}");
    }

    @Test
    void withAResponseVariableTheBodyStays() throws Exception {
        HttpResponse<String> answer = post("/kept", "{\"mine\":1.10}");

        assertThat(answer.body()).isEqualTo("{\"mine\":1.10}");
        assertThat(answer.headers().firstValue("Stock").orElseThrow())
                .contains("\"available\":false", "\"requested\":2");
    }

    @Test
    void tellsWhoCalls() throws Exception {
        HttpResponse<String> answer = call("/caller", "{}", token("orders:read orders:create"));

        assertThat(answer.body())
                .isEqualTo(
                        "{\"subject\":\"u-1\",\"email\":\"customer@books.com\",\"scopes\":[\"orders:create\",\"orders:read\"]}");
        assertThat(answer.headers().firstValue("Left-Behind"))
                .as("what the flow had under the mediator's name")
                .hasValue("somebody else's");
    }

    @Test
    void refusesTokens() throws Exception {
        assertError(post("/caller", "{}"), "709105", "BOOKSTORE:MISSING_TOKEN", "missing_token");
        assertError(call("/caller", "{}", "Bearer x.y.z"), "709106", "BOOKSTORE:INVALID_TOKEN", "invalid_token");
        assertError(
                call("/caller", "{}", token("inventory:write")),
                "709107",
                "BOOKSTORE:INSUFFICIENT_SCOPE",
                "insufficient_scope");
    }

    @ParameterizedTest
    @CsvSource({
        "/caller-no-scopes, The parameter 'requiredScopes' is not set",
        "/caller-no-issuer, The parameter 'issuer' is not set",
        "/caller-no-variable, 'The setting ''issuer'' needs the environment variable CONNECTOR_TEST_NOT_SET, which is not set'",
        "/caller-empty, The setting 'audience' must not be empty: env:CONNECTOR_TEST_NOT_SET:",
        "/caller-no-address, 'The setting ''jwksUri'' must be a URL, not: the keys'",
    })
    void whatIsNotSetIsNamedAndNoTokenIsBlamed(String path, String detail) throws Exception {
        assertError(call(path, "{}", token("orders:read")), "709110", "BOOKSTORE:CONFIGURATION", detail);
    }

    /** The flow on the page is the one deployed here, and gives what the page says. */
    @ParameterizedTest
    @CsvSource({"priceOrder,/price", "validateStock,/stock", "calculateTotals,/totals", "authorizeRequest,/caller"})
    void theExampleOfThePageIsTrue(String operation, String path) throws Exception {
        String page = new String(ConnectorZip.entries().get("operations/" + operation + ".md"), StandardCharsets.UTF_8);
        Matcher blocks =
                Pattern.compile("```(?:xml|json)\\n(.*?)\\n```", Pattern.DOTALL).matcher(page);
        List<String> texts = blocks.results().map(block -> block.group(1)).toList();

        assertThat(ConnectorZip.api().replaceAll("\\s+", " "))
                .contains(texts.get(0).replaceAll("\\s+", " "));
        assertThat(call(path, texts.get(1), token("orders:read orders:create")).body())
                .isEqualTo(texts.get(2));
    }

    /** The mediators serve flows without the connector, too: their README begins with an API that does what it says. */
    @Test
    void theExampleOfTheMediatorsIsTrue() throws Exception {
        HttpResponse<String> answer = get("/hello/", token("orders:read"));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"hello\": \"customer@books.com\"}");
        assertThat(answer.headers().firstValue("Authorization")).isEmpty();

        answer = get("/hello/", token("orders:create"));
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(answer.headers().firstValue("X-Correlation-ID")).isPresent();
        assertThat(answer.body()).contains("\"code\":\"insufficient_scope\"", "orders:read");

        assertThat(get("/hello/", "Bearer x.y.z").statusCode()).isEqualTo(401);
    }

    private static String exampleOfTheMediators() {
        String page = text(Path.of("../../custom-mediators/README.md"));
        Matcher example =
                Pattern.compile("```xml\\n(.*?)\\n```", Pattern.DOTALL).matcher(page);
        assertThat(example.find()).isTrue();
        return example.group(1);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/price  | {\"order\":{\"items\":[{\"bookId\":3,\"quantity\":1}]},\"books\":" + BOOKS
                        + "}                            | 709102 | \"unknownBooks\":[3]",
                "/stock  | {\"order\":{\"items\":[{\"bookId\":3,\"quantity\":1}]},\"books\":" + BOOKS
                        + "}                            | 709102 | \"unknownBooks\":[3]",
                "/price  | {\"order\":{\"items\":[{\"bookId\":1,\"quantity\":1}],\"promoCode\":\"NONE\"},\"books\":"
                        + BOOKS + "}     | 709103 | promo_code_invalid",
                "/stock  | {\"order\":{\"items\":[{\"bookId\":1,\"quantity\":1}],\"promoCode\":\"50%\"},\"books\":"
                        + BOOKS + "}      | 709103 | promo_code_invalid",
                "/price  | {\"order\":{\"items\":[]},\"books\":" + BOOKS
                        + "}                                                       | 709101 | \"field\":\"items\"",
                "/price  | {\"order\":" + ORDER
                        + ",\"books\":[{\"bookId\":1,\"price\":\"9.99\",\"stockQuantity\":1}]}                | 709101 | books[0].price",
                "/price  | {\"order\":" + ORDER
                        + ",\"books\":[{\"bookId\":1,\"price\":9.999,\"stockQuantity\":1}]}                   | 709101 | books[0].price",
                "/price  | {\"order\":" + ORDER
                        + ",\"books\":[{\"bookId\":1,\"price\":1,\"stockQuantity\":1},{\"bookId\":1,\"price\":1,\"stockQuantity\":1}]} | 709101 | books[1].bookId",
                "/price  | {\"order\":" + ORDER
                        + "}                                                                                | 709101 | \"books\",\"message\":\"is required\"",
                "/price  | {\"books\":" + BOOKS
                        + "}                                                                                | 709101 | \"order\",\"message\":\"is required\"",
                "/price  | {\"order\":7,\"books\":" + BOOKS
                        + "}                                                                      | 709101 | \"order\",\"message\":\"must be a JSON object\"",
                "/totals | {\"items\":[{\"bookId\":1,\"quantity\":1,\"unitPrice\":9.99,\"lineTotal\":1.00}],\"taxRate\":0}             | 709101 | must be 9.99",
                "/totals | {\"items\":[{\"bookId\":1,\"quantity\":1,\"unitPrice\":1,\"discount\":2}],\"taxRate\":0}                    | 709101 | items[0].discount",
                "/totals | {\"items\":[{\"bookId\":1,\"quantity\":999,\"unitPrice\":99999999.99}],\"taxRate\":0}                       | 709104 | total_too_large",
                "/totals | {\"items\":[{\"bookId\":1,\"quantity\":1,\"unitPrice\":1}],\"taxRate\":8}                                    | 709110 | The tax rate '8'",
                "/wrong-tiers | {\"order\":" + ORDER + ",\"books\":" + BOOKS
                        + "}                                                    | 709110 | 'many:5'",
            })
    void refusesWithACodeAndSaysWhy(String path, String body, String code, String detail) throws Exception {
        assertError(post(path, body), code, "BOOKSTORE:", detail);
    }

    private static void assertError(HttpResponse<String> answer, String code, String message, String detail) {
        assertThat(answer.body()).isEqualTo("{\"failed\":true}");
        assertThat(answer.headers().firstValue("Error-Code")).hasValue(code);
        assertThat(answer.headers().firstValue("Error-Message").orElseThrow()).startsWith(message);
        assertThat(answer.headers().firstValue("Error-Detail").orElseThrow())
                .contains(detail)
                .doesNotContain("\tat ");
    }

    private static String input(String order, String more) {
        return "{\"order\":" + order + ",\"books\":" + BOOKS + "," + more + "}";
    }

    private static HttpResponse<String> post(String path, String body) throws Exception {
        return call(path, body, "");
    }

    private static HttpResponse<String> get(String path, String authorization) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(MI.baseUri() + path))
                .header("Authorization", authorization)
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static HttpResponse<String> call(String path, String body, String authorization) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(MI.baseUri() + "/connector" + path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String token(String scopes) throws Exception {
        SignedJWT jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("1").build(),
                new JWTClaimsSet.Builder()
                        .issuer(ISSUER)
                        .audience("bookstore-api")
                        .subject("u-1")
                        .claim("email", "customer@books.com")
                        .claim("scope", scopes)
                        .expirationTime(Date.from(Instant.now().plusSeconds(300)))
                        .build());
        jwt.sign(new RSASSASigner(KEY));
        return "Bearer " + jwt.serialize();
    }
}
