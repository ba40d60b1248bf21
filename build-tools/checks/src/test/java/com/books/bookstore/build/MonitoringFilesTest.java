package com.books.bookstore.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What operators see: alerts lead to a runbook, and panels say something before the first order. */
class MonitoringFilesTest {

    private static final String PROMETHEUS = "operations/prometheus/";

    @Test
    void everyAlertLeadsToTheRunbook() throws IOException {
        List<JsonNode> alerts = new ArrayList<>();
        for (JsonNode group : new YAMLMapper()
                .readTree(Repository.text(PROMETHEUS + "alerts.yaml"))
                .path("groups")) {
            group.path("rules").forEach(alerts::add);
        }
        assertThat(alerts)
                .hasSizeGreaterThan(8)
                .allSatisfy(
                        alert -> assertThat(alert.at("/annotations/runbook_url").asText())
                                .isEqualTo("{{ $externalLabels.documentation }}docs/operations.md#alerts"));
        assertThat(Repository.text("docs/operations.md")).contains("\n## Alerts\n");
        assertThat(Repository.text(PROMETHEUS + "prometheus.yaml")).contains("  #   documentation: https://");
    }

    @Test
    void revenueIsZeroBeforeTheFirstOrderAndHasACurrency() throws IOException {
        Map<String, JsonNode> panels = panels();
        for (String title : List.of("Revenue", "Revenue an hour")) {
            JsonNode panel = panels.get(title);
            // on(): the zero is there only while there is no series at all.
            assertThat(panel.at("/targets/0/expr").asText()).endsWith(" or on() vector(0)");
            assertThat(panel.at("/targets/0/legendFormat").asText()).isEqualTo("{{currency}}");
            assertThat(panel.at("/fieldConfig/overrides").toString())
                    .contains("\"options\":\"USD\"", "\"currencyUSD\"", "\"currencyEUR\"");
        }
    }

    @Test
    void panelsShowWhatIsTooMuch() throws IOException {
        Map<String, JsonNode> panels = panels();
        for (String title : List.of("Delay of emails", "Latency", "Latency by API", "Processor", "Registrations")) {
            assertThat(panels.get(title)
                            .at("/fieldConfig/defaults/thresholds/steps")
                            .size())
                    .as(title)
                    .isGreaterThan(1);
        }
        for (String title : List.of("Emails", "Stock")) {
            assertThat(panels.get(title).at("/fieldConfig/overrides").toString())
                    .as(title)
                    .contains("thresholds");
        }
    }

    @Test
    void theFileThatPrometheusNeedsHasASample() {
        String configuration = Repository.text(PROMETHEUS + "prometheus.yaml");
        assertThat(configuration).contains("credentials_file: metrics-token\n", "metrics-token.sample");
        assertThat(Repository.text(PROMETHEUS + "metrics-token.sample")).isNotBlank();
    }

    /** Only where promtool is installed. Everywhere else, deployment/checks parses the queries and OperationsFilesIT looks for what they name. */
    @Test
    void promtoolAcceptsTheFilesAndTheTestsOfTheRules(@TempDir Path directory) throws Exception {
        assumeTrue(Run.of(Map.of(), "sh", "-c", "command -v promtool").status() == 0, "promtool is not installed");
        for (String file : List.of("prometheus.yaml", "alerts.yaml", "alerts-test.yaml")) {
            Files.writeString(directory.resolve(file), Repository.text(PROMETHEUS + file));
        }
        String configuration = directory.resolve("prometheus.yaml").toString();
        Run check = Run.of(Map.of(), "promtool", "check", "config", configuration);
        assertThat(check.output()).contains("metrics-token");
        assertThat(check.status()).isEqualTo(1);

        Files.writeString(directory.resolve("metrics-token"), Repository.text(PROMETHEUS + "metrics-token.sample"));
        check = Run.of(Map.of(), "promtool", "check", "config", configuration);
        assertThat(check.status()).as(check.output()).isZero();
        Run tests = Run.of(
                Map.of(),
                "promtool",
                "test",
                "rules",
                directory.resolve("alerts-test.yaml").toString());
        assertThat(tests.status()).as(tests.output()).isZero();
    }

    private static Map<String, JsonNode> panels() throws IOException {
        Map<String, JsonNode> panels = new TreeMap<>();
        for (JsonNode panel : new JsonMapper()
                .readTree(Repository.text("operations/grafana/bookstore-dashboard.json"))
                .path("panels")) {
            panels.put(panel.path("title").asText(), panel);
        }
        return panels;
    }
}
