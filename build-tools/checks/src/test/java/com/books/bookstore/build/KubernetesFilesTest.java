package com.books.bookstore.build;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Secrets, paths, ports and settings that a manifest names are those of the images and of the files that say how to make them. */
class KubernetesFilesTest {

    private static final String FOLDER = "deployment/kubernetes/";

    private final JsonNode deployment = yaml("deployment.yaml");
    private final JsonNode pod = deployment.at("/spec/template/spec");
    private final JsonNode job = yaml("migration-job.yaml").at("/spec/template/spec");
    private final String secrets = Repository.text(FOLDER + "secret.env");
    private final String image = Repository.text("deployment/micro-integrator/Dockerfile");

    @Test
    void everySecretIsOneThatTheReaderIsToldToCreate() {
        Set<String> named = new TreeSet<>(pod.findValuesAsText("secretName"));
        for (JsonNode reference : each(pod.findValues("secretRef"), job.findValues("secretRef"))) {
            named.add(reference.path("name").asText());
        }
        assertThat(named).isEqualTo(matches(secrets, "create secret generic (\\S+)"));
        // What the servers look for in the second one.
        assertThat(matches(secrets, "--from-file=(\\S+)"))
                .isEqualTo(Set.of(matches(image, "for store in ([^;]*);")
                        .iterator()
                        .next()
                        .split(" ")))
                .hasSize(2);
        assertThat(matches(secrets, "--from-literal=(\\w+)="))
                .containsExactly("BOOKSTORE_DB_PASSWORD", "BOOKSTORE_DB_USER");
    }

    @Test
    void everyConfigMapIsGenerated() {
        Set<String> named = new TreeSet<>();
        for (JsonNode reference : each(pod.findValues("configMapRef"), job.findValues("configMapRef"))) {
            named.add(reference.path("name").asText());
        }
        assertThat(yaml("kustomization.yaml").path("configMapGenerator").findValuesAsText("name"))
                .containsExactlyElementsOf(named);
    }

    /** The tool reads three settings; MI's own are tested with the artifacts (DeploymentFilesTest). */
    @Test
    void theMigrationsGetWhatTheirToolReads() {
        Set<String> read = matches(
                Repository.text("db/src/main/java/com/books/bookstore/db/DatabaseTool.java"),
                "\"(BOOKSTORE_DB_[A-Z]+)\"");
        Set<String> set = matches(Repository.text(FOLDER + "migrations.env"), "(?m)^(\\w+)=");
        set.addAll(matches(secrets, "--from-literal=(\\w+)="));
        assertThat(set).isEqualTo(read).hasSize(3);
    }

    @Test
    void mountedPathsAreThoseOfTheImages() {
        assertThat(pod.at("/containers/0/volumeMounts").findValuesAsText("mountPath"))
                .isNotEmpty()
                .allSatisfy(path -> assertThat(image).contains("ln -sf \"" + path + "/$store\""));
        assertThat(pod.path("volumes").findValuesAsText("name"))
                .containsExactlyElementsOf(pod.at("/containers/0/volumeMounts").findValuesAsText("name"));
        Set<String> jars = matches(pod.at("/initContainers/0/command").toString(), "\"(/[^\"]+\\.jar)\"");
        assertThat(jars)
                .hasSize(1)
                .allSatisfy(jar -> assertThat(Repository.text("deployment/database/Dockerfile"))
                        .contains("COPY target/db/bookstore-db.jar " + jar + "\n")
                        .contains("ENTRYPOINT [\"java\", \"-jar\", \"" + jar + "\"]"));
    }

    @Test
    void portsAreThoseThatTheServerListensAt() {
        Set<String> listens =
                Set.of(matches(image, "(?m)^EXPOSE (.*)$").iterator().next().split(" "));
        List<String> ports = pod.at("/containers/0/ports").findValuesAsText("containerPort");
        assertThat(ports).isSubsetOf(listens).hasSize(4);
        assertThat(Repository.text("deployment/micro-integrator/deployment.toml"))
                .contains("  name = \"port\"\n  value = \"9290\"\n");
        JsonNode annotations = deployment.at("/spec/template/metadata/annotations");
        assertThat(annotations.path("prometheus.io/port").asText()).isEqualTo("9290");
        assertThat(annotations.path("prometheus.io/path").asText()).isEqualTo("/metrics");
        List<String> names = pod.at("/containers/0/ports").findValuesAsText("name");
        Set<String> used = new TreeSet<>(yaml("network-policy.yaml").findValuesAsText("port"));
        used.addAll(yaml("service.yaml").findValuesAsText("targetPort"));
        used.addAll(pod.at("/containers/0").findValuesAsText("port"));
        assertThat(names).containsAll(used);
        // The Management API is for nothing outside the pod.
        assertThat(used).containsExactly("http", "https", "metrics");
    }

    @Test
    void podsMayRunWhereTheNamespaceIsRestricted() {
        assertThat(yaml("namespace.yaml")
                        .at("/metadata/labels/pod-security.kubernetes.io~1enforce")
                        .asText())
                .isEqualTo("restricted");
        assertThat(yaml("namespace.yaml").at("/metadata/name"))
                .isEqualTo(yaml("kustomization.yaml").path("namespace"));
        // The image of the migrations names its user; that of MI has wso2carbon.
        String user = pod.at("/securityContext/runAsUser").asText();
        assertThat(Repository.text("deployment/database/Dockerfile")).contains("\nUSER " + user + ":" + user + "\n");
        assertThat(job.path("securityContext")).isEqualTo(pod.path("securityContext"));
    }

    private static Set<String> matches(String text, String pattern) {
        Set<String> found = new TreeSet<>();
        Pattern.compile(pattern).matcher(text).results().forEach(match -> found.add(match.group(1)));
        return found;
    }

    private static List<JsonNode> each(List<JsonNode> some, List<JsonNode> others) {
        List<JsonNode> all = new ArrayList<>(some);
        all.addAll(others);
        return all;
    }

    private static JsonNode yaml(String file) {
        return new YAMLMapper()
                .valueToTree(new Yaml(new SafeConstructor(new LoaderOptions())).load(Repository.text(FOLDER + file)));
    }
}
