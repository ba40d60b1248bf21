package com.books.bookstore.runtime.dataservice;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.metrics.micrometer.MicrometerMetricsTrackerFactory;
import io.micrometer.core.instrument.Metrics;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import javax.sql.DataSource;

/**
 * Makes a HikariCP pool for each connection that a data service asks for.
 *
 * <p>The pool properties of Micro Integrator mean what they mean there as far as HikariCP has the like: maxActive,
 * minIdle, maxWait, maxAge, connectionProperties, defaultAutoCommit, defaultReadOnly, defaultTransactionIsolation, defaultCatalog. The others
 * that may be given (initialSize, maxIdle, the tests and eviction times) have none: HikariCP checks a connection with
 * the driver's own means before it lends it. Without maxActive there are {@value #DEFAULT_MAX_ACTIVE} connections,
 * without maxWait a caller waits {@value #DEFAULT_MAX_WAIT_MILLIS} ms.
 *
 * <p>A pool is made without connecting, so the database may come later. Thread safe.
 */
public final class PooledDataSources implements Function<ConnectionSettings, DataSource>, AutoCloseable {

    private static final int DEFAULT_MAX_ACTIVE = 40;
    private static final long DEFAULT_MAX_WAIT_MILLIS = 5_000;

    private static final long LONGEST_VALIDATION_MILLIS = 1_000;

    /** HikariCP refuses to wait for less. */
    private static final long SHORTEST_WAIT_MILLIS = 250;

    /** Pools are told apart by their names in the metrics of the whole JVM, where several runtimes may run. */
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final Queue<HikariDataSource> pools = new ConcurrentLinkedQueue<>();

    /** {@return a new pool, or null when the settings only name a data source: this class defines none} */
    @Override
    public DataSource apply(ConnectionSettings settings) {
        if (settings.url() == null) {
            return null;
        }
        HikariDataSource pool = new HikariDataSource(config(settings));
        pools.add(pool);
        return pool;
    }

    /** Lets a pool that was made for other settings have as many connections as these ask for. One of another kind stays as it is. */
    static void raise(DataSource pool, ConnectionSettings settings) {
        if (pool instanceof HikariDataSource hikari) {
            hikari.setMaximumPoolSize(
                    Math.max(hikari.getMaximumPoolSize(), settings.maxActive().orElse(DEFAULT_MAX_ACTIVE)));
        }
    }

    /** Closes all pools, including connections that are in use. */
    @Override
    public void close() {
        pools.forEach(HikariDataSource::close);
        pools.clear();
    }

    private HikariConfig config(ConnectionSettings settings) {
        HikariConfig config = new HikariConfig();
        if (settings.driver() != null) {
            config.setDriverClassName(settings.driver());
        }
        config.setJdbcUrl(settings.url());
        config.setUsername(settings.user());
        config.setPassword(settings.password());
        config.setMaximumPoolSize(settings.maxActive().orElse(DEFAULT_MAX_ACTIVE));
        config.setMinimumIdle(
                Math.min(settings.minIdle().orElse(config.getMaximumPoolSize()), config.getMaximumPoolSize()));
        config.setConnectionTimeout(Math.max(
                SHORTEST_WAIT_MILLIS, settings.maxWait().map(Duration::toMillis).orElse(DEFAULT_MAX_WAIT_MILLIS)));
        // All connections to a server that hangs are found out one after another, while a caller waits for one that
        // works.
        config.setValidationTimeout(Math.min(LONGEST_VALIDATION_MILLIS, config.getConnectionTimeout()));
        settings.driverProperties().forEach(config::addDataSourceProperty);
        config.setInitializationFailTimeout(-1);
        config.setPoolName("data-services-" + NUMBER.incrementAndGet());
        // Nothing listens to the global registry unless a handler exposes it.
        config.setMetricsTrackerFactory(new MicrometerMetricsTrackerFactory(Metrics.globalRegistry));
        Map<String, String> properties = settings.poolProperties();
        if (properties.containsKey("maxAge")) {
            config.setMaxLifetime(Long.parseLong(properties.get("maxAge").trim()));
        }
        if (properties.containsKey("defaultAutoCommit")) {
            config.setAutoCommit(
                    Boolean.parseBoolean(properties.get("defaultAutoCommit").trim()));
        }
        config.setReadOnly(settings.isReadOnly());
        if (properties.containsKey("defaultTransactionIsolation")) {
            config.setTransactionIsolation("TRANSACTION_"
                    + properties.get("defaultTransactionIsolation").trim());
        }
        if (properties.containsKey("defaultCatalog")) {
            config.setCatalog(properties.get("defaultCatalog").trim());
        }
        return config;
    }
}
