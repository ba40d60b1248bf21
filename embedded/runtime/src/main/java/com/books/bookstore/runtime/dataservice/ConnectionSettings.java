package com.books.bookstore.runtime.dataservice;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a data service wants to be connected, as its {@code <config>} says, with every {@code $SYSTEM:NAME} resolved.
 *
 * <p>Either the configuration names a data source that is defined elsewhere ({@link #dataSourceName()} is set, as
 * {@code carbon_datasource_name} does), or it brings its own connection ({@link #url()} is set).
 *
 * @param dataSourceName the name of a data source defined elsewhere, or null
 * @param driver the JDBC driver's class, or null
 * @param url the JDBC URL, or null
 * @param user the database user, or null
 * @param password the database user's password, or null
 * @param poolProperties what the configuration says about the pool, by the names that Micro Integrator uses
 *     ({@code maxActive}, {@code minIdle}, {@code maxWait} and so on)
 */
public record ConnectionSettings(
        String dataSourceName,
        String driver,
        String url,
        String user,
        String password,
        Map<String, String> poolProperties) {

    public ConnectionSettings {
        poolProperties = Map.copyOf(Objects.requireNonNull(poolProperties, "poolProperties"));
    }

    /** The settings of a configuration that only names a data source. */
    public static ConnectionSettings named(String dataSourceName) {
        return new ConnectionSettings(dataSourceName, null, null, null, null, Map.of());
    }

    /** The largest number of connections open at once. */
    public OptionalInt maxActive() {
        return number("maxActive");
    }

    /** The number of connections kept open when nothing happens. */
    public OptionalInt minIdle() {
        return number("minIdle");
    }

    /** How long a caller waits for a free connection. */
    public Optional<Duration> maxWait() {
        OptionalInt millis = number("maxWait");
        return millis.isPresent() ? Optional.of(Duration.ofMillis(millis.getAsInt())) : Optional.empty();
    }

    /** Whether connections only read, as {@code defaultReadOnly} says. */
    public boolean isReadOnly() {
        return Boolean.parseBoolean(
                poolProperties.getOrDefault("defaultReadOnly", "").trim());
    }

    /** What the driver is given beside the URL, and wins over it: {@code connectionProperties}, as {@code name=value;name=value}. */
    public Map<String, String> driverProperties() {
        Map<String, String> properties = new HashMap<>();
        for (String property :
                poolProperties.getOrDefault("connectionProperties", "").split(";")) {
            String[] nameAndValue = property.trim().split("=", 2);
            if (nameAndValue.length == 2) {
                properties.put(nameAndValue[0].trim(), nameAndValue[1].trim());
            }
        }
        return properties;
    }

    private OptionalInt number(String property) {
        String value = poolProperties.get(property);
        return value == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(value.trim()));
    }

    /** Says which database is meant, without user, password or URL parameters. */
    @Override
    public String toString() {
        if (dataSourceName != null) {
            return "data source " + dataSourceName;
        }
        return url == null ? "no data source" : url.replaceFirst("[?;].*", "").replaceFirst("//[^/@]*@", "//");
    }
}
