package com.books.bookstore.it.connectors;

import static com.books.bookstore.it.support.BookstoreSystem.identityProvider;
import static com.books.bookstore.it.support.BookstoreSystem.identityServer;
import static org.assertj.core.api.Assertions.assertThat;

import com.books.bookstore.connector.PackagedConnector;
import com.books.bookstore.it.support.BookstoreSystem;
import com.books.bookstore.it.support.ShopClient;
import com.books.bookstore.it.support.StubIdentityServer.Quirk;
import com.books.bookstore.it.support.User;
import com.books.bookstore.runtime.EmbeddedRuntime;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Flows with the connectors, from a runtime of their own, while the bookstore refuses what they ask. */
@ExtendWith(BookstoreSystem.class)
class ConnectorErrorsIT {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static final String FAULT =
            "<faultSequence><property name=\"Error\" scope=\"transport\" expression=\"$ctx:ERROR_CODE\"/>"
                    + "<property name=\"Problem\" scope=\"transport\" expression=\"json-eval($ctx:ERROR_DETAIL.code)\"/>"
                    + "<respond/></faultSequence>";

    /** What the token endpoint of the flows hands out, one after the other. */
    private static final ConcurrentLinkedQueue<String> TOKENS = new ConcurrentLinkedQueue<>();

    private static HttpServer tokenEndpoint;
    private static EmbeddedRuntime limitedNode;
    private static EmbeddedRuntime flows;

    @BeforeAll
    static void start(@TempDir Path project) throws IOException {
        limitedNode = BookstoreSystem.startAnotherNode(Map.of("BOOKSTORE_LIMIT_PER_USER", "1/3600"));
        tokenEndpoint = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        tokenEndpoint.createContext("/token", exchange -> {
            byte[] answer = ("{\"access_token\":\"" + TOKENS.remove()
                            + "\",\"token_type\":\"Bearer\",\"expires_in\":900}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        tokenEndpoint.start();
        for (String connector : List.of("bookstore", "registration")) {
            Path zip = PackagedConnector.of(connector).zip();
            copy(project, "resources/connectors/" + zip.getFileName(), Files.readAllBytes(zip));
        }
        String api = BookstoreSystem.apiAddress();
        String given = "<accessToken>{$trp:Token}</accessToken>";
        connection(project, "given", "bookstore", api, given);
        connection(project, "limited", "bookstore", limitedNode.baseUri().toString(), given);
        connection(project, "registration", "bookstore-registration", api, "");
        connection(
                project,
                "fetched",
                "bookstore",
                api,
                "<tokenEndpoint>http://localhost:" + tokenEndpoint.getAddress().getPort()
                        + "/token</tokenEndpoint><clientId>flows</clientId><clientSecret>secret</clientSecret>");
        StringBuilder resources = new StringBuilder();
        for (String key : List.of("given", "limited", "fetched")) {
            resources.append(
                    resource(
                            key,
                            "<bookstore.listOrders configKey=\"" + key
                                    + "\"><responseVariable>orders</responseVariable>"
                                    + "<overwriteBody>false</overwriteBody></bookstore.listOrders>"
                                    + "<property name=\"Status\" scope=\"transport\" expression=\"${vars.orders.attributes.statusCode}\"/>"));
        }
        resources.append(
                resource(
                        "confirm",
                        "<bookstore-registration.confirmRegistration configKey=\"registration\"><requestBody>{json-eval($)}"
                                + "</requestBody><overwriteBody>true</overwriteBody></bookstore-registration.confirmRegistration>"));
        copy(
                project,
                "artifacts/apis/FlowsAPI.xml",
                ("<api xmlns=\"http://ws.apache.org/ns/synapse\" name=\"FlowsAPI\" context=\"/flows\">" + resources
                                + "</api>")
                        .getBytes(StandardCharsets.UTF_8));
        flows = EmbeddedRuntime.builder().project(project).start();
    }

    private static void connection(Path project, String key, String connector, String address, String settings)
            throws IOException {
        String entry = "<localEntry xmlns=\"http://ws.apache.org/ns/synapse\" key=\"" + key + "\"><" + connector
                + ".init><baseUrl>" + address + "</baseUrl>" + settings + "</" + connector + ".init></localEntry>";
        copy(project, "artifacts/local-entries/" + key + ".xml", entry.getBytes(StandardCharsets.UTF_8));
    }

    private static void copy(Path project, String file, byte[] content) throws IOException {
        Path path = project.resolve("src/main/wso2mi").resolve(file);
        Files.createDirectories(path.getParent());
        Files.write(path, content);
    }

    private static String resource(String path, String flow) {
        return "<resource methods=\"POST\" uri-template=\"/" + path + "\"><inSequence>" + flow
                + "<respond/></inSequence>" + FAULT + "</resource>";
    }

    @AfterAll
    static void stop() {
        flows.close();
        tokenEndpoint.stop(0);
        limitedNode.close();
    }

    @Test
    void anExpiredTokenOfTheCallerIsAnError() throws Exception {
        assertRefused(post("given", "{}", expired(User.CUSTOMER)), "709401", "invalid_token");
        assertThat(post("given", "{}", BookstoreSystem.token(User.CUSTOMER))
                        .headers()
                        .firstValue("Status"))
                .hasValue("200");
    }

    @Test
    void aTokenThatExpiredEarlierThanItsIssuerSaidIsFetchedAgain() throws Exception {
        TOKENS.add(expired(User.CUSTOMER));
        TOKENS.add(BookstoreSystem.token(User.CUSTOMER));

        assertThat(post("fetched", "{}", "").headers().firstValue("Status")).hasValue("200");
        assertThat(TOKENS).isEmpty();
    }

    @Test
    void aCallerWhoAsksTooMuchIsTold() throws Exception {
        String token = BookstoreSystem.token(User.CUSTOMER);
        assertThat(post("limited", "{}", token).headers().firstValue("Status")).hasValue("200");

        assertRefused(post("limited", "{}", token), "709429", "too_many_requests");
    }

    @Test
    void aServiceThatIsUnavailableIsNamed() throws Exception {
        String email = ShopClient.newEmail();
        identityServer().behave(email, Quirk.SERVER_ERROR);

        assertRefused(
                post(
                        "confirm",
                        "{\"token\":\"" + BookstoreSystem.confirmationToken(email) + "\",\"password\":\""
                                + ShopClient.PASSWORD + "\"}",
                        ""),
                "709503",
                "identity_provider_unavailable");
    }

    private static void assertRefused(HttpResponse<String> answer, String error, String problem) {
        assertThat(answer.headers().firstValue("Error")).hasValue(error);
        assertThat(answer.headers().firstValue("Problem")).hasValue(problem);
    }

    private static String expired(User user) {
        return identityProvider()
                .sign(
                        new JWSHeader.Builder(JWSAlgorithm.RS256)
                                .type(new JOSEObjectType("at+jwt"))
                                .keyID(identityProvider().key().getKeyID())
                                .build(),
                        identityProvider()
                                .claims(user)
                                .expirationTime(Date.from(Instant.now().minus(Duration.ofMinutes(5))))
                                .build());
    }

    private static HttpResponse<String> post(String path, String body, String token) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(flows.baseUri() + "/flows/" + path))
                .header("Content-Type", "application/json")
                .header("Token", token)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
