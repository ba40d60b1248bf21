package com.books.bookstore.it.running;

import static org.assertj.core.api.Assertions.assertThat;

import com.books.bookstore.connector.PackagedConnector;
import com.books.bookstore.it.support.Checkout;
import com.books.bookstore.it.support.RunningBookstore;
import com.books.bookstore.it.support.ShopClient;
import com.books.bookstore.runtime.EmbeddedRuntime;
import com.books.bookstore.runtime.junit.MiRuntimeExtension;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The sample project of the connectors, and every operation of the connectors, from a runtime of their own against the running bookstore. */
@Order(6)
@ExtendWith(SharedBookstore.class)
class ConnectorsIT {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ONE_BOOK = "{\"items\":[{\"bookId\":2,\"quantity\":1}]}";

    /** Operations that have what they need in every bookstore, by their connectors. The others may also answer with a problem. */
    private static final Map<String, List<String>> SUCCEED = Map.of(
            "bookstore",
            List.of(
                    "listBooks",
                    "getQuantityDiscounts",
                    "listInventory",
                    "listOrders",
                    "getOrder",
                    "listPromotions",
                    "listSummaries",
                    "listAuditEvents",
                    "listMails"),
            "bookstore-registration",
            List.of("listRegistrations"));

    /** Places the order that came, and looks at it with its ID from the first answer. */
    private static final String TWO_STEPS = """
            <bookstore.placeOrder configKey="bookstore">
                <requestBody>{json-eval($)}</requestBody>
                <responseVariable>placed</responseVariable>
                <overwriteBody>false</overwriteBody>
            </bookstore.placeOrder>
            <bookstore.getOrder configKey="bookstore">
                <orderId>{${vars.placed.payload.orderId}}</orderId>
                <responseVariable>order</responseVariable>
                <overwriteBody>false</overwriteBody>
            </bookstore.getOrder>
            <payloadFactory media-type="json">
                <format>{"status":${vars.placed.attributes.statusCode},"location":"${vars.placed.headers.Location}",
                    "placed":${vars.placed.payload.orderId},"found":${vars.order.payload},"asked":${payload}}</format>
            </payloadFactory>
            """;

    private static final String CLIENT = "bookstore-registration";

    private static final String CREDENTIALS = "<tokenEndpoint>{get-property('env', 'TOKEN_ENDPOINT')}</tokenEndpoint>"
            + "<clientId>" + CLIENT + "</clientId>";

    private static final String TRUST =
            "<trustedCertificates>{get-property('env', 'CERTIFICATES')}</trustedCertificates>";

    @RegisterExtension
    static final MiRuntimeExtension MI =
            MiRuntimeExtension.withProject(project()).configure(ConnectorsIT::environment);

    private static void environment(EmbeddedRuntime.Builder builder) {
        RunningBookstore bookstore = SharedBookstore.bookstore();
        try {
            builder.systemProperty("BOOKS_API_URL", bookstore.api().toString())
                    .systemProperty(
                            "TOKEN_ENDPOINT",
                            bookstore.identity().resolve("/oauth2/token").toString())
                    .systemProperty("CERTIFICATES", bookstore.caCertificate().toString())
                    .systemProperty(
                            "CLIENT_SECRET",
                            Files.readString(
                                            bookstore.dataDirectory().resolve("identity/clients/" + CLIENT + ".secret"))
                                    .strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<PackagedConnector> connectors() {
        return List.of(PackagedConnector.of("bookstore"), PackagedConnector.of("registration"));
    }

    /** The sample as it is, with the connectors where its build puts them, and the calls of the reference pages beside it. */
    private static Path project() {
        try {
            File folder = new File("target/connectors");
            FileUtils.deleteDirectory(folder);
            FileUtils.copyDirectory(
                    Checkout.DIRECTORY.resolve("samples/connectors/src").toFile(), new File(folder, "src"));
            Path sources = folder.toPath().resolve("src/main/wso2mi");
            for (String connector : List.of("bookstore", "registration", "rules")) {
                FileUtils.copyFileToDirectory(
                        PackagedConnector.of(connector).zip().toFile(),
                        sources.resolve("resources/connectors").toFile());
            }
            for (PackagedConnector connector : connectors()) {
                Files.writeString(
                        sources.resolve("artifacts/local-entries/" + connector.name() + ".xml"), connection(connector));
                Files.writeString(
                        sources.resolve("artifacts/apis/" + connector.name() + ".xml"), operations(connector));
            }
            for (String[] client : new String[][] {
                {"known", "<clientSecret>{get-property('env', 'CLIENT_SECRET')}</clientSecret>" + TRUST},
                {"stranger", "<clientSecret>guess</clientSecret>" + TRUST},
                {"distrustful", "<clientSecret>guess</clientSecret>"}
            }) {
                Files.writeString(
                        sources.resolve("artifacts/local-entries/" + client[0] + ".xml"),
                        entry(client[0], "bookstore", CREDENTIALS + client[1]));
                Files.writeString(
                        sources.resolve("artifacts/apis/" + client[0] + ".xml"),
                        api(client[0], resource("orders", "<bookstore.listOrders configKey=\"" + client[0] + "\"/>")));
            }
            return folder.toPath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String connection(PackagedConnector connector) {
        return entry(connector.name(), connector.name(), "<accessToken>{$trp:Token}</accessToken>");
    }

    private static String entry(String key, String connector, String settings) {
        return "<localEntry xmlns=\"http://ws.apache.org/ns/synapse\" key=\"" + key + "\"><" + connector
                + ".init><baseUrl>{get-property('env', 'BOOKS_API_URL')}</baseUrl>" + settings + "</" + connector
                + ".init></localEntry>";
    }

    private static String operations(PackagedConnector connector) {
        StringBuilder resources = new StringBuilder();
        connector
                .examples()
                .forEach(
                        (name, example) -> resources.append(
                                resource(
                                        name,
                                        example.flow()
                                                        .replace(
                                                                "configKey=\"shop\"",
                                                                "configKey=\"" + connector.name() + "\"")
                                                        .replace(
                                                                "<overwriteBody>true</overwriteBody>",
                                                                "<responseVariable>result</responseVariable><overwriteBody>false</overwriteBody>")
                                                        .replaceAll(
                                                                "<orderId>.*</orderId>",
                                                                "<orderId>{\\$trp:Order}</orderId>")
                                                + "<property name=\"Status\" scope=\"transport\" expression=\"${vars.result.attributes.statusCode}\"/>")));
        if (connector.name().equals("bookstore")) {
            resources.append(resource("two-steps", TWO_STEPS));
        }
        return api(connector.name(), resources);
    }

    private static String api(String name, CharSequence resources) {
        return "<api xmlns=\"http://ws.apache.org/ns/synapse\" name=\"" + name + "\" context=\"/" + name + "\">"
                + resources + "</api>";
    }

    private static String resource(String path, String flow) {
        return "<resource methods=\"POST\" uri-template=\"/" + path + "\"><inSequence>" + flow
                + "<property name=\"HTTP_SC\" value=\"200\" scope=\"axis2\"/><respond/></inSequence>"
                + "<faultSequence><property name=\"Error\" scope=\"transport\" expression=\"$ctx:ERROR_CODE\"/>"
                + "<property name=\"Detail\" scope=\"transport\" expression=\"$ctx:ERROR_DETAIL\"/>"
                + "<respond/></faultSequence></resource>";
    }

    private final ShopClient shop = SharedBookstore.shop();

    @Test
    void theSamplePlacesAnOrderForTheCustomerWhoCalls() throws Exception {
        String customer = shop.demoToken("customer");
        String key = UUID.randomUUID().toString();

        HttpResponse<String> placed = checkout(customer, key, ONE_BOOK);
        assertThat(placed.statusCode()).as(placed.body()).isEqualTo(201);
        int order = json(placed).get("orderId").asInt();
        JsonNode stored = shop.get("/orders/v1/orders/" + order, customer).json();
        assertThat(stored.get("userEmail").asText()).isEqualTo("customer@books.com");
        assertThat(stored.get("items").get(0).get("bookId").asInt()).isEqualTo(2);

        assertThat(json(checkout(customer, key, ONE_BOOK)).get("orderId").asInt())
                .isEqualTo(order);
    }

    @Test
    void theSampleAnswersWithTheProblemOfTheBookstore() throws Exception {
        String customer = shop.demoToken("customer");

        assertProblem(checkout("wrong", "", ONE_BOOK), 401, "invalid_token");
        assertProblem(checkout(shop.demoToken("admin") + "x", "", ONE_BOOK), 401, "invalid_token");
        assertProblem(checkout(customer, "", "{\"items\":[]}"), 400, "invalid_request");
        assertProblem(
                checkout(customer, "", "{\"items\":[{\"bookId\":2,\"quantity\":1}],\"promoCode\":\"NOSUCHCODE\"}"),
                422,
                "promo_code_invalid");
        String key = UUID.randomUUID().toString();
        assertThat(checkout(customer, key, ONE_BOOK).statusCode()).isEqualTo(201);
        assertThat(checkout(customer, key, "{\"items\":[{\"bookId\":2,\"quantity\":2}]}")
                        .statusCode())
                .isIn(409, 422);
    }

    @Test
    void resultsAreVariablesOfTheFlow() throws Exception {
        JsonNode answer =
                json(send(request("/bookstore/two-steps", ONE_BOOK).header("Token", shop.demoToken("customer"))));

        int order = answer.get("placed").asInt();
        assertThat(answer.get("status").asInt()).isEqualTo(201);
        assertThat(answer.get("location").asText()).isEqualTo("/orders/v1/orders/" + order);
        assertThat(answer.at("/found/orderId").asInt()).isEqualTo(order);
        assertThat(answer.at("/found/userEmail").asText()).isEqualTo("customer@books.com");
        assertThat(answer.get("asked")).isEqualTo(JSON.readTree(ONE_BOOK));
    }

    @Test
    void withoutATokenTheSampleSaysThatItCannot() throws Exception {
        HttpResponse<String> answer = checkout("", "", ONE_BOOK);
        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(answer.body()).doesNotContain("token");
    }

    @Test
    void theSampleApprovesARegistrationForTheAdministratorWhoCalls() throws Exception {
        String administrator = shop.demoToken("admin");
        String email = ShopClient.newEmail();
        assertThat(shop.register(email).status()).isEqualTo(202);
        String path = "/approvals/" + shop.approvalOf(administrator, email);

        assertProblem(approve(path, shop.demoToken("customer")), 403, "insufficient_scope");
        HttpResponse<String> approved = approve(path, administrator);
        assertThat(approved.statusCode()).as(approved.body()).isEqualTo(200);
        assertThat(json(approved).get("status").asText()).isEqualTo("approved");
        assertThat(shop.token(email, ShopClient.PASSWORD)).isNotEmpty();
    }

    private static HttpResponse<String> approve(String path, String token) throws Exception {
        return send(request(path, "{}").header("Authorization", "Bearer " + token));
    }

    @Test
    void theSamplePricesAnOrder() throws Exception {
        HttpResponse<String> priced = send(request(
                "/quote/",
                "{\"order\":{\"items\":[{\"bookId\":1,\"quantity\":5}]},"
                        + "\"books\":[{\"bookId\":1,\"title\":\"1984\",\"price\":9.99,\"stockQuantity\":20}]}"));
        assertThat(json(priced).at("/items/0/discount").decimalValue()).isEqualByComparingTo("2.50");
    }

    /** The client of the registration may not see orders, which its token tells the API. */
    @Test
    void tokensAreFetchedFromTheIdentityServerThatTheConnectionTrusts() throws Exception {
        assertThat(error(send(request("/known/orders", "{}")))).isIn("709401", "709403");
        assertThat(error(send(request("/stranger/orders", "{}")))).isEqualTo("709003");
        assertThat(error(send(request("/distrustful/orders", "{}")))).isEqualTo("709004");
    }

    @ParameterizedTest
    @MethodSource("connectors")
    void everyOperationGetsAnAnswerOfItsDefinition(PackagedConnector connector) throws Exception {
        List<String> tokens = List.of(shop.demoToken("customer"), shop.demoToken("staff"), shop.demoToken("admin"));
        String order =
                String.valueOf(shop.order(tokens.get(0)).json().get("orderId").asInt());
        List<String> succeeded = new ArrayList<>();
        List<String> refused = new ArrayList<>();
        for (String operation : connector.operations().keySet()) {
            HttpResponse<String> answer = null;
            for (String token : tokens) {
                answer = call(connector, operation, token, order);
                if (!error(answer).equals("709403")) {
                    break;
                }
            }
            String outcome = operation + " " + error(answer) + " "
                    + answer.headers().firstValue("Detail").orElse("");
            if (error(answer).isEmpty()) {
                assertThat(answer.statusCode()).as(outcome).isEqualTo(200);
                int status =
                        Integer.parseInt(answer.headers().firstValue("Status").orElse("0"));
                assertThat(connector.operations().get(operation).answers())
                        .as(outcome)
                        .contains(status);
                assertThat(answer.body()).as(outcome).isEqualTo(message(connector, operation));
                succeeded.add(operation);
            } else {
                refused.add(outcome);
                int status = Integer.parseInt(error(answer).substring(3));
                assertThat(connector.operations().get(operation).answers())
                        .as(outcome)
                        .contains(status);
                // A path that is not there would be 404 too.
                assertThat(List.of(401, 403, 405, 415, 500)).as(outcome).doesNotContain(status);
                assertThat(outcome).contains("\"code\"").doesNotContain("\"not_found\"");
            }
        }
        assertThat(succeeded).as("Refused: " + refused).containsAll(SUCCEED.get(connector.name()));
    }

    private static String error(HttpResponse<String> answer) {
        return answer.headers().firstValue("Error").orElse("");
    }

    private static HttpResponse<String> call(PackagedConnector connector, String operation, String token, String order)
            throws Exception {
        return send(request("/" + connector.name() + "/" + operation, message(connector, operation))
                .header("Token", token)
                .header("Order", order));
    }

    private static String message(PackagedConnector connector, String operation) {
        String message = connector.examples().get(operation).message();
        return message.isEmpty() ? "{}" : message;
    }

    private static void assertProblem(HttpResponse<String> answer, int status, String code) throws Exception {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(json(answer).get("code").asText()).isEqualTo(code);
    }

    /** @param key or nothing, for one that the connector makes */
    private static HttpResponse<String> checkout(String token, String key, String order) throws Exception {
        HttpRequest.Builder request = request("/checkout/", order).header("Authorization", "Bearer " + token);
        return send(key.isEmpty() ? request : request.header("Idempotency-Key", key));
    }

    private static HttpRequest.Builder request(String path, String body) {
        return HttpRequest.newBuilder(URI.create(MI.baseUri() + path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> answer) throws IOException {
        return JSON.readTree(answer.body());
    }
}
