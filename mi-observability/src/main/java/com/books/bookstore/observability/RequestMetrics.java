package com.books.bookstore.observability;

import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.stream.LongStream;

/**
 * Counts and times requests, and watches the JVM. The labels of requests are taken from what is deployed (API, URI template), from HTTP's
 * methods and from statuses: callers cannot make new ones.
 *
 * <p>What else in this JVM measures itself by Micrometer's global registry, as the embedded runtime's connection pools do, is exposed too.
 * Thread-safe.
 */
final class RequestMetrics implements AutoCloseable {

    private static final String REQUESTS = "bookstore.http.requests";

    /** A histogram has one series for each of them: few, and around what alerts ask for. */
    private static final Duration[] BUCKETS = LongStream.of(5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000)
            .mapToObj(Duration::ofMillis)
            .toArray(Duration[]::new);

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics garbageCollection = new JvmGcMetrics();

    RequestMetrics() {
        new ClassLoaderMetrics().bindTo(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        garbageCollection.bindTo(registry);
        Metrics.addRegistry(registry);
    }

    void count(RequestRecord request) {
        Timer.builder(REQUESTS)
                .description(
                        "Requests by API, method, resource and status, and how long they took until the answer was sent")
                .tag("api", request.api())
                .tag("method", request.method())
                .tag("resource", request.resource())
                .tag("status", Integer.toString(request.status()))
                .serviceLevelObjectives(BUCKETS)
                .register(registry)
                .record(request.latency());
    }

    /** Everything, in Prometheus' text format. */
    String scrape() {
        return registry.scrape();
    }

    @Override
    public void close() {
        Metrics.removeRegistry(registry);
        garbageCollection.close();
        registry.close();
    }
}
