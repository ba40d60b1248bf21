package com.books.bookstore.it.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.books.bookstore.it.support.Checkout;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.openapi.models.V1Namespace;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V2HorizontalPodAutoscaler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/** What can be said about the files in deployment/ without the products: they fit each other, the artifacts, and Kubernetes' schemas. */
class DeploymentFilesTest {

    private static final Path FILES = Checkout.DIRECTORY.resolve("deployment");
    private static final Pattern SETTING =
            Pattern.compile("env:([A-Z][A-Z0-9_]+)(:[^\"]*)?|\\$SYSTEM:([A-Z][A-Z0-9_]+)");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$env\\{([A-Z0-9_]+)}");

    /** Settings whose empty default means that something is not used, and which need not be set. */
    private static final Set<String> OPTIONAL = Set.of();

    private interface Check {

        void validate(JsonElement element) throws IOException;
    }

    private static final Map<String, Check> SCHEMAS = Map.of(
            "Namespace", V1Namespace::validateJsonElement,
            "Job", V1Job::validateJsonElement,
            "Deployment", V1Deployment::validateJsonElement,
            "Service", V1Service::validateJsonElement,
            "HorizontalPodAutoscaler", V2HorizontalPodAutoscaler::validateJsonElement,
            "PodDisruptionBudget", V1PodDisruptionBudget::validateJsonElement,
            "NetworkPolicy", V1NetworkPolicy::validateJsonElement);

    /** Settings without a usable default: nothing after the name, nothing after the colon, or an address of this machine. */
    private static Set<String> requiredSettings() {
        Set<String> required = new TreeSet<>();
        for (Matcher setting : settings()) {
            String standard = setting.group(2);
            if (standard == null || ":".equals(standard) || standard.contains("localhost")) {
                required.add(setting.group(1) == null ? setting.group(3) : setting.group(1));
            }
        }
        required.addAll(placeholders());
        required.removeAll(OPTIONAL);
        // Nothing breaks without this: all who come through API Manager's gateway would look like one visitor.
        required.add("BOOKSTORE_TRUSTED_PROXIES");
        return required;
    }

    /** Everything that the artifacts or the server's configuration read. */
    private static Set<String> knownSettings() {
        Set<String> known = new TreeSet<>(placeholders());
        settings().forEach(setting -> known.add(setting.group(1) == null ? setting.group(3) : setting.group(1)));
        known.addAll(List.of("JVM_MEM_OPTS"));
        return known;
    }

    private static List<Matcher> settings() {
        return Stream.of("sequences/src/main/wso2mi/artifacts", "data-services/src/main/wso2mi/artifacts")
                .flatMap(folder -> files(Checkout.DIRECTORY.resolve(folder)))
                // "env:NAME" in a comment explains the notation.
                .flatMap(file -> Arrays.stream(
                        text(file).replaceAll("(?s)<!--.*?-->", "").split("\n")))
                .map(SETTING::matcher)
                .filter(Matcher::find)
                .toList();
    }

    private static Set<String> placeholders() {
        Set<String> names = new HashSet<>();
        PLACEHOLDER
                .matcher(text(FILES.resolve("micro-integrator/deployment.toml")).replaceAll("(?m)^#.*", ""))
                .results()
                .forEach(found -> names.add(found.group(1)));
        return names;
    }

    @Test
    void composeSetsWhatMicroIntegratorNeedsAndNothingUnused() {
        Set<String> set = names(service("micro-integrator").path("environment"));
        assertThat(set).containsAll(requiredSettings());
        assertThat(knownSettings()).containsAll(set);
    }

    @Test
    void whatComposeTakesFromTheEnvironmentIsInTheExample() {
        Set<String> wanted = new TreeSet<>();
        Pattern.compile("(?<!\\$)\\$\\{([A-Z_]+)")
                .matcher(text(FILES.resolve("compose.yaml")))
                .results()
                .forEach(found -> wanted.add(found.group(1)));
        assertThat(variables("compose.env").keySet()).isEqualTo(wanted);
    }

    @Test
    void composeRefersToServicesVolumesAndFilesThatExist() {
        JsonNode compose = yaml("compose.yaml");
        Set<String> services = names(compose.path("services"));
        Set<String> volumes = names(compose.path("volumes"));
        for (String name : services) {
            JsonNode service = service(name);
            assertThat(services).containsAll(names(service.path("depends_on")));
            if (service.has("build")) {
                assertThat(FILES.resolve(
                                service.path("build").path("dockerfile").textValue()))
                        .isRegularFile();
            }
            for (JsonNode volume : service.path("volumes")) {
                String source = volume.textValue().split(":")[0];
                // Key stores are made by make-keystores, into target/, and each server gets its own copy by a volume.
                assertThat(name.startsWith("keys-of-")
                                        && source.equals("./target/keystores/" + name.substring("keys-of-".length()))
                                || volumes.contains(source))
                        .as(source)
                        .isTrue();
                if (source.startsWith("keys-of-") && !source.equals(name)) {
                    assertThat(source).isEqualTo("keys-of-" + name);
                    assertThat(text(FILES.resolve("make-keystores"))).contains(name);
                    assertThat(text(FILES.resolve(name + "/Dockerfile"))).contains("/home/wso2carbon/keystores/");
                    assertThat(volume.textValue()).isEqualTo(source + ":/home/wso2carbon/keystores:ro");
                }
            }
        }
    }

    /** publish.sh runs on the host; Identity Server is known by one name there and in the network of the containers, the one in its tokens. */
    @Test
    void publishingFindsTheServersOfCompose() {
        String script = text(Checkout.DIRECTORY.resolve("apim/publish.sh"));
        assertThat(script)
                .contains(
                        "APIM_URL:-https://localhost:" + hostPort("api-manager", 9443) + "}",
                        "IS_URL:-https://identity-server:" + hostPort("identity-server", 9443) + "}",
                        "BOOKSTORE_MI_URL:-http://micro-integrator:8290}");
        assertThat(hostPort("identity-server", 9443)).isEqualTo("9443");
        JsonNode settings = service("micro-integrator").path("environment");
        assertThat(settings.path("BOOKSTORE_TOKEN_ISSUER").textValue())
                .isEqualTo("https://identity-server:9443/oauth2/token");
        assertThat(settings.path("BOOKSTORE_ASSERTION_JWKS_URL").textValue())
                .isEqualTo("https://api-manager:9443/oauth2/jwks");
    }

    private static String hostPort(String service, int port) {
        for (JsonNode mapping : service(service).path("ports")) {
            String[] parts = mapping.textValue().split(":");
            if (parts[2].equals(String.valueOf(port))) {
                return parts[1];
            }
        }
        throw new AssertionError(service + " does not publish " + port);
    }

    /** Both are appended to the products' own files: what they take from the environment has to be set for the container. */
    @ParameterizedTest
    @ValueSource(strings = {"identity-server", "api-manager"})
    void composeSetsWhatTheOtherProductsRead(String product) {
        String configuration = text(Checkout.DIRECTORY.resolve("apim/key-manager/" + product + ".deployment.toml"));
        if ("identity-server".equals(product)) {
            configuration += text(Checkout.DIRECTORY.resolve("scim-workflows/identity-server/deployment.toml"));
        }
        Set<String> wanted = new TreeSet<>();
        PLACEHOLDER.matcher(configuration).results().forEach(found -> wanted.add(found.group(1)));
        assertThat(names(service(product).path("environment"))).isEqualTo(wanted);
    }

    @Test
    void microIntegratorComesAfterTheMigrations() {
        assertThat(service("micro-integrator")
                        .path("depends_on")
                        .path("migrations")
                        .path("condition")
                        .textValue())
                .isEqualTo("service_completed_successfully");
        assertThat(service("migrations")
                        .path("depends_on")
                        .path("mysql")
                        .path("condition")
                        .textValue())
                .isEqualTo("service_healthy");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "micro-integrator/Dockerfile",
                "database/Dockerfile",
                "identity-server/Dockerfile",
                "api-manager/Dockerfile"
            })
    void whatADockerfileCopiesIsThereOrPrepared(String dockerfile) {
        String prepare = text(FILES.resolve("prepare"));
        List<String> instructions =
                List.of("ARG", "FROM", "USER", "COPY", "RUN", "EXPOSE", "ENTRYPOINT", "CMD", "#", "&&", "");
        for (String line : text(FILES.resolve(dockerfile)).split("\n")) {
            String[] words = line.strip().split("\\s+");
            assertThat(instructions).as(line).contains(words[0].startsWith("#") ? "#" : words[0]);
            if ("COPY".equals(words[0])) {
                String source = words[words.length - 2];
                if (source.startsWith("target/")) {
                    assertThat(prepare).containsPattern("\\$out/" + source.split("/")[1] + "\\b");
                } else {
                    assertThat(FILES.resolve(source)).isRegularFile();
                }
            }
        }
        assertThat(text(FILES.resolve(dockerfile))).contains("\nUSER ").doesNotContain("latest");
    }

    /** A migration may take longer than Micro Integrator waits for an answer, and goes to the same database. */
    @Test
    void migrationsAreNotCutOff() {
        assertThat(service("micro-integrator")
                        .path("environment")
                        .path("BOOKSTORE_DB_URL")
                        .textValue())
                .contains("socketTimeout=");
        assertThat(variables("kubernetes/config.env").get("BOOKSTORE_DB_URL")).contains("socketTimeout=");
        for (String[] urls : new String[][] {
            {
                service("migrations")
                        .path("environment")
                        .path("BOOKSTORE_DB_URL")
                        .textValue(),
                service("micro-integrator")
                        .path("environment")
                        .path("BOOKSTORE_DB_URL")
                        .textValue()
            },
            {
                variables("kubernetes/migrations.env").get("BOOKSTORE_DB_URL"),
                variables("kubernetes/config.env").get("BOOKSTORE_DB_URL")
            }
        }) {
            String[] migrations = urls[0].split("\\?");
            assertThat(urls[1]).startsWith(migrations[0] + "?");
            assertThat(urls[1].split("[?&]")).contains(migrations[1].split("&"));
            assertThat(migrations[1]).doesNotContain("socketTimeout");
        }
        JsonNode job = yaml("kubernetes/migration-job.yaml")
                .path("spec")
                .path("template")
                .path("spec")
                .path("containers")
                .get(0);
        assertThat(job.path("envFrom").findValuesAsText("name")).containsOnly("bookstore-migrations");
        assertThat(yaml("kubernetes/kustomization.yaml")
                        .path("configMapGenerator")
                        .findValuesAsText("name"))
                .contains("bookstore-migrations");
    }

    @Test
    void theDriverIsTheOneThatDataServicesLoad() {
        assertThat(text(Checkout.DIRECTORY.resolve("pom.xml")))
                .contains("<mysql.connector.version>8.4.0</mysql.connector.version>");
        assertThat(text(FILES.resolve("prepare"))).contains("cp db/target/driver/mysql-connector-j-");
    }

    @Test
    void theLoggersAreAddedToTheList() {
        String dockerfile = text(FILES.resolve("micro-integrator/Dockerfile"));
        Pattern.compile("(?m)^logger\\.(bookstore-[a-z-]+)\\.name")
                .matcher(text(FILES.resolve("micro-integrator/log4j2.properties")))
                .results()
                .forEach(logger -> assertThat(dockerfile).contains(logger.group(1) + ","));
    }

    @Test
    void kubernetesTakesTheManifests() throws IOException {
        JsonNode list = yaml("kubernetes/kustomization.yaml");
        for (JsonNode file : list.path("resources")) {
            JsonNode manifest = yaml("kubernetes/" + file.textValue());
            JsonElement element = JsonParser.parseString(new JsonMapper().writeValueAsString(manifest));
            assertThatCode(() -> SCHEMAS.get(manifest.path("kind").textValue()).validate(element))
                    .as(file.textValue())
                    .doesNotThrowAnyException();
        }
        assertThat(files(FILES.resolve("kubernetes"))
                        .filter(path -> path.toString().endsWith(".yaml")))
                .hasSize(list.path("resources").size() + 1);
    }

    @Test
    void theKustomizationNamesFilesImagesAndSettingsThatAreUsed() {
        JsonNode kustomization = yaml("kubernetes/kustomization.yaml");
        String manifests = text(FILES.resolve("kubernetes/deployment.yaml"))
                + text(FILES.resolve("kubernetes/migration-job.yaml"));
        for (JsonNode image : kustomization.path("images")) {
            assertThat(manifests).containsPattern("image: " + image.path("name").textValue() + "\n");
        }
        Set<String> images = new TreeSet<>();
        Pattern.compile("image: (\\S+)").matcher(manifests).results().forEach(image -> images.add(image.group(1)));
        assertThat(kustomization.path("images").findValuesAsText("name")).containsExactlyInAnyOrderElementsOf(images);
        for (JsonNode generator : kustomization.path("configMapGenerator")) {
            generator
                    .path("envs")
                    .forEach(file -> assertThat(FILES.resolve("kubernetes").resolve(file.textValue()))
                            .isRegularFile());
            assertThat(manifests).contains("name: " + generator.path("name").textValue() + "\n");
        }
    }

    @Test
    void thePodsGetEverySetting() {
        Set<String> configured =
                new TreeSet<>(variables("kubernetes/config.env").keySet());
        Set<String> secrets = variables("kubernetes/secret.env").keySet();
        assertThat(configured).doesNotContainAnyElementsOf(secrets);
        configured.addAll(secrets);
        assertThat(configured).containsAll(requiredSettings());
        assertThat(knownSettings()).containsAll(configured);
        assertThat(variables("kubernetes/secret.env").values())
                .allSatisfy(value -> assertThat(value).isEmpty());

        JsonNode pod =
                yaml("kubernetes/deployment.yaml").path("spec").path("template").path("spec");
        assertThat(pod.path("containers").get(0).path("envFrom").findValuesAsText("name"))
                .containsExactly("bookstore", "bookstore");
    }

    @Test
    void selectorsProbesAndPortsFitEachOther() {
        JsonNode deployment = yaml("kubernetes/deployment.yaml");
        JsonNode labels =
                deployment.path("spec").path("template").path("metadata").path("labels");
        JsonNode container = deployment
                .path("spec")
                .path("template")
                .path("spec")
                .path("containers")
                .get(0);
        assertThat(deployment.path("spec").path("selector").path("matchLabels")).isEqualTo(labels);
        assertThat(yaml("kubernetes/service.yaml").path("spec").path("selector"))
                .isEqualTo(labels);
        assertThat(yaml("kubernetes/pdb.yaml").path("spec").path("selector").path("matchLabels"))
                .isEqualTo(labels);
        assertThat(yaml("kubernetes/hpa.yaml")
                        .path("spec")
                        .path("scaleTargetRef")
                        .path("name")
                        .textValue())
                .isEqualTo(deployment.path("metadata").path("name").textValue());
        List<String> ports = container.path("ports").findValuesAsText("name");
        assertThat(ports)
                .containsAll(yaml("kubernetes/service.yaml")
                        .path("spec")
                        .path("ports")
                        .findValuesAsText("targetPort"));
        String health = text(Checkout.DIRECTORY.resolve("sequences/src/main/wso2mi/artifacts/apis/HealthAPI.xml"));
        for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
            String path = container.path(probe).path("httpGet").path("path").textValue();
            assertThat(path).startsWith("/health/");
            assertThat(health)
                    .contains("context=\"/health\"", "uri-template=\"" + path.substring("/health".length()) + "\"");
        }
        assertThat(container.path("resources").path("limits").has("memory")).isTrue();
        assertThat(deployment.path("spec").path("replicas").intValue()).isGreaterThanOrEqualTo(2);
    }

    private static JsonNode service(String name) {
        return yaml("compose.yaml").path("services").path(name);
    }

    private static Set<String> names(JsonNode object) {
        Set<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static Map<String, String> variables(String file) {
        Map<String, String> variables = new TreeMap<>();
        for (String line : text(FILES.resolve(file)).split("\n")) {
            if (!line.isBlank() && !line.startsWith("#")) {
                variables.put(line.split("=", 2)[0], line.split("=", 2)[1]);
            }
        }
        return variables;
    }

    /** Jackson would leave anchors and merge keys as they are. */
    private static JsonNode yaml(String file) {
        return new JsonMapper().valueToTree(new Yaml().load(text(FILES.resolve(file))));
    }

    private static Stream<Path> files(Path folder) {
        try (Stream<Path> found = Files.walk(folder)) {
            return found.filter(Files::isRegularFile).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
