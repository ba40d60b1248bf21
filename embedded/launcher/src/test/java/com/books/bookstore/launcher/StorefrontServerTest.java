package com.books.bookstore.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.books.bookstore.embedded.StartException;
import com.books.bookstore.runtime.http.HttpFrontEnd;
import com.books.bookstore.runtime.http.HttpOptions;
import com.books.bookstore.runtime.http.TrustedProxy;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The storefront as built, in front of APIs that echo what reaches them. */
class StorefrontServerTest {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final URI ISSUER = URI.create("https://localhost:9443/oauth2/token");

    private static HttpServer apis;
    private static StorefrontServer storefront;

    @BeforeAll
    static void start() throws Exception {
        apis = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        apis.createContext("/", exchange -> {
            String seen = exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("Authorization") + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            byte[] answer = seen.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("X-Correlation-ID", "c-1");
            exchange.sendResponseHeaders(201, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        apis.start();
        storefront = StorefrontServer.bind("localhost", 0);
        storefront.serve(
                URI.create("http://127.0.0.1:" + apis.getAddress().getPort()),
                TrustedProxy.create(),
                ISSUER,
                URI.create("http://localhost:9764"),
                Map.of("BOOKSTORE_CURRENCY", "EUR", "BOOKSTORE_COVER_HOSTS", "covers.example img.example:8443"));
    }

    @AfterAll
    static void stop() throws Exception {
        storefront.close();
        apis.stop(0);
    }

    private static HttpResponse<String> get(String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(storefront.origin().resolve(path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/orders", "/orders/17", "/registrations", "/callback?code=a&state=b"})
    void everyAddressOfAPageAnswersThePage(String path) throws Exception {
        HttpResponse<String> answer = get(path);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("<div id=\"root\"></div>");
        assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'", "script-src 'self';", "style-src 'self';", "frame-ancestors 'none'")
                .contains("img-src 'self' https://covers.example https://img.example:8443;")
                .doesNotContain("unsafe");
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-cache");
    }

    @Test
    void anAddressThatNoPageHasIsNotFoundButStillShowsTheApplication() throws Exception {
        HttpResponse<String> answer = get("/no/such/page");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("<div id=\"root\"></div>", "noindex");
    }

    @Test
    void aNewBuildIsSeenAtOnce() throws Exception {
        String date = get("/").headers().firstValue("Last-Modified").orElse("Sun, 01 Nov 2026 00:00:00 GMT");

        assertThat(get("/", "If-Modified-Since", date).statusCode()).isEqualTo(200);
    }

    @Test
    void filesWithAHashInTheirNameAreKeptForever() throws Exception {
        Matcher script = Pattern.compile("src=\"(/assets/[^\"]+\\.js)\"").matcher(get("/").body());
        assertThat(script.find()).isTrue();

        HttpResponse<String> answer = get(script.group(1), "Accept-Encoding", "br");

        assertThat(answer.headers().firstValue("Cache-Control")).contains("public, max-age=31536000, immutable");
        assertThat(answer.headers().firstValue("Content-Encoding")).contains("br");
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).contains("javascript");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/assets/old-build.js", "/favicon.ico", "/.env"})
    void whatIsNoPageAndNoFileIsNotFound(String path) throws Exception {
        assertThat(get(path).statusCode()).isEqualTo(404);
    }

    @Test
    void robotsAreToldOfTheSitemap() throws Exception {
        assertThat(get("/robots.txt").body()).contains("Sitemap: " + storefront.origin() + "/sitemap.xml");
    }

    @Test
    void theConfigurationNamesTheIdentityServerAndTheCurrency() throws Exception {
        JsonNode configuration = new ObjectMapper().readTree(get("/config.json").body());

        assertThat(configuration.at("/apiBase").asText()).isEmpty();
        assertThat(configuration.at("/currency").asText()).isEqualTo("EUR");
        assertThat(configuration.at("/coverHosts")).hasToString("[\"covers.example\",\"img.example:8443\"]");
        assertThat(configuration.at("/oidc/authority").asText()).isEqualTo(ISSUER.toString());
        assertThat(configuration.at("/oidc/metadata/token_endpoint").asText())
                .isEqualTo("http://localhost:9764/oauth2/token");
    }

    @Test
    void requestsForTheApisArePassedOnWithAllTheyHave() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(storefront.origin().resolve("/orders/v1/orders?limit=2&q=a%2Fb"))
                .header("Authorization", "Bearer t")
                .POST(HttpRequest.BodyPublishers.ofString("{\"items\":[]}"))
                .build();

        HttpResponse<String> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.body()).isEqualTo("POST /orders/v1/orders?limit=2&q=a%2Fb Bearer t {\"items\":[]}");
        assertThat(answer.headers().firstValue("X-Correlation-ID")).contains("c-1");
        assertThat(answer.headers().firstValue("Content-Security-Policy")).isEmpty();
    }

    @Test
    void theApisKnowVisitorsByTheirAddressesAndClientsOfTheirOwnPortCannotClaimOne() throws Exception {
        TrustedProxy proxy = TrustedProxy.create();
        HttpOptions options = new HttpOptions("apis", "localhost", 0, 4, 1_000, "").withTrustedProxy(proxy);
        List<String> secrets = new ArrayList<>();
        try (HttpFrontEnd api = new HttpFrontEnd(options, exchange -> {
                    if (exchange.requestHeaders().containsKey("X-Proxy-Secret")
                            || exchange.repeatedHeaders().containsKey("X-Proxy-Secret")) {
                        secrets.add(exchange.target());
                    }
                    exchange.answer(200, Map.of(), exchange.remoteAddress().getBytes(StandardCharsets.UTF_8));
                });
                StorefrontServer site = StorefrontServer.bind("localhost", 0)) {
            site.serve(api.baseUri(), proxy, ISSUER, URI.create("http://localhost:9764"), Map.of());
            String forged = "X-Forwarded-For: 192.0.2.1\r\nx-forwarded-for: 192.0.2.2\r\nX-Proxy-Secret: x\r\n";

            assertThat(visit("127.0.0.9", site.origin(), forged)).isEqualTo("127.0.0.9");
            assertThat(visit("127.0.0.10", site.origin(), "")).isEqualTo("127.0.0.10");
            assertThat(visit("127.0.0.9", api.baseUri(), forged)).isEqualTo("127.0.0.9");
            assertThat(visit("127.0.0.9", api.baseUri(), forged + "X-PROXY-SECRET: y\r\n"))
                    .isEqualTo("127.0.0.9");
        }
        assertThat(secrets).as("requests whose flow saw the secret").isEmpty();
    }

    /** The body of an answer to a visitor with an address of its own. */
    private static String visit(String address, URI server, String headers) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", server.getPort(), InetAddress.getByName(address), 0)) {
            socket.getOutputStream()
                    .write(("GET /catalog/v1/books HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + headers
                                    + "\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return answer.substring(answer.indexOf("\r\n\r\n") + 4);
        }
    }

    @Test
    void aTakenPortIsOneLine() {
        int taken = storefront.origin().getPort();

        assertThatThrownBy(() -> StorefrontServer.bind("localhost", taken))
                .isInstanceOf(StartException.class)
                .hasMessageStartingWith("Port " + taken + " cannot be used")
                .hasMessageEndingWith("Choose another one with --site-port, or move all ports with --port-offset");
    }
}
