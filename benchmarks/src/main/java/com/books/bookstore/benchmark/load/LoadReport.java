package com.books.bookstore.benchmark.load;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** The figures of a load run as Markdown. */
final class LoadReport {

    private final List<Measurement> measurements;
    private final String settings;

    LoadReport(List<Measurement> measurements, String settings) {
        this.measurements = measurements;
        this.settings = settings;
    }

    String markdown() {
        StringBuilder text = new StringBuilder()
                .append(settings)
                .append(".\n\n")
                .append(
                        "| request | answered by | requests/s | p50 ms | p95 ms | p99 ms | errors | SQL statements a request | CPU µs a request: server | database | client |\n")
                .append("|---|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|\n");
        for (Measurement one : measurements) {
            text.append(String.format(
                    Locale.ROOT,
                    "| %s | %s | %.0f | %.1f | %.1f | %.1f | %d | %.1f | %.0f | %.0f | %.0f |%n",
                    one.workload().title(),
                    one.system().title(),
                    one.requestsPerSecond(),
                    one.millisAtPercentile(50),
                    one.millisAtPercentile(95),
                    one.millisAtPercentile(99),
                    one.errors(),
                    one.statementsPerRequest(),
                    one.cpuMicrosOfServer(),
                    one.cpuMicrosOfDatabase(),
                    one.cpuMicrosOfClient()));
        }
        text.append(ratios());
        measurements.stream()
                .filter(one -> one.firstError() != null)
                .forEach(one -> text.append(String.format(
                        Locale.ROOT,
                        "%n%s, %s, first error: %s%n",
                        one.workload().title(),
                        one.system().title(),
                        one.firstError())));
        return text.toString();
    }

    /**
     * The share of each component in the time of the servers' Java code, as Markdown.
     *
     * @param recordings the flight recording of each measured server
     */
    @SuppressWarnings("OrphanedFormatString") // The heading has a percent sign and is no format.
    String profile(Map<MeasuredSystem, Path> recordings) throws IOException {
        List<Map<String, Integer>> columns = new ArrayList<>();
        StringBuilder head = new StringBuilder("| % of the samples of Java code |");
        StringBuilder line = new StringBuilder("|---|");
        for (Measurement one : measurements) {
            columns.add(CpuProfile.of(recordings.get(one.system()), one.windows()));
            head.append(' ')
                    .append(one.workload().title())
                    .append(", ")
                    .append(one.system().title())
                    .append(" |");
            line.append("---:|");
        }
        StringBuilder text = new StringBuilder()
                .append('\n')
                .append(head)
                .append('\n')
                .append(line)
                .append('\n');
        for (String component : columns.get(0).keySet()) {
            if (columns.stream().anyMatch(column -> column.get(component) > 0)) {
                text.append("| ").append(component).append(" |");
                for (Map<String, Integer> column : columns) {
                    int all = Math.max(
                            1,
                            column.values().stream().mapToInt(Integer::intValue).sum());
                    text.append(String.format(Locale.ROOT, " %.0f |", 100.0 * column.get(component) / all));
                }
                text.append('\n');
            }
        }
        return text.toString();
    }

    /** Requests a second of the bookstore in those of the others. */
    private String ratios() {
        StringBuilder text = new StringBuilder();
        for (MeasuredSystem other : MeasuredSystem.values()) {
            for (Workload workload : Workload.values()) {
                List<Double> ratios = ratios(workload, other);
                if (other != MeasuredSystem.BOOKSTORE && !ratios.isEmpty()) {
                    text.append(String.format(
                            Locale.ROOT,
                            "| %s | %s | %.2f | %.2f to %.2f |%n",
                            workload.title(),
                            other.title(),
                            quantile(ratios, 0.5),
                            quantile(ratios, 0.25),
                            quantile(ratios, 0.75)));
                }
            }
        }
        return text.length() == 0
                ? ""
                : "\n| request | compared with | requests/s of the bookstore : of the other, median of the rounds | middle half of the rounds |\n"
                        + "|---|---|---:|---:|\n" + text;
    }

    /** One for each round, in ascending order: rounds are short, so that the speed of the machine is much the same for both. */
    private List<Double> ratios(Workload workload, MeasuredSystem other) {
        List<Double> ours =
                find(workload, MeasuredSystem.BOOKSTORE).map(Measurement::rates).orElse(List.of());
        List<Double> theirs = find(workload, other).map(Measurement::rates).orElse(List.of());
        return IntStream.range(0, Math.min(ours.size(), theirs.size()))
                .mapToObj(round -> ours.get(round) / theirs.get(round))
                .sorted()
                .toList();
    }

    private static double quantile(List<Double> ascending, double share) {
        double place = share * (ascending.size() - 1);
        double below = ascending.get((int) Math.floor(place));
        double above = ascending.get((int) Math.ceil(place));
        return below + (above - below) * (place - Math.floor(place));
    }

    private Optional<Measurement> find(Workload workload, MeasuredSystem system) {
        return measurements.stream()
                .filter(one -> one.workload() == workload && one.system() == system)
                .findFirst();
    }
}
