package com.books.bookstore.apim;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The apictl projects as they were assembled: everything that they name is there, and nothing is said twice in two ways. */
class ProjectsTest {

    private static final Pattern CONTEXT = Pattern.compile("<api [^>]*name=\"(\\w+)\" context=\"([^\"]+)\"");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w+)}");

    static List<String> apis() {
        return Project.apis();
    }

    static List<Path> projects() {
        return Project.files(Project.ASSEMBLED);
    }

    @ParameterizedTest
    @MethodSource("apis")
    void everyApiHasAProjectWithItsDefinitionWithoutInternalPartsAndNothingButHeadAdded(String api) {
        Path project = Project.ASSEMBLED.resolve(api + "-v1");
        JsonNode assembled = Project.yaml(project.resolve("Definitions/swagger.yaml"));
        assembled.get("paths").forEach(path -> ((ObjectNode) path).remove("head"));
        JsonNode defined = Project.yaml(Project.DEFINITIONS.resolve(api + ".yaml"));
        for (JsonNode parts : List.of(defined.get("paths"), defined.at("/components/securitySchemes/oauth2/flows"))) {
            parts.properties()
                    .removeIf(part -> part.getValue().path("x-internal").booleanValue());
        }
        assertThat(assembled).isEqualTo(defined);
        for (String file : List.of("api.yaml", "api_meta.yaml", "deployment_environments.yaml", "params.yaml")) {
            assertThat(project.resolve(file)).exists();
        }
        JsonNode meta = Project.yaml(project.resolve("api_meta.yaml"));
        assertThat(meta.get("name").asText())
                .isEqualTo(data(project).get("name").asText())
                .isEqualTo(api);
        assertThat(meta.get("version").asText())
                .isEqualTo(data(project).get("version").asText());
    }

    @Test
    void thereIsNoProjectWithoutAnApiButTheProduct() {
        Set<String> projects = projects().stream()
                .map(project -> project.getFileName().toString())
                .collect(Collectors.toSet());
        Set<String> expected = apis().stream().map(api -> api + "-v1").collect(Collectors.toCollection(TreeSet::new));
        expected.add("BookstoreForCustomers-v1");
        assertThat(projects).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("apis")
    void theGatewaysPathAndTheEndpointsAreTheContextOfTheSynapseApi(String api) {
        Path project = Project.ASSEMBLED.resolve(api + "-v1");
        String context = synapseContexts().get(api);
        assertThat(data(project).get("context").asText() + "/"
                        + data(project).get("version").asText())
                .isEqualTo(context);
        for (JsonNode environment : Project.yaml(project.resolve("params.yaml")).get("environments")) {
            for (JsonNode endpoint : environment.at("/configs/endpoints")) {
                assertThat(endpoint.get("url").asText()).isEqualTo("${BOOKSTORE_MI_URL}" + context);
            }
        }
        for (String endpoints : List.of("production_endpoints", "sandbox_endpoints")) {
            assertThat(data(project).at("/endpointConfig/" + endpoints + "/url").asText())
                    .endsWith(context);
        }
    }

    @ParameterizedTest
    @MethodSource("projects")
    void everyEnvironmentHasItsParametersAndPublishSetsTheirVariables(Path project) {
        Path params = project.resolve("params.yaml");
        Set<String> environments = new TreeSet<>();
        Project.yaml(params)
                .get("environments")
                .forEach(environment -> environments.add(environment.get("name").asText()));
        assertThat(environments).containsExactly("dev", "prod");
        String script = Project.text(Project.APIM.resolve("publish.sh"));
        for (Matcher variable = VARIABLE.matcher(Project.text(params)); variable.find(); ) {
            // An unset one would end the import.
            assertThat(script).containsPattern("for variable in [^;]*\\b" + variable.group(1) + "\\b");
        }
    }

    @ParameterizedTest
    @MethodSource("projects")
    void everyPolicyAndRoleThatIsNamedIsThere(Path project) {
        Set<String> plans = policies("subscription policy");
        assertThat(Project.texts(data(project).get("policies"))).isNotEmpty().isSubsetOf(plans);
        for (JsonNode environment : Project.yaml(project.resolve("params.yaml")).get("environments")) {
            assertThat(Project.texts(environment.at("/configs/policies"))).isSubsetOf(plans);
        }
        for (String role : Project.texts(data(project).get("visibleRoles"))) {
            assertThat(Project.ACCESS_LEVELS.get("roles").has(role.replace("Internal/", "")))
                    .as(role)
                    .isTrue();
        }
    }

    @Test
    void everyPolicyIsUsed() {
        Set<String> used =
                Project.operations().stream().map(Project.Operation::tier).collect(Collectors.toSet());
        assertThat(policies("advanced policy")).isEqualTo(used);
    }

    @Test
    void theProductIsMadeOfOperationsAsTheyAreDefined() {
        Map<String, Project.Operation> defined = Project.operations().stream()
                .collect(Collectors.toMap(Project.Operation::toString, operation -> operation));
        JsonNode product = Project.yaml(Project.ASSEMBLED.resolve("BookstoreForCustomers-v1/api_product.yaml"))
                .get("data");
        Set<String> customersScopes = Project.scopesOf("bookstore-customer");
        for (JsonNode api : product.get("apis")) {
            for (JsonNode operation : api.get("operations")) {
                Project.Operation definition = defined.get(api.get("name").asText() + " "
                        + operation.get("verb").asText().replace("HEAD", "GET") + " "
                        + operation.get("target").asText());
                assertThat(definition).as(operation.toString()).isNotNull();
                assertThat(Project.texts(operation.get("scopes"))).isEqualTo(definition.scopes());
                assertThat(operation.get("throttlingPolicy").asText()).isEqualTo(definition.tier());
                assertThat(operation.get("authType").asText()).isEqualTo(definition.authType());
                assertThat(definition.isOpen() || definition.scopes().stream().anyMatch(customersScopes::contains))
                        .as("customers can use %s", definition)
                        .isTrue();
            }
        }
    }

    @Test
    void theProductHasHeadWhereItHasGet() {
        for (JsonNode api : Project.yaml(Project.ASSEMBLED.resolve("BookstoreForCustomers-v1/api_product.yaml"))
                .at("/data/apis")) {
            assertThat(targets(api, "HEAD")).isEqualTo(targets(api, "GET"));
        }
    }

    private static Set<String> targets(JsonNode api, String verb) {
        Set<String> targets = new TreeSet<>();
        api.get("operations").forEach(operation -> {
            if (operation.get("verb").asText().equals(verb)) {
                targets.add(operation.get("target").asText());
            }
        });
        return targets;
    }

    /** The connector for Identity Server 7 leaves the prefix out: Internal/x is the role x there. */
    @Test
    void sharedScopesAreThoseOfTheAccessTableThatARoleHolds() {
        Map<String, Set<String>> shared = new TreeMap<>();
        Project.sharedScopes()
                .forEach((name, scope) -> shared.put(
                        name + ": " + scope.get("description").asText(), Project.texts(scope.get("bindings"))));
        Map<String, Set<String>> expected = new TreeMap<>();
        for (Map.Entry<String, JsonNode> scope :
                Project.ACCESS_LEVELS.get("scopes").properties()) {
            Set<String> roles = Project.names(Project.ACCESS_LEVELS.get("roles")).stream()
                    .filter(role -> Project.scopesOf(role).contains(scope.getKey()))
                    .map("Internal/"::concat)
                    .collect(Collectors.toCollection(TreeSet::new));
            if (!roles.isEmpty()) {
                expected.put(scope.getKey() + ": " + scope.getValue().asText(), roles);
            }
        }
        assertThat(shared).isEqualTo(expected);
    }

    /** API Manager would register any other with the key manager, which has it already. */
    @ParameterizedTest
    @MethodSource("apis")
    void publishedDefinitionsNameOnlySharedScopes(String api) {
        Set<String> named = new TreeSet<>();
        for (JsonNode flow : Project.yaml(Project.ASSEMBLED.resolve(api + "-v1/Definitions/swagger.yaml"))
                .at("/components/securitySchemes/oauth2/flows")) {
            named.addAll(Project.names(flow.get("scopes")));
        }
        assertThat(Project.sharedScopes().keySet()).containsAll(named);
    }

    @ParameterizedTest
    @MethodSource("apis")
    void tokensComeFromTheKeyManagerThatIsPublished(String api) {
        String keyManager = Project.yaml(Project.APIM.resolve("key-manager/identity-server-7.json"))
                .get("name")
                .asText();
        assertThat(Project.texts(data(Project.ASSEMBLED.resolve(api + "-v1")).get("keyManagers")))
                .containsExactly(keyManager);
    }

    @ParameterizedTest
    @MethodSource("apis")
    void browsersMaySendWhatTheOperationsTake(String api) {
        JsonNode cors = data(Project.ASSEMBLED.resolve(api + "-v1")).get("corsConfiguration");
        List<Project.Operation> operations = Project.operations().stream()
                .filter(operation -> operation.api().equals(api))
                .toList();
        assertThat(Project.texts(cors.get("accessControlAllowMethods")))
                .containsAll(operations.stream().map(Project.Operation::method).toList())
                .contains("OPTIONS");
        for (Project.Operation operation : operations) {
            for (JsonNode parameter : operation.node().path("parameters")) {
                if (parameter.path("in").asText().equals("header")) {
                    assertThat(Project.texts(cors.get("accessControlAllowHeaders")))
                            .contains(parameter.get("name").asText());
                }
            }
        }
        assertThat(cors.get("accessControlAllowCredentials").asBoolean()).isFalse();
    }

    private static JsonNode data(Path project) {
        Path api = project.resolve("api.yaml");
        return Project.yaml(Files.exists(api) ? api : project.resolve("api_product.yaml"))
                .get("data");
    }

    private static Set<String> policies(String subtype) {
        return Project.files(Project.APIM.resolve("policies")).stream()
                .map(Project::yaml)
                .filter(policy -> policy.get("subtype").asText().equals(subtype))
                .map(policy -> policy.at("/data/policyName").asText())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Map<String, String> synapseContexts() {
        Map<String, String> contexts = new TreeMap<>();
        for (Path file : Project.files(Project.APIS)) {
            Matcher api = CONTEXT.matcher(Project.text(file));
            if (api.find()) {
                contexts.put(api.group(1), api.group(2));
            }
        }
        return contexts;
    }
}
