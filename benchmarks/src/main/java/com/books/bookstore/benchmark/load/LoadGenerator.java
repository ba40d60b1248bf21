package com.books.bookstore.benchmark.load;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.HdrHistogram.Histogram;

/**
 * A number of connections, each of which sends its next request when the answer to the last one is there (a closed loop, so latencies are
 * those at this number of users and not at a given rate).
 */
final class LoadGenerator implements AutoCloseable {

    private static final long HIGHEST_MICROS = 60_000_000;
    private static final int DIGITS = 3;

    private final int books;
    private final List<Customer> customers;
    private final int connections;
    private final ExecutorService threads;
    /** Different requests in every phase of a run, the same ones in every run. */
    private final SplittableRandom seeds = new SplittableRandom(42);

    LoadGenerator(int books, List<Customer> customers, int connections) {
        this.books = books;
        this.customers = customers;
        this.connections = connections;
        this.threads = Executors.newFixedThreadPool(connections);
    }

    /**
     * What one phase of load came to.
     *
     * @param latencies    of the requests that were answered well, in microseconds
     * @param errors       requests that were not, or not in time
     * @param firstError   what the first of these was, or null
     * @param window       from the first request to the last answer
     */
    record Phase(Histogram latencies, long errors, String firstError, CpuProfile.Window window) {

        long requests() {
            return latencies.getTotalCount();
        }

        double seconds() {
            return Duration.between(window.from(), window.to()).toNanos() / 1e9;
        }

        double requestsPerSecond() {
            return requests() / seconds();
        }
    }

    /** One connection's part of a phase. */
    private record Share(Histogram latencies, long errors, String firstError) {}

    Phase run(URI server, Workload workload, Duration duration) throws InterruptedException {
        Instant begin = Instant.now();
        long end = System.nanoTime() + duration.toNanos();
        List<Future<Share>> results = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            SplittableRandom random = seeds.split();
            results.add(threads.submit(() -> runOne(server, workload, random, end)));
        }
        Histogram latencies = new Histogram(HIGHEST_MICROS, DIGITS);
        long errors = 0;
        String firstError = null;
        for (Future<Share> result : results) {
            Share one = get(result);
            latencies.add(one.latencies);
            errors += one.errors;
            firstError = firstError == null ? one.firstError : firstError;
        }
        return new Phase(latencies, errors, firstError, new CpuProfile.Window(begin, Instant.now()));
    }

    private static Share get(Future<Share> result) throws InterruptedException {
        try {
            return result.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private Share runOne(URI server, Workload workload, SplittableRandom random, long end) throws IOException {
        Histogram latencies = new Histogram(HIGHEST_MICROS, DIGITS);
        long errors = 0;
        String firstError = null;
        HttpConnection connection = new HttpConnection(server);
        try {
            while (System.nanoTime() < end) {
                HttpCall call = workload.next(random, books, customers);
                long sent = System.nanoTime();
                String error;
                try {
                    HttpConnection.Answer answer = connection.send(call);
                    error = call.isAnsweredBy(answer) ? null : answer.status() + " " + answer.body();
                } catch (IOException e) {
                    error = e.toString();
                    connection.close();
                    connection = new HttpConnection(server);
                }
                if (error == null) {
                    latencies.recordValue(Math.min(HIGHEST_MICROS, (System.nanoTime() - sent) / 1_000));
                } else {
                    errors++;
                    firstError = firstError == null ? error : firstError;
                }
            }
        } finally {
            connection.close();
        }
        return new Share(latencies, errors, firstError);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
