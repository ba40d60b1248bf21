package com.books.bookstore.apim;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What API Manager needs to find in the OpenAPI definitions. */
class DefinitionsTest {

    static List<Project.Operation> operations() {
        return Project.operations();
    }

    @ParameterizedTest
    @MethodSource("operations")
    void everyOperationNeedsScopesOfTheAccessTableOrIsDeclaredOpen(Project.Operation operation) {
        if (operation.isOpen()) {
            assertThat(operation.authType()).isEqualTo("None");
        } else {
            assertThat(operation.authType()).isEqualTo("Application & Application User");
            assertThat(operation.scopes()).isNotEmpty().isSubsetOf(Project.names(Project.ACCESS_LEVELS.get("scopes")));
        }
    }

    @ParameterizedTest
    @MethodSource("operations")
    void everyOperationHasAThrottlingTierThatIsThere(Project.Operation operation) {
        Set<String> tiers = Project.files(Project.APIM.resolve("policies")).stream()
                .map(Project::yaml)
                .filter(policy -> policy.get("subtype").asText().equals("advanced policy"))
                .map(policy -> policy.at("/data/policyName").asText())
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(tiers).contains(operation.tier());
    }

    @ParameterizedTest
    @MethodSource("operations")
    void everyOperationShowsExamplesOfWhatGoesInAndComesOut(Project.Operation operation) {
        for (JsonNode body : operation.node().path("requestBody").path("content")) {
            assertThat(body.has("example"))
                    .as("the request body has an example")
                    .isTrue();
        }
        for (Map.Entry<String, JsonNode> response :
                operation.node().get("responses").properties()) {
            JsonNode content = resolved(operation, response.getValue()).path("content");
            for (JsonNode body : content) {
                assertThat(body.has("example"))
                        .as("the answer %s has an example", response.getKey())
                        .isTrue();
            }
        }
    }

    /** Refused before the request is counted: a wrong host, an address that is not encoded correctly. */
    private static final Set<String> NOT_COUNTED = Set.of("Misdirected", "MalformedAddress");

    @ParameterizedTest
    @MethodSource("operations")
    void everyOperationNamesTheRefusalsOfAllAndTheLimitInEveryCountedAnswer(Project.Operation operation) {
        JsonNode responses = operation.node().get("responses");

        assertThat(responses.propertyStream().map(Map.Entry::getKey)).contains("421", "429", "500", "503");
        responses.forEach(response -> {
            String reference = response.path("$ref").asText();
            boolean counted = !NOT_COUNTED.contains(reference.substring(reference.lastIndexOf('/') + 1));
            assertThat(resolved(operation, response).path("headers").has("RateLimit"))
                    .as("%s has the header RateLimit", response)
                    .isEqualTo(counted);
        });
    }

    static List<String> apis() {
        return Project.apis();
    }

    /**
     * As OAS3Parser in wso2/carbon-apimgt reads a definition (validateAPIDefinition, getURITemplates): any message of the parser refuses it, and
     * each method of a path becomes a resource of the gateway.
     */
    @ParameterizedTest
    @MethodSource("apis")
    void theImporterFindsHeadWithTheScopesOfGet(String api) {
        ParseOptions options = new ParseOptions();
        options.setResolve(true);
        SwaggerParseResult result = new OpenAPIV3Parser()
                .readContents(
                        Project.text(Project.ASSEMBLED.resolve(api + "-v1/Definitions/swagger.yaml")), null, options);

        assertThat(result.getMessages()).isEmpty();
        result.getOpenAPI().getPaths().forEach((path, item) -> {
            Operation get = item.getGet();
            Operation head = item.getHead();
            assertThat(head != null).as(path).isEqualTo(get != null);
            if (head != null) {
                assertThat(head.getSecurity()).as(path).isEqualTo(get.getSecurity());
                assertThat(head.getExtensions()).as(path).isNotEmpty().isEqualTo(get.getExtensions());
                assertThat(head.getParameters()).as(path).isEqualTo(get.getParameters());
                assertThat(head.getOperationId()).as(path).isEqualTo(get.getOperationId() + "Headers");
            }
        });
    }

    private static JsonNode resolved(Project.Operation operation, JsonNode node) {
        return node.has("$ref")
                ? operation.definition().at(node.get("$ref").asText().substring(1))
                : node;
    }
}
