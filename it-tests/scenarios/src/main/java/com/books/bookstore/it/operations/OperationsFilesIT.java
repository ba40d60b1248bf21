package com.books.bookstore.it.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.books.bookstore.it.support.BookstoreSystem;
import com.books.bookstore.it.support.Checkout;
import com.books.bookstore.it.support.NeedsControl;
import com.books.bookstore.it.support.Shop;
import com.books.bookstore.it.support.User;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is handed to Prometheus and Grafana asks for nothing that the running system does not expose, and every alert is explained. */
@ExtendWith(BookstoreSystem.class)
class OperationsFilesIT {

    private static final Pattern WORD = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");
    private static final Pattern SERIES =
            Pattern.compile("^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})? \\S+$", Pattern.MULTILINE);
    private static final Pattern LABEL = Pattern.compile("([a-zA-Z_]+)=\"");
    /** PromQL's own words, and what Prometheus adds to every series by itself. */
    private static final Set<String> PROMQL = Set.of(
            "sum",
            "by",
            "rate",
            "increase",
            "max",
            "topk",
            "histogram_quantile",
            "up",
            "job",
            "instance",
            "or",
            "on",
            "vector");

    @Test
    @NeedsControl
    void alertsAndDashboardAskForMetricsThatAreThere() throws IOException {
        int book = Shop.newBook("Watched", "5.00", 3);
        Shop.orders(User.STAFF)
                .post("/orders/{id}/complete", Shop.order(User.CUSTOMER, book, 1))
                .then()
                .statusCode(200);
        Set<String> known = new TreeSet<>(PROMQL);
        addNames(known, BookstoreSystem.metrics());
        addNames(
                known,
                Shop.raw()
                        .header("Authorization", "Bearer " + BookstoreSystem.METRICS_TOKEN)
                        .get("/metrics/business")
                        .then()
                        .statusCode(200)
                        .extract()
                        .asString());

        List<String> expressions = new ArrayList<>(alerts().findValuesAsText("expr"));
        assertThat(expressions).hasSizeGreaterThan(8);
        List<String> panels = dashboard().findValuesAsText("expr");
        assertThat(panels).hasSizeGreaterThan(15);
        expressions.addAll(panels);
        for (String expression : expressions) {
            assertThat(words(expression)).as(expression).isSubsetOf(known);
        }
    }

    @Test
    void everyAlertIsExplained() throws IOException {
        String documentation = java.nio.file.Files.readString(Checkout.DIRECTORY.resolve("docs/operations.md"));
        assertThat(alerts().findValuesAsText("alert"))
                .hasSizeGreaterThan(8)
                .allMatch(alert -> documentation.contains("`" + alert + "`"));
    }

    private static JsonNode alerts() throws IOException {
        return new YAMLMapper()
                .readTree(Checkout.DIRECTORY
                        .resolve("operations/prometheus/alerts.yaml")
                        .toFile());
    }

    private static JsonNode dashboard() throws IOException {
        return new ObjectMapper()
                .readTree(Checkout.DIRECTORY
                        .resolve("operations/grafana/bookstore-dashboard.json")
                        .toFile());
    }

    /** Metrics, labels and functions; not label values, durations and numbers. */
    private static Set<String> words(String expression) {
        Set<String> words = new TreeSet<>();
        Matcher matcher = WORD.matcher(expression
                .replaceAll("\"[^\"]*\"", "")
                .replaceAll("\\[[^]]*]", "")
                .replaceAll("\\b[0-9.]+\\b", ""));
        while (matcher.find()) {
            words.add(matcher.group());
        }
        return words;
    }

    private static void addNames(Set<String> names, String scraped) {
        Matcher series = SERIES.matcher(scraped);
        while (series.find()) {
            names.add(series.group(1));
            Matcher label = LABEL.matcher(series.group(2) == null ? "" : series.group(2));
            while (label.find()) {
                names.add(label.group(1));
            }
        }
    }
}
