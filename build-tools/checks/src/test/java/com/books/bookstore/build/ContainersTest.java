package com.books.bookstore.build;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What the files for containers ask of images and servers is there, and what they must not allow is not. */
class ContainersTest {

    /** WSO2's images are Ubuntu with curl; nc and wget are removed at the end (wso2/docker-ei, docker-apim; docker-is has curl, too). */
    private static final Set<String> WSO2 =
            Set.of("sh", "cat", "rm", "sed", "ln", "mv", "cp", "chown", "chmod", "sleep", "curl", "printenv", "sort");

    private static final List<String> SERVERS = List.of("micro-integrator", "identity-server", "api-manager");

    private static final Map<String, Set<String>> COMMANDS = Map.of(
            "micro-integrator", WSO2,
            "identity-server", WSO2,
            "api-manager", WSO2,
            "keys-of-micro-integrator", WSO2,
            "keys-of-identity-server", WSO2,
            "keys-of-api-manager", WSO2,
            "database", Set.of("sh", "java"),
            "migrations", Set.of("sh", "java"),
            "mysql", Set.of("sh", "mysqladmin"));

    /** Words of the shell itself. */
    private static final Set<String> SHELL = Set.of(
            "set",
            "for",
            "if",
            "then",
            "do",
            "done",
            "fi",
            "case",
            "esac",
            "continue",
            "export",
            "echo",
            "exit",
            "exec");

    /** MI 4.5 and later finish requests for so long when they are stopped. */
    private static final int GRACEFUL_SHUTDOWN_SECONDS = 180;

    private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9._~+/=:@-]*");

    private final JsonNode compose = yaml("deployment/compose.yaml");
    private final JsonNode pod = yaml("deployment/kubernetes/deployment.yaml").at("/spec/template/spec");

    @TempDir
    private Path directory;

    @Test
    void composeUsesCommandsThatTheImagesHave() {
        compose.path("services").fields().forEachRemaining(service -> {
            List<JsonNode> calls = new ArrayList<>(List.of(service.getValue().at("/healthcheck/test")));
            if (!service.getKey().equals("mysql")) {
                // MySQL's command is a list of options for the server.
                calls.add(service.getValue().path("command"));
                calls.add(service.getValue().path("entrypoint"));
            }
            for (JsonNode call : calls) {
                for (String command : commands(texts(call))) {
                    assertThat(COMMANDS.getOrDefault(service.getKey(), Set.of()))
                            .as(service.getKey() + ": " + call)
                            .contains(command);
                }
            }
        });
        assertThat(compose.at("/services/micro-integrator/healthcheck/test").toString())
                .contains("\"curl\"", "--fail", "http://localhost:8290/health/live");
    }

    @ParameterizedTest
    @ValueSource(strings = {"micro-integrator", "identity-server", "api-manager", "database"})
    void dockerfilesUseCommandsThatTheImagesHave(String image) {
        String dockerfile =
                Repository.text("deployment/" + image + "/Dockerfile").replace("\\\n", " ");
        Pattern.compile("(?m)^RUN (.*)$")
                .matcher(dockerfile)
                .results()
                .forEach(run -> assertThat(COMMANDS.get(image))
                        .as(run.group(1))
                        .containsAll(commands(List.of("sh", "-c", run.group(1)))));
    }

    @Test
    void podsUseCommandsThatTheImagesHave() {
        Stream.concat(stream(pod.path("containers")), stream(pod.path("initContainers")))
                .forEach(container -> {
                    String image =
                            container.path("image").asText().equals("bookstore-db") ? "database" : "micro-integrator";
                    for (JsonNode call :
                            List.of(container.path("command"), container.at("/lifecycle/preStop/exec/command"))) {
                        assertThat(COMMANDS.get(image)).containsAll(commands(texts(call)));
                    }
                });
    }

    /** They run in the images of MI and IS, before the server. */
    @Test
    void theScriptsBeforeTheServerUseCommandsThatTheImagesHave() {
        String script = (Repository.text("deployment/check-settings")
                        + Repository.text("deployment/micro-integrator/choose-cars"))
                .replaceAll("(?m)#.*$", "");
        Set<String> used = Pattern.compile("(?:^|[|(;]|! |\\bif |&& )\\s*([a-z]+)(?=[ )])", Pattern.MULTILINE)
                .matcher(script.replaceAll("'[^']*'", "x").replaceAll("echo \".*\"", "echo"))
                .results()
                .map(command -> command.group(1))
                .filter(command -> !SHELL.contains(command))
                .collect(Collectors.toSet());
        assertThat(used).contains("printenv", "sed", "sort", "cat", "cp").isSubsetOf(WSO2);
    }

    /** The programs that a list of words starts; of a shell's script the first word of each part. */
    private static List<String> commands(List<String> words) {
        if (words.isEmpty()) {
            return List.of();
        }
        List<String> rest = Set.of("CMD", "CMD-SHELL").contains(words.get(0)) ? words.subList(1, words.size()) : words;
        String script = words.get(0).equals("CMD-SHELL") ? rest.get(0) : null;
        if (rest.size() == 3 && rest.get(0).equals("sh") && rest.get(1).equals("-c")) {
            script = rest.get(2);
        }
        if (script == null) {
            return List.of(rest.get(0));
        }
        return Arrays.stream(script.replaceAll("'[^']*'|\"[^\"]*\"", "x").split("&&|;|\\|"))
                .map(String::strip)
                .map(part -> part.replaceFirst("^(do|then) ", ""))
                .filter(part -> !part.matches("(for|if|until|while) .*|done|fi"))
                .map(part -> part.split("\\s+")[0])
                .toList();
    }

    @Test
    void noFileNamesADirectoryWithAVersionOfAProduct() {
        assertThat(Repository.files().stream()
                        .filter(file -> file.startsWith("deployment"))
                        .filter(file -> Repository.text(file).matches("(?s).*wso2(mi|is|am)-[0-9].*")))
                .isEmpty();
    }

    @Test
    void theVersionsOfTheProductsStandInOnePlace() {
        assertThat(Repository.text("deployment/compose.env"))
                .contains(
                        "MI 4.4.0, IS 7.2.0, APIM 4.5.0",
                        "MI 4.6.0, IS 7.3.0, APIM 4.7.0",
                        "\nMI_VERSION=",
                        "\nIS_VERSION=",
                        "\nAM_VERSION=");
        for (String[] server : new String[][] {
            {"micro-integrator", "MI_VERSION"}, {"identity-server", "IS_VERSION"}, {"api-manager", "AM_VERSION"}
        }) {
            assertThat(Repository.text("deployment/" + server[0] + "/Dockerfile"))
                    .contains("\nARG " + server[1] + "\n");
            assertThat(compose.at("/services/" + server[0] + "/build/args/" + server[1])
                            .asText())
                    .startsWith("${" + server[1] + ":?");
        }
    }

    @Test
    void theSampleOverlayChangesWhatTheManifestsHave() {
        JsonNode overlay = yaml("deployment/kubernetes/overlay.sample");
        JsonNode manifests = yaml("deployment/kubernetes/kustomization.yaml");
        assertThat(overlay.path("images").findValuesAsText("name"))
                .containsExactlyElementsOf(manifests.path("images").findValuesAsText("newName"));
        assertThat(overlay.path("configMapGenerator").findValuesAsText("name"))
                .containsExactlyElementsOf(manifests.path("configMapGenerator").findValuesAsText("name"));
        String settings = Repository.text("deployment/kubernetes/config.env")
                + Repository.text("deployment/kubernetes/migrations.env");
        overlay.path("configMapGenerator")
                .forEach(generator -> generator
                        .path("literals")
                        .forEach(literal -> assertThat(settings)
                                .contains("\n" + literal.asText().split("=", 2)[0] + "=")));
        assertThat(stream(overlay.path("images")))
                .allSatisfy(image -> assertThat(image.path("digest").asText()).matches("sha256:[0-9a-f]{64}"));
    }

    /** Names that secret.env has, in the volume that the container mounts, for a user who may read it. */
    @Test
    void theSampleOverlayMountsSecretsAsFiles() throws Exception {
        JsonNode patch = new YAMLMapper()
                .readTree(yaml("deployment/kubernetes/overlay.sample")
                        .at("/patches/0/patch")
                        .asText());
        JsonNode spec = patch.at("/spec/template/spec");
        JsonNode container = spec.at("/containers/0");
        assertThat(patch.at("/metadata/name"))
                .isEqualTo(yaml("deployment/kubernetes/deployment.yaml").at("/metadata/name"));
        assertThat(container.path("name")).isEqualTo(pod.at("/containers/0/name"));
        assertThat(spec.at("/securityContext/fsGroup")).isEqualTo(pod.at("/securityContext/runAsGroup"));
        assertThat(container.at("/volumeMounts/0/name")).isEqualTo(spec.at("/volumes/0/name"));
        String directory = container.at("/volumeMounts/0/mountPath").asText();
        assertThat(stream(container.path("env"))).isNotEmpty().allSatisfy(variable -> {
            String name = variable.path("name").asText().replaceFirst("_FILE$", "");
            assertThat(variable.path("name").asText()).isEqualTo(name + "_FILE");
            assertThat(Repository.text("deployment/kubernetes/secret.env")).contains("\n" + name + "=");
            assertThat(variable.path("value").asText()).isEqualTo(directory + "/" + name);
        });
    }

    @Test
    void serversMayFinishTheirRequests() {
        assertThat(Integer.parseInt(compose.at("/services/micro-integrator/stop_grace_period")
                        .asText()
                        .replace("s", "")))
                .isGreaterThan(GRACEFUL_SHUTDOWN_SECONDS);
        JsonNode command = pod.at("/containers/0/lifecycle/preStop/exec/command");
        Matcher sleep = Pattern.compile("sleep (\\d+)").matcher(command.toString());
        assertThat(sleep.find()).isTrue();
        assertThat(pod.path("terminationGracePeriodSeconds").asInt())
                .isGreaterThan(GRACEFUL_SHUTDOWN_SECONDS + Integer.parseInt(sleep.group(1)));
    }

    @Test
    void podsHaveNoPrivileges() {
        JsonNode job = yaml("deployment/kubernetes/migration-job.yaml").at("/spec/template/spec");
        for (JsonNode spec : List.of(pod, job)) {
            assertThat(spec.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
            assertThat(spec.at("/securityContext/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
            assertThat(spec.path("automountServiceAccountToken").asBoolean(true))
                    .isFalse();
            Stream.concat(stream(spec.path("containers")), stream(spec.path("initContainers")))
                    .forEach(container -> {
                        JsonNode context = container.path("securityContext");
                        assertThat(context.path("allowPrivilegeEscalation").asBoolean(true))
                                .isFalse();
                        assertThat(context.at("/capabilities/drop/0").asText()).isEqualTo("ALL");
                        // MI writes its configuration below its own directory when it starts.
                        boolean server = container.path("name").asText().equals("wso2mi");
                        assertThat(context.path("readOnlyRootFilesystem").asBoolean())
                                .isEqualTo(!server);
                    });
        }
    }

    @Test
    void theNetworkPolicyOpensApisAndMetricsOnly() {
        JsonNode policy = yaml("deployment/kubernetes/network-policy.yaml").path("spec");
        assertThat(policy.at("/podSelector/matchLabels"))
                .isEqualTo(yaml("deployment/kubernetes/deployment.yaml").at("/spec/selector/matchLabels"));
        assertThat(texts(policy.path("policyTypes"))).containsExactly("Ingress");
        assertThat(stream(policy.path("ingress")))
                .allSatisfy(rule -> assertThat(rule.path("from")).isNotEmpty())
                .extracting(rule -> rule.findValuesAsText("port"))
                .containsExactly(List.of("http", "https"), List.of("metrics"));
    }

    /** Prometheus finds all figures at the one port that it reaches. */
    @Test
    void monitoringReachesWhatPrometheusReads() throws Exception {
        String port = stream(pod.at("/containers/0/ports"))
                .filter(entry -> entry.path("name").asText().equals("metrics"))
                .map(entry -> entry.path("containerPort").asText())
                .findFirst()
                .orElseThrow();
        JsonNode jobs = yaml("operations/prometheus/prometheus.yaml").path("scrape_configs");
        assertThat(jobs)
                .hasSize(2)
                .allSatisfy(
                        job -> assertThat(job.at("/static_configs/0/targets/0").asText())
                                .endsWith(":" + port));
        assertThat(jobs.findValuesAsText("metrics_path")).containsExactly("/metrics/business");
        assertThat(Repository.text("deployment/micro-integrator/deployment.toml"))
                .contains("name = \"businessMetrics\"\n  value = \"http://localhost:8290/metrics/business\"");
    }

    /**
     * Each deployment file counts the proxies that append to X-Forwarded-For in front of MI, and lets clients reach MI through them only. Too high a
     * number would let clients forge their address, too low a number would take all clients for one.
     */
    @Test
    void onlyProxiesThatAreThereAreTrusted() throws Exception {
        JsonNode server = compose.at("/services/micro-integrator");
        assertThat(server.at("/environment/BOOKSTORE_TRUSTED_PROXIES").asText()).isEqualTo("1");
        assertThat(texts(server.path("ports"))).allMatch(port -> port.startsWith("127.0.0.1:"));
        // The proxy is the gateway, with the sequence that appends the address.
        assertThat(Repository.text("deployment/api-manager/Dockerfile")).contains("WSO2AM--Ext--In.xml");
        assertThat(Repository.text("apim/key-manager/api-manager.deployment.toml"))
                .contains("sequences = [\"WSO2AM--Ext--In.xml\"]");

        // An ingress, or the gateway; and Identity Server, which is trusted anyway and calls for no clients. The
        // network policy admits nothing else, and the service has no address outside
        // the cluster.
        assertThat(Repository.text("deployment/kubernetes/config.env")).contains("\nBOOKSTORE_TRUSTED_PROXIES=1\n");
        assertThat(texts(yaml("deployment/kubernetes/kustomization.yaml").path("resources")))
                .contains("network-policy.yaml");
        assertThat(yaml("deployment/kubernetes/service.yaml").at("/spec/type").asText("ClusterIP"))
                .isEqualTo("ClusterIP");
        List<String> clients = yaml("deployment/kubernetes/network-policy.yaml")
                .at("/spec/ingress/0/from")
                .findValuesAsText("kubernetes.io/metadata.name");
        JsonNode chart = yaml("deployment/helm/bookstore/values.yaml").path("networkPolicy");
        assertThat(chart.path("enabled").asBoolean()).isTrue();
        assertThat(texts(chart.path("clients")))
                .isEqualTo(clients)
                .containsExactly("ingress-nginx", "api-manager", "identity-server");

        // Without a proxy none is trusted: so does `./bookstore up`, which takes the CARs' default.
        assertThat(Repository.files().stream()
                        .filter(file -> file.startsWith("sequences"))
                        .map(Repository::text)
                        .filter(text -> text.contains("BOOKSTORE_TRUSTED_PROXIES")))
                .isNotEmpty()
                .allMatch(text -> text.contains("\"env:BOOKSTORE_TRUSTED_PROXIES:0\""));
        assertThat(Repository.files().stream()
                        .filter(file -> file.startsWith("embedded"))
                        .filter(file -> Repository.text(file).contains("BOOKSTORE_TRUSTED_PROXIES")))
                .isEmpty();

        // The storefront's web server is one: it replaces what the client sent.
        assertThat(Repository.text("storefront/nginx.conf.sample"))
                .contains("proxy_set_header X-Forwarded-For $remote_addr;");
    }

    /** The names by which others call MI there, and no pattern for all. */
    @Test
    void onlyHostsThatAreThereAreAllowed() throws Exception {
        assertThat(compose.at("/services/micro-integrator/environment/BOOKSTORE_ALLOWED_HOSTS")
                        .asText())
                .isEqualTo("micro-integrator");
        assertThat(Repository.text("apim/publish.sh")).contains("http://micro-integrator:8290");
        String service =
                yaml("deployment/kubernetes/service.yaml").at("/metadata/name").asText();
        assertThat(Repository.text("deployment/kubernetes/config.env"))
                .contains("\nBOOKSTORE_MI_HOSTNAME=api.books.example.com\n")
                .contains(
                        "\nBOOKSTORE_ALLOWED_HOSTS=api.books.example.com," + service + ",*.svc,*.svc.cluster.local\n");
    }

    /** And no suite that JDK 11 does not know: those with ChaCha20 came with JDK 12 (JDK-8140466). */
    @Test
    void tlsHasForwardSecrecyOnly() throws Exception {
        String toml = Repository.text("deployment/micro-integrator/deployment.toml");
        assertThat(toml).contains("\nlistener.secured_protocols = \"TLSv1.2,TLSv1.3\"\n");
        Matcher ciphers =
                Pattern.compile("\nlistener.preferred_ciphers = \"(.*)\"\n").matcher(toml);
        assertThat(ciphers.find()).isTrue();
        assertThat(ciphers.group(1).split(","))
                .allMatch(cipher -> cipher.matches("TLS_(ECDHE_(RSA|ECDSA)_WITH_)?AES_(128|256)_GCM_SHA(256|384)"))
                .isSubsetOf(SSLContext.getDefault().getSupportedSSLParameters().getCipherSuites());
    }

    @Test
    void theAccessLogWithQueriesIsOff() {
        assertThat(Repository.text("deployment/micro-integrator/log4j2.properties"))
                .contains("\nlogger.PassThroughAccess.level = OFF\n");
    }

    @Test
    void secretsThatAreMadeAreSafeInTheServersFiles() throws Exception {
        Path made = directory.resolve("env");
        assertThat(Run.of(Map.of(), Run.script("deployment/make-secrets"), made.toString())
                        .status())
                .isZero();
        Map<String, String> values = new HashMap<>();
        for (String line : Files.readAllLines(made)) {
            if (!line.startsWith("#")) {
                values.put(line.split("=", 2)[0], line.split("=", 2)[1]);
            }
        }
        assertThat(values).hasSizeGreaterThan(8);
        assertThat(values.values())
                .allSatisfy(value -> assertThat(value).isNotEmpty().matches(SAFE));
        assertThat(values.get("BOOKSTORE_REGISTRATION_SECRET")).hasSizeGreaterThanOrEqualTo(32);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
                .isEqualTo("rw-------");
        assertThat(Run.of(Map.of(), Run.script("deployment/make-secrets"), made.toString())
                        .output())
                .contains("remove it to make new secrets");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a&b", "<", "a$b", "a\\b", "{{a}}", "\"", "'", "a b", "ü"})
    void aSettingThatTheServerWouldMisreadStopsTheContainerWithOneLine(String value) throws Exception {
        Run run = start(Map.of("BOOKSTORE_SMTP_PASSWORD", value));
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.output().lines())
                .containsExactly("bookstore: BOOKSTORE_SMTP_PASSWORD has a character that the server cannot read. "
                        + "Use letters, digits and - _ . ~ + / = : @ only.");
    }

    @Test
    void aSettingThatIsMissingStopsTheContainer() throws Exception {
        Map<String, String> environment = settings();
        environment.remove("BOOKSTORE_SMTP_HOST");
        Run run = Run.of(environment, Run.script("deployment/check-settings"), "echo", "started");
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.output()).contains("BOOKSTORE_SMTP_HOST is not set").doesNotContain("started");
    }

    @Test
    void aSettingMayBeTheContentOfAFile() throws Exception {
        Path secret = Files.writeString(directory.resolve("secret"), "from-a-file\n");
        Map<String, String> environment = settings();
        environment.remove("BOOKSTORE_SMTP_PASSWORD");
        environment.put("BOOKSTORE_SMTP_PASSWORD_FILE", secret.toString());
        environment.put("BOOKSTORE_DB_PASSWORD_FILE", secret.toString());
        assertThat(Run.of(
                        environment,
                        Run.script("deployment/check-settings"),
                        "sh",
                        "-c",
                        "echo $BOOKSTORE_SMTP_PASSWORD $BOOKSTORE_DB_PASSWORD"))
                .isEqualTo(new Run(0, "from-a-file from-a-file\n"));

        Files.writeString(secret, "a&b");
        assertThat(Run.of(environment, Run.script("deployment/check-settings"), "echo", "started")
                        .output())
                .contains("BOOKSTORE_SMTP_PASSWORD has a character")
                .doesNotContain("started", "a&b");

        Files.delete(secret);
        Run run = Run.of(environment, Run.script("deployment/check-settings"), "echo", "started");
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.output())
                .contains("BOOKSTORE_DB_PASSWORD_FILE names a file that cannot be read: " + secret)
                .doesNotContain("started");
    }

    @Test
    void withGoodSettingsTheServerStarts() throws Exception {
        assertThat(start(Map.of("BOOKSTORE_SMTP_PASSWORD", "aZ0-_.~+/=:@", "BOOKSTORE_SMTP_USER", "")))
                .isEqualTo(new Run(0, "started\n"));
    }

    /** As in the image: the script beside the CARs for a replica, and the other CARs where the server deploys them. */
    @Test
    void theContainerReadsFromAReplicaIfOneIsSet() throws Exception {
        Path script = Files.copy(
                Path.of(Run.script("deployment/micro-integrator/choose-cars")), directory.resolve("choose-cars"));
        Files.writeString(
                Files.createDirectory(directory.resolve("carbonapps-replica")).resolve("data.car"), "replica");
        Path deployed = Files.writeString(
                Files.createDirectories(directory.resolve("repository/deployment/server/carbonapps"))
                        .resolve("data.car"),
                "database");
        Map<String, String> environment = new HashMap<>(Map.of("WSO2_SERVER_HOME", directory.toString()));

        for (String none : new String[] {null, ""}) {
            environment.compute("BOOKSTORE_READ_DB_URL", (name, old) -> none);
            assertThat(Run.of(environment, "sh", script.toString(), "echo", "started"))
                    .isEqualTo(new Run(0, "started\n"));
            assertThat(deployed).hasContent("database");
        }
        environment.put("BOOKSTORE_READ_DB_URL", "jdbc:mysql://replica:3306/bookstore?a=b");
        assertThat(Run.of(environment, "sh", script.toString(), "echo", "started"))
                .isEqualTo(new Run(0, "started\n"));
        assertThat(deployed).hasContent("replica");
    }

    private Run start(Map<String, String> changes) throws Exception {
        Map<String, String> environment = settings();
        environment.putAll(changes);
        return Run.of(environment, Run.script("deployment/check-settings"), "echo", "started");
    }

    private Map<String, String> settings() throws Exception {
        Path conf = Files.createDirectories(directory.resolve("conf"));
        String toml = Repository.text("deployment/micro-integrator/deployment.toml");
        Files.writeString(conf.resolve("deployment.toml"), toml);
        Map<String, String> environment =
                new HashMap<>(Map.of("WSO2_SERVER_HOME", directory.toString(), "LC_ALL", "C"));
        Pattern.compile("\\$env\\{([A-Z_]+)}")
                .matcher(toml)
                .results()
                .forEach(name -> environment.put(name.group(1), "good"));
        return environment;
    }

    @Test
    @Tag("slow")
    void keyStoresAreForTheirOwnerOnly() throws Exception {
        Path made = directory.resolve("keystores");
        Run run = Run.of(
                Map.of("BOOKSTORE_KEYSTORE_PASSWORD", "wso2carbon"),
                Run.script("deployment/make-keystores"),
                made.toString());
        assertThat(run.status()).as(run.output()).isZero();
        try (Stream<Path> files = Files.walk(made)) {
            List<Path> stores = files.filter(Files::isRegularFile)
                    .filter(file -> !file.endsWith("ca.pem"))
                    .toList();
            assertThat(stores)
                    .hasSize(6)
                    .allSatisfy(store -> assertThat(Files.getPosixFilePermissions(store))
                            .containsExactlyInAnyOrder(
                                    PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE));
        }
    }

    /** The copies of the key stores in volumes: each for the user of the image that reads it, and for no other. */
    @Test
    void copiesOfKeyStoresAreForOneServerOnly() {
        for (String server : SERVERS) {
            JsonNode copies = compose.at("/services/keys-of-" + server);
            assertThat(copies.path("image")).isEqualTo(compose.at("/services/" + server + "/image"));
            assertThat(copies.path("user").asText()).isEqualTo("root");
            assertThat(texts(copies.path("entrypoint")).get(2))
                    .endsWith(" && chown -R wso2carbon:wso2 /copy && chmod -R go= /copy");
            assertThat(texts(copies.path("volumes")))
                    .containsExactly("./target/keystores/" + server + ":/made:ro", "keys-of-" + server + ":/copy");
            assertThat(compose.at("/services/" + server + "/depends_on/keys-of-" + server + "/condition")
                            .asText())
                    .isEqualTo("service_completed_successfully");
            assertThat(Repository.text("deployment/" + server + "/Dockerfile")).contains("\nUSER wso2carbon\n");
        }
    }

    private static List<String> texts(JsonNode list) {
        return stream(list).map(JsonNode::asText).toList();
    }

    private static Stream<JsonNode> stream(JsonNode list) {
        List<JsonNode> items = new ArrayList<>();
        list.forEach(items::add);
        return items.stream();
    }

    /** With aliases and merged keys as Compose reads them. */
    private static JsonNode yaml(String file) {
        Yaml parser = new Yaml(new SafeConstructor(new LoaderOptions()));
        return new YAMLMapper()
                .valueToTree(parser.loadAll(Repository.text(file)).iterator().next());
    }
}
