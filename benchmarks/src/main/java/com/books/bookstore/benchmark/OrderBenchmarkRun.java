package com.books.bookstore.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs {@link OrderBenchmark} and writes its figures as a Markdown table. Exit codes: 0 done, 2 called wrongly. */
@Command(
        name = "order",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Measures pricing, stock and totals of an order of ten lines, in memory.")
public final class OrderBenchmarkRun implements Callable<Integer> {

    /** What each row of the table is, in the table's order. */
    private static final Map<String, String> TITLES = titles();

    @Option(
            names = "--quick",
            description = "one fork and short iterations: shows that it runs, and the order of magnitude")
    private boolean quick;

    @Option(names = "--out", paramLabel = "FILE", description = "also write the table here")
    private Path out;

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new OrderBenchmarkRun()).execute(arguments));
    }

    private static Map<String, String> titles() {
        Map<String, String> titles = new LinkedHashMap<>();
        titles.put("domain", "the rules in plain Java");
        titles.put("domainAndDocument", "the rules in plain Java, and the order written as JSON");
        titles.put("classMediators", "the three class mediators in a Synapse sequence");
        titles.put(
                "compiledFunction",
                "the same in JavaScript: a function that Nashorn keeps compiled, in a Synapse sequence");
        titles.put(
                "scriptMediator", "the same in JavaScript: Synapse's script mediator (Rhino), in a Synapse sequence");
        return titles;
    }

    @Override
    public Integer call() throws RunnerException, IOException {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include(OrderBenchmark.class.getName() + "\\.")
                .shouldFailOnError(true);
        if (quick) {
            options.forks(1)
                    .warmupIterations(5)
                    .warmupTime(TimeValue.seconds(1))
                    .measurementIterations(3)
                    .measurementTime(TimeValue.seconds(1));
        }
        String report = report(new Runner(options.build()).run());
        System.out.println(report);
        if (out != null) {
            Files.writeString(out, report);
        }
        return CommandLine.ExitCode.OK;
    }

    private static String report(Collection<RunResult> results) {
        Map<String, RunResult> byMethod = new LinkedHashMap<>();
        for (RunResult result : results) {
            String name = result.getParams().getBenchmark();
            byMethod.put(name.substring(name.lastIndexOf('.') + 1), result);
        }
        List<String> lines = new ArrayList<>();
        lines.add(settings(byMethod.values().iterator().next().getParams()));
        lines.add("");
        lines.add("| an order of ten lines | µs | ± (99.9 %) |");
        lines.add("|---|---:|---:|");
        TITLES.forEach((method, title) -> {
            Result<?> result = byMethod.get(method).getPrimaryResult();
            lines.add(String.format(
                    Locale.ROOT, "| %s | %.2f | %.2f |", title, result.getScore(), result.getScoreError()));
        });
        return String.join("\n", lines) + "\n";
    }

    private static String settings(BenchmarkParams params) {
        return Machine.describe() + "; JMH " + params.getJmhVersion() + ", average time, one thread, "
                + params.getForks() + " fork(s) of "
                + params.getWarmup().getCount() + " x " + params.getWarmup().getTime() + " warm-up and "
                + params.getMeasurement().getCount()
                + " x " + params.getMeasurement().getTime() + " measurement.";
    }
}
