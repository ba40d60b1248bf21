package com.books.bookstore.connector.shop;

import static org.assertj.core.api.Assertions.assertThat;

import com.books.bookstore.runtime.EmbeddedRuntime;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The connector as it is packed, in an MI project on the embedded runtime, against a shop that answers what it is told. */
class OperationsIT {

    private static final Path ZIP = Path.of(System.getProperty("connector.zip"));
    private static final Path DEFINITIONS = Path.of("../../sequences/src/main/wso2mi/resources/api-definitions");
    private static final List<String> APIS = List.of("Catalog", "Inventory", "Order", "Report", "Mail");
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");
    private static final String FAULT = """
            <sequence xmlns="http://ws.apache.org/ns/synapse" name="Failed">
                <property name="HTTP_SC" value="422" scope="axis2"/>
                <property name="Error-Code" scope="transport" expression="$ctx:ERROR_CODE"/>
                <property name="Error-Message" scope="transport" expression="$ctx:ERROR_MESSAGE"/>
                <property name="Error-Detail" scope="transport" expression="$ctx:ERROR_DETAIL"/>
                <payloadFactory media-type="json"><format>{"failed":true}</format><args/></payloadFactory>
                <respond/>
            </sequence>
            """;

    @TempDir
    private static Path directory;

    private static StubShop shop;
    private static EmbeddedRuntime runtime;

    /** Method and path by the names of the operations, with a number for each parameter in the path. */
    static Map<String, String> operations() throws IOException {
        Map<String, String> operations = new LinkedHashMap<>();
        for (String api : APIS) {
            JsonNode definition = new YAMLMapper()
                    .readTree(DEFINITIONS.resolve(api + "API.yaml").toFile());
            String base =
                    URI.create(definition.at("/servers/0/url").textValue()).getPath();
            definition
                    .path("paths")
                    .properties()
                    .forEach(path -> path.getValue().properties().forEach(operation -> {
                        if (METHODS.contains(operation.getKey())) {
                            operations.put(
                                    operation.getValue().path("operationId").textValue(),
                                    operation.getKey().toUpperCase(java.util.Locale.ROOT) + " "
                                            + (base + path.getKey()).replaceAll("\\{\\w+}", "7"));
                        }
                    }));
        }
        return operations;
    }

    static Set<String> names() throws IOException {
        return operations().keySet();
    }

    @BeforeAll
    static void start() throws Exception {
        shop = new StubShop();
        Path sources = directory.resolve("flows/src/main/wso2mi");
        write(sources.resolve("artifacts/sequences/Failed.xml"), FAULT);
        List<String> example = example();
        write(sources.resolve("artifacts/local-entries/shop.xml"), example.get(0));
        write(
                sources.resolve("artifacts/local-entries/stranger.xml"),
                example.get(0)
                        .replace("key=\"shop\"", "key=\"stranger\"")
                        .replace("get-property('env', 'SHOP_SECRET')", "'wrong'"));
        write(sources.resolve("artifacts/apis/Checkout.xml"), example.get(1));
        write(sources.resolve("artifacts/apis/Operations.xml"), api());
        Files.createDirectories(sources.resolve("resources/connectors"));
        Files.copy(ZIP, sources.resolve("resources/connectors").resolve(ZIP.getFileName()));
        runtime = EmbeddedRuntime.builder().project(directory.resolve("flows")).start();
    }

    private static void write(Path file, String content) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(
                file,
                content.replace("https://api.books.example", shop.url())
                        .replace("https://login.books.example/oauth2/token", shop.url() + "/token")
                        .replace("{get-property('env', 'SHOP_SECRET')}", "secret"));
    }

    /** The flow that the README shows. */
    private static List<String> example() throws IOException {
        Matcher blocks =
                Pattern.compile("```xml\\n(.*?)\\n```", Pattern.DOTALL).matcher(Files.readString(Path.of("README.md")));
        return blocks.results().map(block -> block.group(1)).toList();
    }

    private static String api() throws IOException {
        StringBuilder api = new StringBuilder(
                "<api xmlns=\"http://ws.apache.org/ns/synapse\" name=\"Operations\" context=\"/operations\">");
        for (String name : names()) {
            resource(api, name, name, "shop", "");
        }
        resource(api, "stranger", "listOrders", "stranger", "");
        resource(
                api,
                "page",
                "listOrders",
                "shop",
                "<responseVariable>page</responseVariable><overwriteBody>false</overwriteBody>");
        return api.append("</api>").toString();
    }

    private static void resource(StringBuilder api, String path, String operation, String connection, String more)
            throws IOException {
        api.append("<resource methods=\"POST\" uri-template=\"/" + path + "\" faultSequence=\"Failed\"><inSequence>")
                .append("<bookstore." + operation + " configKey=\"" + connection + "\">");
        for (String parameter : parameters(operation)) {
            if (parameter.equals("requestBody")) {
                api.append("<requestBody>'{\"a\":1}'</requestBody>");
            } else if (operations().get(operation).contains("/7") && parameter.endsWith("Id")
                    || parameter.equals("date")) {
                api.append("<" + parameter + ">7</" + parameter + ">");
            }
        }
        api.append(more + "</bookstore." + operation + ">")
                .append("<property name=\"Next\" scope=\"transport\" expression=\"$ctx:page.attributes.nextOffset\"/>")
                .append("<property name=\"Version\" scope=\"transport\" expression=\"$ctx:page.headers.ETag\"/>")
                .append("<respond/></inSequence></resource>");
    }

    private static List<String> parameters(String operation) throws IOException {
        try (ZipFile zip = new ZipFile(ZIP.toFile())) {
            String template = new String(
                    zip.getInputStream(zip.getEntry("operations/" + operation + ".xml"))
                            .readAllBytes(),
                    StandardCharsets.UTF_8);
            return Pattern.compile("<parameter name=\"(\\w+)\"")
                    .matcher(template)
                    .results()
                    .map(found -> found.group(1))
                    .toList();
        }
    }

    @AfterAll
    static void stop() {
        runtime.close();
        shop.close();
    }

    @BeforeEach
    void forget() {
        shop.requests.clear();
        shop.answers.clear();
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyOperationOfTheDefinitionsSendsItsRequest(String name) throws Exception {
        HttpResponse<String> answer = call(name);

        assertThat(answer.body()).isEqualTo("{\"done\":true}");
        assertThat(shop.requests).hasSize(1);
        assertThat(shop.requests.get(0).line()).isEqualTo(operations().get(name));
        assertThat(shop.requests.get(0).body()).isEqualTo(parameters(name).contains("requestBody") ? "{\"a\":1}" : "");
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyOperationIsDescribedForTheEditor(String name) throws Exception {
        try (ZipFile zip = new ZipFile(ZIP.toFile())) {
            JsonNode form = new YAMLMapper().readTree(zip.getInputStream(zip.getEntry("uischema/" + name + ".json")));
            assertThat(form.findValuesAsText("name"))
                    .containsAll(parameters(name))
                    .contains("configRef");
            assertThat(form.findValuesAsText("helpTip"))
                    .allSatisfy(text -> assertThat(text).isNotBlank());
            JsonNode schema =
                    new YAMLMapper().readTree(zip.getInputStream(zip.getEntry("outputschema/" + name + ".json")));
            assertThat(schema.at("/properties/payload").isObject()).isTrue();
            assertThat(schema.toString()).doesNotContain("$ref", "nullable");
        }
    }

    @Test
    void theExampleOfThePagePlacesAnOrder() throws Exception {
        shop.answers.add(new StubShop.Answer(201, "{\"orderId\":17}"));
        HttpResponse<String> answer = post("/checkout/", "{\"items\":[{\"bookId\":3,\"quantity\":5}]}");

        assertThat(answer.body()).isEqualTo("{\"orderId\":17}");
        assertThat(shop.requests.get(0).line()).isEqualTo("POST /orders/v1/orders");
        assertThat(shop.requests.get(0).body()).contains("\"bookId\":3");
        assertThat(shop.requests.get(0).key()).hasSize(36);
    }

    @ParameterizedTest
    @CsvSource({"409,order_not_pending", "422,promo_code_invalid", "429,too_many_requests", "503,unavailable"})
    void aProblemIsAnErrorWithItsStatusAndCode(int status, String code) throws Exception {
        shop.answers.add(new StubShop.Answer(status, "{\"status\":" + status + ",\"code\":\"" + code + "\"}"));
        HttpResponse<String> answer = call("placeOrder");

        assertError(answer, "709" + status, "BOOKSTORE:" + code);
        assertThat(answer.headers().firstValue("Error-Detail").orElseThrow()).contains("\"code\":\"" + code + "\"");
        assertThat(shop.requests).hasSize(1);
    }

    @Test
    void aRefusedTokenIsRenewedOnce() throws Exception {
        shop.answers.add(new StubShop.Answer(401, "{\"code\":\"invalid_token\"}"));
        assertThat(call("placeOrder").body()).isEqualTo("{\"done\":true}");
        assertThat(shop.requests).hasSize(2);
        assertThat(shop.requests.get(1).token())
                .isNotEqualTo(shop.requests.get(0).token());
        assertThat(shop.requests.get(1).key()).isEqualTo(shop.requests.get(0).key());

        int fetched = shop.tokens.get();
        call("listOrders");
        assertThat(shop.tokens).hasValue(fetched);

        shop.answers.add(new StubShop.Answer(401, "{\"code\":\"invalid_token\"}"));
        shop.answers.add(new StubShop.Answer(401, "{\"code\":\"invalid_token\"}"));
        assertError(call("listOrders"), "709401", "BOOKSTORE:invalid_token");
    }

    @Test
    void aWrongSecretGivesNoToken() throws Exception {
        HttpResponse<String> answer = call("stranger");
        assertError(answer, "709003", "BOOKSTORE:TOKEN_REFUSED");
        assertThat(answer.headers().firstValue("Error-Detail").orElseThrow())
                .contains("401", "invalid_client")
                .doesNotContain("wrong");
        assertThat(shop.requests).isEmpty();
    }

    @Test
    void aLostAnswerIsAskedForAgainWithTheSameKey() throws Exception {
        shop.answers.add(new StubShop.Answer(0, ""));
        assertThat(call("placeOrder").body()).isEqualTo("{\"done\":true}");
        assertThat(shop.requests).extracting(StubShop.Request::key).hasSizeGreaterThan(1);
        assertThat(shop.requests)
                .extracting(StubShop.Request::key)
                .containsOnly(shop.requests.get(0).key());
    }

    @Test
    void aPageTellsWhereTheNextOneBegins() throws Exception {
        shop.answers.add(new StubShop.Answer(200, "{\"items\":[{},{\"a\":[1]}],\"total\":5,\"limit\":2,\"offset\":0}"));
        HttpResponse<String> answer = call("page");
        assertThat(answer.body()).isEqualTo("{\"mine\":1}");
        assertThat(answer.headers().firstValue("Next")).hasValue("2");
        assertThat(answer.headers().firstValue("Version")).hasValue("\"3\"");
    }

    private static void assertError(HttpResponse<String> answer, String code, String message) {
        assertThat(answer.headers().firstValue("Error-Code")).hasValue(code);
        assertThat(answer.headers().firstValue("Error-Message")).hasValue(message);
    }

    private static HttpResponse<String> call(String path) throws Exception {
        return post("/operations/" + path, "{\"mine\":1}");
    }

    private static HttpResponse<String> post(String path, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(runtime.baseUri() + path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }
}
