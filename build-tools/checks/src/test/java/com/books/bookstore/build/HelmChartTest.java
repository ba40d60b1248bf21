package com.books.bookstore.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The Helm chart, rendered by Helm itself (as a library), says the same as the manifests beside it. Nothing is installed in a cluster. */
class HelmChartTest {

    private static final String CHART = "deployment/helm/bookstore/";
    private static final String DATABASE = "migrations.databaseUrl";

    @TempDir
    private Path directory;

    private final String templates = String.join(
            "\n",
            Repository.files().stream()
                    .filter(file -> file.startsWith(CHART + "templates"))
                    .map(Repository::text)
                    .toList());

    @Test
    void everyValueIsUsedAndEveryUsedValueIsThere() throws IOException {
        JsonNode values = new YAMLMapper().readTree(Repository.text(CHART + "values.yaml"));
        Set<String> used = new TreeSet<>();
        Pattern.compile("\\.Values((?:\\.[a-zA-Z]+)+)")
                .matcher(templates)
                .results()
                .forEach(value -> used.add(value.group(1).replace('.', '/')));
        assertThat(used)
                .hasSizeGreaterThan(10)
                .allSatisfy(path ->
                        assertThat(values.at(path).isMissingNode()).as(path).isFalse());
        values.fieldNames()
                .forEachRemaining(name -> assertThat(used)
                        .as(name)
                        .anyMatch(path -> path.equals("/" + name) || path.startsWith("/" + name + "/")));
    }

    /** Of a release of the manifests' name, but for what belongs to Helm: its labels, the checksum of the settings, and the images' tags. */
    @ParameterizedTest
    @CsvSource({
        "Deployment, deployment.yaml",
        "Service, service.yaml",
        "PodDisruptionBudget, pdb.yaml",
        "HorizontalPodAutoscaler, hpa.yaml",
        "NetworkPolicy, network-policy.yaml"
    })
    void theChartSaysWhatTheManifestsSay(String kind, String file) throws IOException {
        JsonNode expected = yaml(Repository.text("deployment/kubernetes/" + file));
        JsonNode rendered = rendered(chart("bookstore")).get(kind);
        assertThat(comparable(rendered).path("apiVersion")).isEqualTo(expected.path("apiVersion"));
        assertThat(comparable(rendered).path("metadata")).isEqualTo(expected.path("metadata"));
        ObjectNode spec = (ObjectNode) expected.path("spec");
        if (kind.equals("Deployment")) {
            // The autoscaler sets it.
            spec.remove("replicas");
        }
        assertThat(comparable(rendered).path("spec")).isEqualTo(spec);
    }

    @Test
    void theMigrationsRunAsInTheManifest() throws IOException {
        JsonNode expected = yaml(Repository.text("deployment/kubernetes/migration-job.yaml"))
                .path("spec");
        JsonNode rendered = rendered(chart(withoutHooks(), "bookstore")).get("Job");
        JsonNode job = comparable(rendered).path("spec");
        for (String limit : List.of("backoffLimit", "activeDeadlineSeconds")) {
            assertThat(job.path(limit)).as(limit).isEqualTo(expected.path(limit));
        }
        ObjectNode container = (ObjectNode) job.at("/template/spec/containers/0");
        // A hook runs before the chart's config map exists.
        assertThat(container.remove("env").toString())
                .isEqualTo("[{\"name\":\"BOOKSTORE_DB_URL\",\"value\":\"jdbc:mysql://db/bookstore\"}]");
        ObjectNode other = (ObjectNode) expected.at("/template/spec/containers/0");
        ((ArrayNode) other.path("envFrom")).remove(0);
        assertThat(job.at("/template/spec")).isEqualTo(expected.at("/template/spec"));
    }

    @Test
    void theSettingsAreThoseOfConfigEnv() throws IOException {
        Map<String, String> expected = new TreeMap<>();
        for (String line :
                Repository.text("deployment/kubernetes/config.env").lines().toList()) {
            if (!line.startsWith("#")) {
                expected.put(line.split("=", 2)[0], line.split("=", 2)[1]);
            }
        }
        // The service's name, which depends on the release.
        expected.merge("BOOKSTORE_ALLOWED_HOSTS", ",shop-mi", String::concat);
        Map<String, String> settings = new TreeMap<>();
        rendered(chart("shop"))
                .get("ConfigMap")
                .path("data")
                .fields()
                .forEachRemaining(setting ->
                        settings.put(setting.getKey(), setting.getValue().asText()));
        assertThat(settings).isEqualTo(expected);
        assertThat(rendered(chart("shop")).get("Service").at("/metadata/name").asText())
                .isEqualTo("shop-mi");
    }

    /** As overlay.sample does it for the manifests: the file of NAME, its variable NAME_FILE, and the same secret of the same mode. */
    @Test
    void secretsMayBeFiles() throws IOException {
        JsonNode overlay = yaml(yaml(Repository.text("deployment/kubernetes/overlay.sample"))
                .at("/patches/0/patch")
                .asText());
        JsonNode expected = overlay.at("/spec/template/spec");
        JsonNode pod = rendered(chart("bookstore")
                        .set("secrets.files.settings[0]", "BOOKSTORE_SMTP_PASSWORD")
                        .set("secrets.files.settings[1]", "BOOKSTORE_REGISTRATION_SECRET"))
                .get("Deployment")
                .at("/spec/template/spec");
        assertThat(pod.at("/securityContext/fsGroup")).isEqualTo(expected.at("/securityContext/fsGroup"));
        for (String container : List.of("/containers/0", "/initContainers/0")) {
            assertThat(pod.at(container + "/env")).containsAll(expected.at("/containers/0/env"));
            assertThat(pod.at(container + "/volumeMounts")).containsAll(expected.at("/containers/0/volumeMounts"));
        }
        assertThat(pod.path("volumes")).containsAll(expected.path("volumes"));

        JsonNode job = rendered(chart(withoutHooks(), "bookstore")
                        .set("secrets.migrationFiles.settings[0]", "BOOKSTORE_DB_PASSWORD"))
                .get("Job")
                .at("/spec/template/spec");
        assertThat(job.at("/containers/0/env/1").toString())
                .isEqualTo("{\"name\":\"BOOKSTORE_DB_PASSWORD_FILE\","
                        + "\"value\":\"/run/secrets/bookstore/BOOKSTORE_DB_PASSWORD\"}");
        assertThat(job.at("/containers/0/volumeMounts/0/mountPath").asText()).isEqualTo("/run/secrets/bookstore");
        assertThat(job.at("/volumes/0/secret/secretName").asText()).isEqualTo("bookstore-migration-files");
        assertThat(job.at("/securityContext/fsGroup").asInt()).isEqualTo(10802);
    }

    @Test
    void aDigestWinsOverATag() throws IOException {
        String digest = "sha256:" + "0".repeat(64);
        assertThat(rendered(chart("shop")
                                .set("images.microIntegrator.tag", "1.0")
                                .set("images.microIntegrator.digest", digest))
                        .get("Deployment")
                        .at("/spec/template/spec/containers/0/image")
                        .asText())
                .isEqualTo("registry.example.com/bookstore-mi@" + digest);
    }

    @Test
    void withoutTheDatabaseOrSettingsItIsRefused() throws IOException {
        assertThatThrownBy(() -> chart("shop").set(DATABASE, "").call()).hasMessageContaining(DATABASE + " is empty");
        Path empty = Files.writeString(directory.resolve("empty.env"), "");
        assertThatThrownBy(() -> chart("shop").setFile("settings", empty).call())
                .hasMessageContaining("settings is empty");
    }

    @Test
    void theLinterFindsNoFault() {
        var result = new Helm(Path.of(Run.script(CHART))).lint().call();
        assertThat(result.isFailed()).as("%s", result.getMessages()).isFalse();
    }

    /** A copy of the chart whose job is no hook: the library leaves hooks out of what it renders. */
    private Path withoutHooks() throws IOException {
        for (Path file : Repository.files()) {
            if (file.startsWith(CHART)) {
                Path copy = directory.resolve(Path.of(CHART).relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.writeString(copy, Repository.text(file));
            }
        }
        String hook = "  annotations:\n    helm.sh/hook: pre-install,pre-upgrade\n"
                + "    helm.sh/hook-delete-policy: before-hook-creation,hook-succeeded\n";
        Path job = directory.resolve("templates/migration-job.yaml");
        assertThat(Files.readString(job)).contains(hook);
        Files.writeString(job, Files.readString(job).replace(hook, ""));
        return directory;
    }

    private static TemplateCommand chart(String release) {
        return chart(Path.of(Run.script(CHART)), release);
    }

    private static TemplateCommand chart(Path chart, String release) {
        return new Helm(chart)
                .template()
                .withName(release)
                .withKubeVersion("1.29.0")
                .setFile("settings", Path.of(Run.script("deployment/kubernetes/config.env")))
                .set(DATABASE, "jdbc:mysql://db/bookstore");
    }

    /** What a command renders, by kind. */
    private static Map<String, JsonNode> rendered(TemplateCommand command) {
        Map<String, JsonNode> rendered = new TreeMap<>();
        for (Object document : new Yaml(new SafeConstructor(new LoaderOptions())).loadAll(command.call())) {
            if (document != null) {
                JsonNode manifest = new YAMLMapper().valueToTree(document);
                rendered.put(manifest.path("kind").asText(), manifest);
            }
        }
        return rendered;
    }

    /** Without what only Helm's chart has. */
    private static JsonNode comparable(JsonNode rendered) {
        JsonNode copy = rendered.deepCopy();
        for (JsonNode parent : copy.findParents("app.kubernetes.io/instance")) {
            ((ObjectNode) parent).remove("app.kubernetes.io/instance");
        }
        for (JsonNode parent : copy.findParents("checksum/settings")) {
            ((ObjectNode) parent).remove("checksum/settings");
        }
        for (JsonNode parent : copy.findParents("image")) {
            ((ObjectNode) parent)
                    .put(
                            "image",
                            parent.path("image").asText().replaceFirst("^registry\\.example\\.com/(.*):.*", "$1"));
        }
        for (JsonNode parent : copy.findParents("configMapRef")) {
            ((ObjectNode) parent.path("configMapRef"))
                    .put("name", parent.at("/configMapRef/name").asText().replaceFirst("-settings$", ""));
        }
        return copy;
    }

    /** With aliases as Kubernetes reads them. */
    private static JsonNode yaml(String text) {
        return new YAMLMapper().valueToTree(new Yaml(new SafeConstructor(new LoaderOptions())).load(text));
    }
}
