package com.books.bookstore.benchmark.load;

import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/** What all rounds of one workload on one system came to. The warm-up only counts for errors and for what was acknowledged. Not thread-safe. */
final class Measurement {

    private final Workload workload;
    private final MeasuredSystem system;
    private final Histogram latencies = new Histogram(3);
    private CpuTimes cpu = CpuTimes.NONE;
    private long errors;
    private String firstError;
    private final List<CpuProfile.Window> windows = new ArrayList<>();
    private final List<Double> rates = new ArrayList<>();
    private double seconds;
    private long warmUpRequests;
    private long statements;

    Measurement(Workload workload, MeasuredSystem system) {
        this.workload = workload;
        this.system = system;
    }

    void addWarmUp(LoadGenerator.Phase phase) {
        warmUpRequests += phase.requests();
        addErrors(phase);
    }

    /** @param phaseStatements SQL statements that the database was sent during the phase */
    void add(LoadGenerator.Phase phase, CpuTimes phaseCpu, long phaseStatements) {
        statements += phaseStatements;
        latencies.add(phase.latencies());
        seconds += phase.seconds();
        rates.add(phase.requestsPerSecond());
        windows.add(phase.window());
        cpu = cpu.plus(phaseCpu);
        addErrors(phase);
    }

    private void addErrors(LoadGenerator.Phase phase) {
        errors += phase.errors();
        firstError = firstError == null ? phase.firstError() : firstError;
    }

    Workload workload() {
        return workload;
    }

    MeasuredSystem system() {
        return system;
    }

    /** When it was measured. */
    List<CpuProfile.Window> windows() {
        return windows;
    }

    long requests() {
        return latencies.getTotalCount();
    }

    /** Requests that were answered well, also before anything was measured. */
    long acknowledged() {
        return warmUpRequests + requests();
    }

    long errors() {
        return errors;
    }

    /** Null if there was none. */
    String firstError() {
        return firstError;
    }

    double requestsPerSecond() {
        return seconds == 0 ? 0 : requests() / seconds;
    }

    /** Requests a second in each round. */
    List<Double> rates() {
        return rates;
    }

    double millisAtPercentile(double percentile) {
        return latencies.getValueAtPercentile(percentile) / 1e3;
    }

    double cpuMicrosOfServer() {
        return perRequest(cpu.server().toNanos());
    }

    double cpuMicrosOfDatabase() {
        return perRequest(cpu.database().toNanos());
    }

    double cpuMicrosOfClient() {
        return perRequest(cpu.client().toNanos());
    }

    double statementsPerRequest() {
        return perRequest(statements * 1_000L);
    }

    private double perRequest(long nanos) {
        return requests() == 0 ? 0 : nanos / 1e3 / requests();
    }
}
