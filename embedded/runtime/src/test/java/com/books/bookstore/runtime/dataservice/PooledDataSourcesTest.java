package com.books.bookstore.runtime.dataservice;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Metrics;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PooledDataSourcesTest {

    @Test
    void thePoolsOfTwoRuntimesAreToldApartInTheMetrics() {
        Set<Meter.Id> before = waitingForConnections();
        try (PooledDataSources first = new PooledDataSources();
                PooledDataSources second = new PooledDataSources()) {
            first.apply(settings());
            second.apply(settings());
            Set<Meter.Id> ofBoth = waitingForConnections();
            ofBoth.removeAll(before);
            assertThat(ofBoth).hasSize(2);

            first.close();

            Set<Meter.Id> left = waitingForConnections();
            left.retainAll(ofBoth);
            assertThat(left).hasSize(1);
        }
    }

    @Test
    void aSharedPoolIsAsLargeAsTheLargestThatWasAskedFor() {
        try (PooledDataSources pools = new PooledDataSources()) {
            HikariDataSource pool = (HikariDataSource) pools.apply(settings(Map.of("minIdle", "0", "maxActive", "8")));
            PooledDataSources.raise(pool, settings(Map.of("maxActive", "40")));
            PooledDataSources.raise(pool, settings(Map.of("maxActive", "3")));
            assertThat(pool.getMaximumPoolSize()).isEqualTo(40);
        }
    }

    private static Set<Meter.Id> waitingForConnections() {
        return Metrics.globalRegistry.getMeters().stream()
                .map(Meter::getId)
                .filter(id -> "hikaricp.connections.pending".equals(id.getName()))
                .collect(Collectors.toSet());
    }

    /** Of a database that is never asked for a connection. */
    private static ConnectionSettings settings() {
        return settings(Map.of("minIdle", "0"));
    }

    private static ConnectionSettings settings(Map<String, String> pool) {
        return new ConnectionSettings(null, null, "jdbc:mysql://127.0.0.1:1/books", "me", "pw", pool);
    }
}
