package com.books.bookstore.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.books.bookstore.connector.PackagedConnector.Example;
import com.books.bookstore.runtime.junit.MiRuntimeExtension;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The connectors of the APIs as they are packed, in an MI project on the embedded runtime, against a shop that answers what it is told. */
class OperationsIT {

    private static final List<PackagedConnector> CONNECTORS =
            List.of(PackagedConnector.of("bookstore"), PackagedConnector.of("registration"));

    private static final StubShop SHOP = new StubShop();

    @RegisterExtension
    static final MiRuntimeExtension MI = MiRuntimeExtension.withProject(Flows.write(SHOP, CONNECTORS));

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @AfterAll
    static void closeTheShop() {
        SHOP.close();
    }

    @BeforeEach
    void forget() {
        SHOP.forget();
    }

    static Stream<Arguments> operations() {
        return CONNECTORS.stream()
                .flatMap(connector -> connector.operations().keySet().stream().map(name -> arguments(connector, name)));
    }

    static List<PackagedConnector> connectors() {
        return CONNECTORS;
    }

    @ParameterizedTest
    @MethodSource("connectors")
    void theReferencePageHasEveryOperationOfTheDefinitions(PackagedConnector connector) {
        assertThat(connector.examples().keySet())
                .containsExactlyElementsOf(connector.operations().keySet());
    }

    @ParameterizedTest(name = "{0}.{1}")
    @MethodSource("operations")
    void theFlowOfTheReferencePageSendsTheRequest(PackagedConnector connector, String operation) throws Exception {
        HttpResponse<String> answer = call(connector, operation);

        assertThat(answer.body()).isEqualTo("{\"done\":true}");
        assertThat(SHOP.requests).hasSize(1);
        assertThat(SHOP.requests.get(0).line()).isEqualTo(requestLine(connector, operation));
        assertThat(SHOP.requests.get(0).body())
                .isEqualTo(connector.examples().get(operation).message());
    }

    /** Method and path of the definition, with the values of the example in the place of the parameters. */
    private static String requestLine(PackagedConnector connector, String operation) {
        String flow = connector.examples().get(operation).flow();
        return Pattern.compile("\\{(\\w+)}")
                .matcher(connector.operations().get(operation).request())
                .replaceAll((MatchResult parameter) -> Pattern.compile(
                                "<" + parameter.group(1) + ">(.*?)</" + parameter.group(1) + ">")
                        .matcher(flow)
                        .results()
                        .findFirst()
                        .orElseThrow()
                        .group(1));
    }

    @ParameterizedTest(name = "{0}.{1}")
    @MethodSource("operations")
    void aProblemIsAnErrorWithItsStatusAndCode(PackagedConnector connector, String operation) throws Exception {
        for (int status : List.of(400, 403, 404, 409, 422, 429, 500, 503)) {
            SHOP.forget();
            String problem = "{\"status\":" + status + ",\"code\":\"a_problem\"}";
            SHOP.answers.add(new StubShop.Answer(status, problem));
            HttpResponse<String> answer = call(connector, operation);

            assertError(answer, "709" + status, "BOOKSTORE:a_problem");
            assertThat(answer.headers().firstValue("Error-Detail")).hasValue(problem);
            assertThat(SHOP.requests).hasSize(1);
        }
    }

    @ParameterizedTest(name = "{0}.{1}")
    @MethodSource("operations")
    void aRefusedTokenIsRenewedOnce(PackagedConnector connector, String operation) throws Exception {
        SHOP.answers.add(new StubShop.Answer(401, "{\"code\":\"invalid_token\"}"));
        HttpResponse<String> answer = call(connector, operation);
        if (SHOP.requests.get(0).token() == null) {
            assertError(answer, "709401", "BOOKSTORE:invalid_token");
            return;
        }
        assertThat(answer.body()).isEqualTo("{\"done\":true}");
        assertThat(SHOP.requests).hasSize(2);
        assertThat(SHOP.requests.get(1).token())
                .isNotEqualTo(SHOP.requests.get(0).token());
        assertThat(SHOP.requests.get(1).key()).isEqualTo(SHOP.requests.get(0).key());

        int fetched = SHOP.tokens.get();
        call(connector, operation);
        assertThat(SHOP.tokens).hasValue(fetched);

        SHOP.answers.add(new StubShop.Answer(401, "{\"code\":\"invalid_token\"}"));
        SHOP.answers.add(new StubShop.Answer(401, "{\"code\":\"invalid_token\"}"));
        assertError(call(connector, operation), "709401", "BOOKSTORE:invalid_token");
    }

    /** A change that has no key may have been made: the flow has to look. */
    @ParameterizedTest(name = "{0}.{1}")
    @MethodSource("operations")
    void aLostAnswerIsAskedForAgainWhereThatDoesNoHarm(PackagedConnector connector, String operation) throws Exception {
        SHOP.answers.add(StubShop.LOST);
        HttpResponse<String> answer = call(connector, operation);

        StubShop.Request first = SHOP.requests.get(0);
        if (first.line().startsWith("GET ") || first.key() != null) {
            assertThat(answer.body()).isEqualTo("{\"done\":true}");
            assertThat(SHOP.requests)
                    .hasSizeGreaterThan(1)
                    .allSatisfy(request -> assertThat(request.key()).isEqualTo(first.key()));
        } else {
            assertError(answer, "709004", "BOOKSTORE:NO_ANSWER");
            assertThat(SHOP.requests).hasSize(1);
        }
    }

    @Test
    void theExamplesOfTheReadmesWork() throws Exception {
        SHOP.answers.add(new StubShop.Answer(201, "{\"orderId\":17}"));
        HttpResponse<String> order = post("/checkout/", "{\"items\":[{\"bookId\":3,\"quantity\":5}]}");

        assertThat(order.body()).isEqualTo("{\"orderId\":17}");
        assertThat(SHOP.requests.get(0).line()).isEqualTo("POST /orders/v1/orders");
        assertThat(SHOP.requests.get(0).body()).contains("\"bookId\":3");
        assertThat(SHOP.requests.get(0).key()).hasSize(36);

        SHOP.forget();
        SHOP.answers.add(new StubShop.Answer(200, "{\"approvalId\":\"7b1c\",\"status\":\"approved\"}"));
        HttpRequest.Builder approval = request("/approvals/7b1c", "{}").header("Authorization", "Bearer administrator");
        assertThat(send(approval).body()).contains("approved");
        assertThat(SHOP.requests.get(0).line()).isEqualTo("POST /registrations/v1/registrations/7b1c/approve");
        assertThat(SHOP.requests.get(0).token()).isEqualTo("Bearer administrator");
    }

    @Test
    void anAccessTokenOfTheFlowIsUsedAsItIs() throws Exception {
        int fetched = SHOP.tokens.get();
        HttpRequest.Builder request = request("/cases/visitor", "{}").header("Their-Token", "theirs");
        assertThat(send(request).body()).isEqualTo("{\"done\":true}");
        assertThat(SHOP.requests.get(0).token()).isEqualTo("Bearer theirs");

        SHOP.forget();
        SHOP.answers.add(new StubShop.Answer(401, "{\"code\":\"invalid_token\"}"));
        assertError(send(request), "709401", "BOOKSTORE:invalid_token");
        assertThat(SHOP.requests).hasSize(1);
        assertThat(SHOP.tokens).hasValue(fetched);

        SHOP.forget();
        assertError(send(request("/cases/visitor", "{}")), "709001", "BOOKSTORE:CONFIGURATION");
        HttpResponse<String> broken = post("/cases/listOrders-broken", "{}");
        assertError(broken, "709002", "BOOKSTORE:INVALID_PARAMETER");
        assertThat(broken.headers().firstValue("Error-Detail").orElseThrow()).doesNotContain("secret");
        assertThat(SHOP.requests).isEmpty();
    }

    @Test
    void aWrongSecretGivesNoToken() throws Exception {
        HttpResponse<String> answer = post("/cases/listOrders-stranger", "{}");
        assertError(answer, "709003", "BOOKSTORE:TOKEN_REFUSED");
        assertThat(answer.headers().firstValue("Error-Detail").orElseThrow())
                .contains("401", "invalid_client")
                .doesNotContain("wrong");
        assertThat(SHOP.requests).isEmpty();
    }

    @Test
    void anAnswerThatDoesNotComeInTimeIsLost() throws Exception {
        SHOP.answers.add(StubShop.NONE);
        assertThat(post("/cases/placeOrder-hasty", "{}").body()).isEqualTo("{\"done\":true}");
        assertThat(SHOP.requests).hasSize(2);
        assertThat(SHOP.requests.get(1).key()).isEqualTo(SHOP.requests.get(0).key());

        SHOP.forget();
        SHOP.answers.add(StubShop.NONE);
        SHOP.answers.add(StubShop.NONE);
        assertError(post("/cases/placeOrder-hasty", "{}"), "709004", "BOOKSTORE:NO_ANSWER");

        SHOP.forget();
        SHOP.answers.add(StubShop.NONE);
        assertError(post("/cases/completeOrder-hasty", "{}"), "709004", "BOOKSTORE:NO_ANSWER");
        assertThat(SHOP.requests).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"listOrders", "placeOrder", "completeOrder"})
    void aServerThatDoesNotListenIsNoAnswer(String operation) throws Exception {
        HttpResponse<String> shop = post("/cases/" + operation + "-closed", "{}");
        assertError(shop, "709004", "BOOKSTORE:NO_ANSWER");
        assertThat(shop.headers().firstValue("Error-Detail").orElseThrow()).contains("baseUrl");

        HttpResponse<String> tokens = post("/cases/" + operation + "-no-tokens", "{}");
        assertError(tokens, "709004", "BOOKSTORE:NO_ANSWER");
        assertThat(tokens.headers().firstValue("Error-Detail").orElseThrow()).contains("token endpoint");
        assertThat(SHOP.requests).isEmpty();
    }

    @Test
    void aWrongConnectionIsAnErrorThatNamesTheSetting() throws Exception {
        assertDetail(post("/cases/listOrders-slow-to-connect", "{}"), "709001", "connectTimeout");
        assertDetail(post("/cases/listOrders-distrustful", "{}"), "709001", "trustedCertificates");
        assertDetail(post("/cases/listOrders-tokenless", "{}"), "709001", "tokenEndpoint");
        assertDetail(post("/cases/unconnected", "{}"), "709001", "configKey");
    }

    @Test
    void aParameterOfThePathIsNeededAndStaysInItsPlace() throws Exception {
        assertDetail(post("/cases/incomplete", "{}"), "709002", "orderId");
        assertDetail(post("/cases/elsewhere", "{}"), "709002", "bookId");
        assertThat(SHOP.requests).isEmpty();

        post("/cases/encoded", "{}");
        assertThat(SHOP.requests.get(0).line()).isEqualTo("GET /catalog/v1/books/a%2Fb%20c");
    }

    @Test
    void aPageTellsWhatToSendForTheNextOne() throws Exception {
        String page =
                "{\"items\":[{},{\"a\":[1]}],\"total\":5,\"totalIsExact\":false,\"limit\":2,\"offset\":0,\"next\":%s}";
        SHOP.answers.add(new StubShop.Answer(200, String.format(page, "\"bWFyaw\"")));
        HttpResponse<String> answer = post("/cases/page-listOrders", "{\"mine\":1}");
        assertThat(answer.body()).isEqualTo("{\"mine\":1}");
        assertThat(answer.headers().firstValue("Next")).hasValue("bWFyaw");
        assertThat(answer.headers().firstValue("Version")).hasValue("\"3\"");

        SHOP.answers.add(new StubShop.Answer(200, String.format(page, "null")));
        assertThat(post("/cases/page-listBooks", "{}")
                        .headers()
                        .firstValue("Next")
                        .orElse(""))
                .isEmpty();
    }

    @Test
    void twoConnectorsServeTheSameFlow() throws Exception {
        assertThat(post("/cases/both", "{}").statusCode()).isEqualTo(200);
        assertThat(SHOP.requests)
                .extracting(StubShop.Request::line)
                .containsExactly("GET /orders/v1/orders", "GET /registrations/v1/registrations", "GET /mails/v1/mails");
    }

    private static void assertDetail(HttpResponse<String> answer, String code, String detail) {
        assertThat(answer.headers().firstValue("Error-Code")).hasValue(code);
        assertThat(answer.headers().firstValue("Error-Detail").orElseThrow()).contains(detail);
    }

    private static void assertError(HttpResponse<String> answer, String code, String message) {
        assertThat(answer.headers().firstValue("Error-Code")).hasValue(code);
        assertThat(answer.headers().firstValue("Error-Message")).hasValue(message);
    }

    private static HttpResponse<String> call(PackagedConnector connector, String operation) throws Exception {
        Example example = connector.examples().get(operation);
        return post("/" + connector.name() + "/" + operation, example.message().isEmpty() ? "{}" : example.message());
    }

    private static HttpResponse<String> post(String path, String body) throws Exception {
        return send(request(path, body));
    }

    private static HttpRequest.Builder request(String path, String body) {
        return HttpRequest.newBuilder(URI.create(MI.baseUri() + path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
