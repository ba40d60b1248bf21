package com.books.bookstore.build;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** The Helm chart says the same as the manifests beside it. Where helm is installed it is rendered, too. */
class HelmChartTest {

    private static final String CHART = "deployment/helm/bookstore/";

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

    @Test
    void probesPortsAndPatienceAreThoseOfTheManifests() throws IOException {
        JsonNode pod = new YAMLMapper()
                .readTree(Repository.text("deployment/kubernetes/deployment.yaml"))
                .at("/spec/template/spec");
        String server = templates.substring(templates.indexOf("- name: wso2mi"));
        for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
            JsonNode expected = pod.at("/containers/0/" + probe);
            assertThat(server)
                    .containsPattern(probe + ":\\s+httpGet:\\s+path: "
                            + expected.at("/httpGet/path").asText()
                            + "\\s+port: http\\s+periodSeconds: " + expected.path("periodSeconds")
                            + "\\s+timeoutSeconds: " + expected.path("timeoutSeconds")
                            + "\\s+failureThreshold: " + expected.path("failureThreshold"));
        }
        for (JsonNode port : pod.at("/containers/0/ports")) {
            assertThat(server)
                    .containsPattern(
                            "name: " + port.path("name").asText() + "\\s+containerPort: " + port.path("containerPort"));
        }
        assertThat(Repository.text(CHART + "values.yaml"))
                .contains("terminationGracePeriodSeconds: " + pod.path("terminationGracePeriodSeconds"));
    }

    /** config.env names the service of the manifests; that of the chart is named after the release. */
    @Test
    void theServicesNameIsAnAllowedHost() {
        assertThat(Repository.text(CHART + "templates/service.yaml"))
                .startsWith("apiVersion: v1\nkind: Service\nmetadata:\n  name: {{ .Release.Name }}-mi\n");
        assertThat(Repository.text(CHART + "templates/config.yaml"))
                .containsSubsequence(
                        "(eq $parts._0 \"BOOKSTORE_ALLOWED_HOSTS\")",
                        "$value = printf \"%s,%s-mi\" $value $.Release.Name",
                        "{{ $parts._0 }}: {{ $value | quote }}");
    }

    @Test
    void helmRendersIt() throws Exception {
        Assumptions.assumeTrue(installed("helm"), "helm is not installed");
        Run run = Run.of(
                Map.of(),
                "helm",
                "template",
                "shop",
                Run.script(CHART),
                "--kube-version",
                "1.29.0",
                "--set-file",
                "settings=" + Run.script("deployment/kubernetes/config.env"),
                "--set",
                "migrations.databaseUrl=jdbc:mysql://db/bookstore");
        assertThat(run.status()).as(run.output()).isZero();
        assertThat(run.output())
                .contains("kind: Deployment", "kind: Job", "kind: NetworkPolicy", "BOOKSTORE_JWKS_URL: \"https://")
                .containsPattern("BOOKSTORE_ALLOWED_HOSTS: \"api\\.books\\.example\\.com,.*,shop-mi\"")
                .doesNotContain("{{");
    }

    private static boolean installed(String program) {
        for (String directory : System.getenv("PATH").split(Pattern.quote(System.getProperty("path.separator")))) {
            if (Path.of(directory, program).toFile().canExecute()) {
                return true;
            }
        }
        return false;
    }
}
