package com.books.bookstore.benchmark.load;

import com.books.bookstore.benchmark.Machine;
import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/** The figures of two shops side by side, as Markdown. */
final class GrowthReport {

    private final StringBuilder text = new StringBuilder();
    private final int repeats;

    /**
     * What is not in the shop itself.
     *
     * @param filled    seconds that it took to make it
     * @param megabytes of its database
     * @param memory    of its node
     */
    record Column(GrowthShop shop, long filled, long megabytes, String memory, EmailBurst.Result emails) {}

    private GrowthReport(int repeats) {
        this.repeats = repeats;
    }

    /**
     * @param database what the rows are kept in
     * @param repeats  how often each request was sent, unless it was slow
     * @param emails   length of the burst
     */
    static String of(Column small, Column large, String database, int repeats, int emails) {
        GrowthReport report = new GrowthReport(repeats);
        report.settings(database);
        report.times(small.shop(), large.shop());
        report.text.append("\n| | small | large | large : small |\n|---|---:|---:|---:|\n");
        report.row("books", small.shop().books(), large.shop().books());
        report.row("orders", small.shop().orders(), large.shop().orders());
        report.row("s to make them", small.filled(), large.filled());
        report.row("MB of the database", small.megabytes(), large.megabytes());
        report.row("MB of the runtime: heap after a collection / process", small.memory(), large.memory());
        for (Workload workload : large.shop().loads().keySet()) {
            report.load(workload, small.shop(), large.shop());
        }
        String burst = emails + " emails at once, " + EmailBurst.ANSWER_MILLIS + " ms for each answer: ";
        report.row(
                burst + "s until all are sent",
                small.emails().seconds(),
                large.emails().seconds());
        report.row(
                burst + "a second", small.emails().perSecond(), large.emails().perSecond());
        return report.text.toString();
    }

    private void settings(String database) {
        text.append(Machine.describe())
                .append(", shared by client, servers and databases; servers with ")
                .append(ServerJvm.OPTIONS)
                .append("; ")
                .append(database)
                .append("; one request after another, ")
                .append(repeats)
                .append(" of each, or as many as the number in brackets says.\n\n");
    }

    private void times(GrowthShop small, GrowthShop large) {
        text.append(
                "| ms | small: p50 | p95 | large: p50 | p95 | p95 large : small |\n|---|---:|---:|---:|---:|---:|\n");
        large.times().forEach((name, times) -> {
            Histogram before = small.times().get(name);
            text.append(String.format(
                    Locale.ROOT,
                    "| %s | %.1f | %.1f | %.1f | %.1f | %.1f |%n",
                    times.getTotalCount() < repeats ? name + " (" + times.getTotalCount() + ")" : name,
                    millis(before, 50),
                    millis(before, 95),
                    millis(times, 50),
                    millis(times, 95),
                    millis(times, 95) / millis(before, 95)));
        });
    }

    private void load(Workload workload, GrowthShop small, GrowthShop large) {
        List<LoadGenerator.Phase> before = small.loads().get(workload);
        List<LoadGenerator.Phase> after = large.loads().get(workload);
        String title = workload.title();
        row(
                title + ", " + GrowthShop.CONNECTIONS + " connections: a second, median of " + after.size() + " rounds",
                perSecond(before),
                perSecond(after));
        row(
                title + ": pages read from disk / written, a request",
                small.pages().get(workload),
                large.pages().get(workload));
        row(title + ": p99 in ms", millis(all(before), 99), millis(all(after), 99));
    }

    private void row(String name, Number small, Number large) {
        row(
                name,
                number(small),
                number(large),
                String.format(Locale.ROOT, "%.2f", large.doubleValue() / small.doubleValue()));
    }

    private void row(String name, String small, String large) {
        row(name, small, large, "");
    }

    private void row(String... cells) {
        text.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    private static String number(Number value) {
        return value instanceof Double ? String.format(Locale.ROOT, "%.1f", value.doubleValue()) : value.toString();
    }

    private static long perSecond(List<LoadGenerator.Phase> rounds) {
        double[] rates = rounds.stream()
                .mapToDouble(LoadGenerator.Phase::requestsPerSecond)
                .sorted()
                .toArray();
        int middle = rates.length / 2;
        return Math.round(rates.length % 2 == 1 ? rates[middle] : (rates[middle - 1] + rates[middle]) / 2);
    }

    private static Histogram all(List<LoadGenerator.Phase> rounds) {
        Histogram sum = new Histogram(rounds.get(0).latencies());
        rounds.forEach(round -> sum.add(round.latencies()));
        return sum;
    }

    private static double millis(Histogram times, double percentile) {
        return times.getValueAtPercentile(percentile) / 1e3;
    }
}
