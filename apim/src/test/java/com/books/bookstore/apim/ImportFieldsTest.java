package com.books.bookstore.apim;

import static com.books.bookstore.apim.Fields.BOOLEAN;
import static com.books.bookstore.apim.Fields.NUMBER;
import static com.books.bookstore.apim.Fields.TEXT;
import static com.books.bookstore.apim.Fields.TEXTS;
import static com.books.bookstore.apim.Fields.all;
import static com.books.bookstore.apim.Fields.object;
import static com.books.bookstore.apim.Fields.oneOf;
import static com.books.bookstore.apim.Fields.with;
import static org.assertj.core.api.Assertions.assertThat;

import com.books.bookstore.apim.Fields.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every field of the projects and policies is one that API Manager's importer reads, with the type that it expects. The importer ignores what it
 * does not know (Gson), and an unknown value of an enumeration becomes null: neither says so.
 *
 * <p>The fields are those of APIDTO, APIProductDTO, APICorsConfigurationDTO, ProductAPIDTO and APIOperationsDTO in wso2/carbon-apimgt
 * (rest.api.publisher.v1), and of the throttle policies in rest.api.admin.v1; {@code displayName} and a product's {@code version} are newer than
 * the oldest of these sources.
 */
class ImportFieldsTest {

    private static final Shape VISIBILITY = oneOf("PUBLIC", "PRIVATE", "RESTRICTED");
    private static final Shape ACCESS = oneOf("NONE", "RESTRICTED");
    private static final Shape SECURITY = value -> value.isArray()
            && all(
                    value,
                    oneOf(
                            "oauth2",
                            "api_key",
                            "basic_auth",
                            "mutualssl",
                            "mutualssl_mandatory",
                            "oauth_basic_auth_api_key_mandatory"));
    private static final Shape TRANSPORT = value -> value.isArray() && all(value, oneOf("http", "https"));

    private static final Shape CORS = object(Map.of(
            "corsConfigurationEnabled", BOOLEAN,
            "accessControlAllowOrigins", TEXTS,
            "accessControlAllowCredentials", BOOLEAN,
            "accessControlAllowHeaders", TEXTS,
            "accessControlAllowMethods", TEXTS));

    private static final Shape ENDPOINT = object(Map.of("url", TEXT));

    private static final Map<String, Shape> COMMON = Map.ofEntries(
            Map.entry("name", TEXT),
            Map.entry("displayName", TEXT),
            Map.entry("description", TEXT),
            Map.entry("context", TEXT),
            Map.entry("version", TEXT),
            Map.entry("provider", TEXT),
            Map.entry("transport", TRANSPORT),
            Map.entry("tags", TEXTS),
            Map.entry("policies", TEXTS),
            Map.entry("authorizationHeader", TEXT),
            Map.entry("securityScheme", SECURITY),
            Map.entry("enableSchemaValidation", BOOLEAN),
            Map.entry("responseCachingEnabled", BOOLEAN),
            Map.entry("cacheTimeout", NUMBER),
            Map.entry("visibility", VISIBILITY),
            Map.entry("visibleRoles", TEXTS),
            Map.entry("accessControl", ACCESS),
            Map.entry("accessControlRoles", TEXTS),
            Map.entry("corsConfiguration", CORS));

    private static final Shape API = object(with(
            COMMON,
            Map.of(
                    "lifeCycleStatus", oneOf("CREATED", "PROTOTYPED", "PUBLISHED", "BLOCKED", "DEPRECATED", "RETIRED"),
                    "type", oneOf("HTTP", "WS", "SOAPTOREST", "SOAP", "GRAPHQL", "WEBSUB", "SSE", "WEBHOOK", "ASYNC"),
                    "endpointImplementationType", oneOf("INLINE", "ENDPOINT"),
                    "endpointConfig",
                            object(Map.of(
                                    "endpoint_type", oneOf("http", "address", "default", "load_balance", "failover"),
                                    "production_endpoints", ENDPOINT,
                                    "sandbox_endpoints", ENDPOINT)),
                    "keyManagers", TEXTS)));

    private static final Shape OPERATION = object(Map.of(
            "target", TEXT,
            "verb", oneOf("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"),
            "authType", oneOf("None", "Any", "Application", "Application User", "Application & Application User"),
            "throttlingPolicy", TEXT,
            "scopes", TEXTS));

    private static final Shape PRODUCT = object(with(
            COMMON,
            Map.of(
                    "state",
                    oneOf("CREATED", "PUBLISHED"),
                    "apis",
                    value -> all(
                            value,
                            object(Map.of(
                                    "name", TEXT,
                                    "version", TEXT,
                                    "operations", operations -> all(operations, OPERATION)))))));

    private static final Map<String, Shape> POLICY = Map.of(
            "policyName", TEXT,
            "displayName", TEXT,
            "description", TEXT,
            "isDeployed", BOOLEAN,
            "defaultLimit",
                    object(Map.of(
                            "type", oneOf("REQUESTCOUNTLIMIT", "BANDWIDTHLIMIT", "EVENTCOUNTLIMIT", "AIAPIQUOTALIMIT"),
                            "requestCount",
                                    object(Map.of(
                                            "timeUnit", oneOf("sec", "min", "hour", "days"),
                                            "unitTime", NUMBER,
                                            "requestCount", NUMBER)))));

    private static final Map<String, Shape> POLICIES = Map.of(
            "advanced policy",
                    object(with(
                            POLICY,
                            Map.of("type", oneOf("AdvancedThrottlePolicy"), "conditionalGroups", JsonNode::isArray))),
            "application policy", object(with(POLICY, Map.of("type", oneOf("ApplicationThrottlePolicy")))),
            "subscription policy",
                    object(with(
                            POLICY,
                            Map.of(
                                    "type",
                                    oneOf("SubscriptionThrottlePolicy"),
                                    "graphQLMaxComplexity",
                                    NUMBER,
                                    "graphQLMaxDepth",
                                    NUMBER,
                                    "rateLimitCount",
                                    NUMBER,
                                    "rateLimitTimeUnit",
                                    oneOf("sec", "min", "hour"),
                                    "subscriberCount",
                                    NUMBER,
                                    "customAttributes",
                                    JsonNode::isArray,
                                    "stopOnQuotaReach",
                                    BOOLEAN,
                                    "billingPlan",
                                    oneOf("FREE", "COMMERCIAL"),
                                    "permissions",
                                    object(Map.of("permissionType", oneOf("ALLOW", "DENY"), "roles", TEXTS))))));

    static Stream<Path> projects() {
        return Project.files(Project.ASSEMBLED).stream();
    }

    static Stream<Path> policies() {
        return Project.files(Project.APIM.resolve("policies")).stream();
    }

    @ParameterizedTest
    @MethodSource("projects")
    void theImporterReadsEveryField(Path project) {
        boolean product = project.resolve("api_product.yaml").toFile().isFile();
        JsonNode file = Project.yaml(project.resolve(product ? "api_product.yaml" : "api.yaml"));
        assertThat(file.get("type").asText()).isEqualTo(product ? "api_product" : "api");
        assertThat(file.get("version").asText()).matches("v4\\.[5-7]\\.0");
        assertThat(file.size()).isEqualTo(3);
        assertThat((product ? PRODUCT : API).fits(file.get("data"))).isTrue();
        for (String required : List.of("name", "context", "version", "transport", "policies")) {
            assertThat(file.get("data").has(required)).as(required).isTrue();
        }
        // @Size and @Pattern of the same classes.
        assertThat(file.at("/data/name").asText()).matches("[A-Za-z0-9._-]{1,50}");
        assertThat(file.at("/data/context").asText()).hasSizeLessThanOrEqualTo(60);
        assertThat(file.at("/data/version").asText()).matches("[A-Za-z0-9._-]{1,30}");
    }

    @ParameterizedTest
    @MethodSource("policies")
    void theImporterReadsEveryFieldOfAPolicy(Path policy) {
        JsonNode file = Project.yaml(policy);
        assertThat(file.get("type").asText()).isEqualTo("throttling policy");
        assertThat(POLICIES).containsKey(file.get("subtype").asText());
        assertThat(POLICIES.get(file.get("subtype").asText()).fits(file.get("data")))
                .isTrue();
    }

    /** A revision is deployed where these say; deploymentEnvironment and displayOnDevportal are read by the importer, deploymentVhost may be left out. */
    @ParameterizedTest
    @MethodSource("projects")
    void theImporterReadsTheEnvironments(Path project) {
        JsonNode file = Project.yaml(project.resolve("deployment_environments.yaml"));
        assertThat(file.get("type").asText()).isEqualTo("deployment_environments");
        assertThat(all(
                        file.get("data"),
                        object(Map.of(
                                "displayOnDevportal",
                                BOOLEAN,
                                "deploymentEnvironment",
                                TEXT,
                                "deploymentVhost",
                                TEXT))))
                .isTrue();
    }

    @Test
    void aWrongNameOrTypeIsFound() {
        assertThat(CORS.fits(json("{\"accessControlAllowOrigin\": []}"))).isFalse();
        assertThat(CORS.fits(json("{\"accessControlAllowOrigins\": \"*\"}"))).isFalse();
        assertThat(API.fits(json("{\"visibility\": \"Public\"}"))).isFalse();
        assertThat(API.fits(json("{\"securityScheme\": [\"oauth\"]}"))).isFalse();
        assertThat(CORS.fits(json("{\"accessControlAllowOrigins\": [\"*\"]}"))).isTrue();
    }

    private static JsonNode json(String text) {
        try {
            return new com.fasterxml.jackson.databind.ObjectMapper().readTree(text);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
