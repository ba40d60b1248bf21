package com.books.bookstore.it.support;

import static com.atlassian.oai.validator.report.ValidationReport.Level.IGNORE;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.report.LevelResolver;
import com.atlassian.oai.validator.restassured.OpenApiValidationFilter;
import io.restassured.RestAssured;
import io.restassured.builder.RequestSpecBuilder;
import io.restassured.config.JsonConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.config.SSLConfig;
import io.restassured.http.ContentType;
import io.restassured.path.json.config.JsonPathConfig.NumberReturnType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/**
 * The shop as a client sees it: requests to its APIs as one of the users. Every answer is held to the OpenAPI definition of its API.
 */
public final class Shop {

    private static final Path DEFINITIONS =
            Checkout.DIRECTORY.resolve("sequences/src/main/wso2mi/resources/api-definitions");
    private static final Map<String, OpenApiValidationFilter> FILTERS = new ConcurrentHashMap<>();

    private Shop() {}

    public static RequestSpecification catalog() {
        return api("CatalogAPI", "/catalog/v1", null);
    }

    public static RequestSpecification inventory(User user) {
        return api("InventoryAPI", "/inventory/v1", user);
    }

    public static RequestSpecification orders(User user) {
        return api("OrderAPI", "/orders/v1", user);
    }

    /** @param token an access token */
    public static RequestSpecification orders(String token) {
        return api("OrderAPI", "/orders/v1").header("Authorization", "Bearer " + token);
    }

    /** @param user null for somebody without a token */
    public static RequestSpecification registrations(User user) {
        return api("RegistrationAPI", "/registrations/v1", user);
    }

    public static RequestSpecification reports(User user) {
        return api("ReportAPI", "/reports/v1", user);
    }

    public static RequestSpecification mails(User user) {
        return api("MailAPI", "/mails/v1", user);
    }

    /** @param token an access token */
    public static RequestSpecification mails(String token) {
        return api("MailAPI", "/mails/v1").header("Authorization", "Bearer " + token);
    }

    /** A request to any path, held to no definition. */
    public static RequestSpecification raw() {
        return RestAssured.given().spec(base("").build());
    }

    private static RequestSpecification api(String definition, String context, User user) {
        RequestSpecification request = api(definition, context);
        return user == null ? request : request.header("Authorization", "Bearer " + BookstoreSystem.token(user));
    }

    private static RequestSpecification api(String definition, String context) {
        return RestAssured.given()
                .spec(base(context)
                        .addFilter(FILTERS.computeIfAbsent(definition, Shop::filter))
                        .build());
    }

    private static RequestSpecBuilder base(String context) {
        RestAssuredConfig config =
                RestAssured.config().jsonConfig(JsonConfig.jsonConfig().numberReturnType(NumberReturnType.BIG_DECIMAL));
        Optional<KeyStore> trusted = BookstoreSystem.deployment().flatMap(Deployment::trustedCertificates);
        if (trusted.isPresent()) {
            config = config.sslConfig(SSLConfig.sslConfig().trustStore(trusted.get()));
        }
        RequestSpecBuilder spec = new RequestSpecBuilder()
                .setBaseUri(BookstoreSystem.apiAddress())
                .setBasePath(context)
                .setConfig(config);
        BookstoreSystem.deployment().map(Deployment::filter).ifPresent(spec::addFilter);
        return spec;
    }

    /** Answers must fit the definition; requests may be wrong on purpose. */
    private static OpenApiValidationFilter filter(String definition) {
        return new OpenApiValidationFilter(OpenApiInteractionValidator.createForSpecificationUrl(
                        DEFINITIONS.resolve(definition + ".yaml").toUri().toString())
                .withBasePathOverride("/")
                .withLevelResolver(LevelResolver.create()
                        .withLevel("validation.request", IGNORE)
                        .build())
                .build());
    }

    /** Puts a new book on sale and returns its number. */
    public static int newBook(String title, String price, int stock) {
        return inventory(User.STAFF)
                .contentType(ContentType.JSON)
                .body(Map.of("title", title, "price", new BigDecimal(price), "stockQuantity", stock))
                .post("/books")
                .then()
                .statusCode(201)
                .extract()
                .jsonPath()
                .getInt("bookId");
    }

    public static Response placeOrder(User user, String idempotencyKey, String body) {
        return orders(user)
                .contentType(ContentType.JSON)
                .header("Idempotency-Key", idempotencyKey)
                .body(body)
                .post("/orders");
    }

    public static Response placeOrder(User user, String body) {
        return placeOrder(user, newKey(), body);
    }

    /** Orders one book and returns the order's number. */
    public static int order(User user, int bookId, int quantity) {
        return placeOrder(user, lines(bookId, quantity))
                .then()
                .statusCode(201)
                .extract()
                .jsonPath()
                .getInt("orderId");
    }

    /** An order body of alternating book numbers and quantities. */
    public static String lines(int... booksAndQuantities) {
        StringBuilder items = new StringBuilder();
        for (int i = 0; i < booksAndQuantities.length; i += 2) {
            items.append(i == 0 ? "" : ",")
                    .append("{\"bookId\":")
                    .append(booksAndQuantities[i])
                    .append(",\"quantity\":")
                    .append(booksAndQuantities[i + 1])
                    .append('}');
        }
        return "{\"items\":[" + items + "]}";
    }

    public static int stockOf(int bookId) {
        return catalog()
                .get("/books/{id}", bookId)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getInt("stockQuantity");
    }

    /** An ISBN that no other book of this run has. */
    public static String newIsbn() {
        String start = "978"
                + String.format(Locale.ROOT, "%09d", ThreadLocalRandom.current().nextInt(1_000_000_000));
        int sum = IntStream.range(0, start.length())
                .map(i -> (start.charAt(i) - '0') * (i % 2 == 0 ? 1 : 3))
                .sum();
        return start + (10 - sum % 10) % 10;
    }

    public static String newKey() {
        return UUID.randomUUID().toString();
    }
}
