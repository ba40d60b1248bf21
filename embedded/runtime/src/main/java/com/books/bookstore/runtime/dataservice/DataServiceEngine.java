package com.books.bookstore.runtime.dataservice;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import javax.sql.DataSource;
import javax.xml.stream.XMLStreamWriter;
import org.slf4j.LoggerFactory;

/**
 * WSO2's data-services engine, in this process.
 *
 * <p>A data service is deployed from the text of its .dbs file and called by service, operation and parameters. Every
 * call runs on the calling thread, and its connection is back in the pool when it returns or throws.
 *
 * <p>Thread safe. Calls may run while others deploy; {@link #close()} is for when the callers have stopped.
 */
public final class DataServiceEngine implements AutoCloseable {

    private static final String REQUEST_BOX = "request_box";

    /** The parent of all loggers of the engine; what it says may hold SQL text, so it is off unless set to debug. */
    private static final String LOG_PREFIX = "dataservices-engine.";

    private final Function<ConnectionSettings, DataSource> dataSources;
    private final Map<PoolKey, DataSource> pools = new ConcurrentHashMap<>();
    private final Map<String, DataSource> poolsByName = new ConcurrentHashMap<>();
    private final Map<String, DataSource> redirections = new ConcurrentHashMap<>();
    private final Set<String> services = ConcurrentHashMap.newKeySet();
    private final IsolatedEngine engine;

    /**
     * Starts an engine without services.
     *
     * @param cache where the engine's jars are unpacked, once for each version; any number of processes may share it
     * @param dataSources makes or finds the pool for some settings; asked once for every distinct URL, user, driver properties and
     *     {@code defaultReadOnly}, or data source name; answers null when there is no such data source. The caller closes the pools.
     */
    public DataServiceEngine(Path cache, Function<ConnectionSettings, DataSource> dataSources) {
        this.dataSources = Objects.requireNonNull(dataSources, "dataSources");
        this.engine = new IsolatedEngine(cache, poolsByName::get, DataServiceEngine::log);
    }

    /**
     * Deploys a data service. The database must be reachable: the engine opens a connection for each configuration.
     *
     * @param dbsXml the text of the .dbs file
     * @param fileName the file's name, for messages
     * @return the service's name
     * @throws DataServiceDeploymentException when anything in the definition is unknown or invalid, when a
     *     {@code $SYSTEM} variable is set neither as a system property nor in the environment, when the database cannot
     *     be reached, or when a service of that name is deployed already
     */
    public synchronized String deploy(String dbsXml, String fileName) {
        DataServiceDefinition definition =
                new DataServiceDefinition(dbsXml, fileName, DataServiceEngine::variable, engine::jsonMappingProblem);
        DefinitionElement root = definition.root();
        String service = definition.serviceName();
        if (services.contains(service)) {
            throw DefinitionGrammar.problem(
                    root, fileName, "a data service named '" + service + "' is deployed already");
        }
        Map<DefinitionElement, String> poolNames = new HashMap<>();
        definition.connections().forEach((config, settings) -> {
            String poolName = service + '/' + config.attribute("id");
            poolsByName.put(
                    poolName,
                    redirections.containsKey(poolName) ? redirections.get(poolName) : pool(config, settings, fileName));
            poolNames.put(config, poolName);
        });
        try {
            engine.deploy(definition.engineText(poolNames), fileName);
            services.add(service);
            return service;
        } catch (SQLException e) {
            throw new DataServiceDeploymentException(
                    fileName, root.line(), root.name(), unusable(definition, poolNames, e), e);
        } catch (IllegalArgumentException e) {
            throw new DataServiceDeploymentException(fileName, root.line(), root.name(), e.getMessage(), e);
        }
    }

    /** Names the configurations whose database cannot be used; the engine does not say which one it tried. */
    private String unusable(
            DataServiceDefinition definition, Map<DefinitionElement, String> poolNames, SQLException e) {
        List<String> unreachable = new ArrayList<>();
        definition.connections().forEach((config, settings) -> {
            try (Connection connection = poolsByName.get(poolNames.get(config)).getConnection()) {
                connection.getMetaData();
            } catch (SQLException unusable) {
                unreachable.add("the configuration " + config.attribute("id") + " cannot connect to " + settings + " ("
                        + codes(unusable) + ")");
            }
        });
        return unreachable.isEmpty() ? "the database answered " + codes(e) : String.join("; ", unreachable);
    }

    /**
     * Gives a configuration of a data service another data source than the one that its .dbs file asks for. It stays the caller's. Called
     * before the data service is deployed.
     */
    public void redirect(String serviceName, String configId, DataSource dataSource) {
        redirections.put(serviceName + '/' + configId, PlainDataSource.of(dataSource));
    }

    /** Says whether a data service of that name is deployed. */
    public boolean isDeployed(String serviceName) {
        return services.contains(serviceName);
    }

    /**
     * Calls an operation.
     *
     * @param params the parameters by name, in the case that the definition gives them; a null value is SQL's NULL
     * @param result takes the result, which is an element without a document around it. After an exception what it has got is incomplete.
     * @return false when the operation has no result
     * @throws DataServiceCallException when the service or the operation does not exist, a parameter is missing or not
     *     of its type, or the database fails
     */
    public boolean call(String serviceName, String operation, Map<String, String> params, XMLStreamWriter result) {
        checkOperation(serviceName, operation);
        try {
            return engine.call(serviceName, operation, params, result);
        } catch (SQLException | IllegalStateException e) {
            throw failure(serviceName, operation, e);
        }
    }

    /**
     * Calls several operations in one transaction, as a {@code request_box} does: all take effect, or none. Values that
     * one operation exports are parameters of the following ones.
     *
     * <p>As in Micro Integrator, the result is that of the last operation inside a
     * {@code DATA_SERVICE_REQUEST_BOX_RESPONSE} element, and a COMMIT that fails is not reported: use one operation
     * that calls a procedure where that matters.
     *
     * @param result as for {@link #call}
     * @return false when there is no result
     * @throws DataServiceCallException as {@link #call} does; then nothing was written to the database
     */
    public boolean callBox(String serviceName, List<OperationCall> calls, XMLStreamWriter result) {
        if (calls.isEmpty()) {
            throw new IllegalArgumentException("A request box needs at least one operation");
        }
        for (OperationCall call : calls) {
            checkOperation(serviceName, call.operation());
        }
        if (!engine.hasOperation(serviceName, REQUEST_BOX)) {
            throw new DataServiceCallException(
                    "Data service '" + serviceName + "' takes no request boxes: it lacks enableBoxcarring=\"true\"");
        }
        try {
            return engine.callBox(
                    serviceName,
                    calls.stream()
                            .map(call -> Map.entry(call.operation(), call.params()))
                            .toList(),
                    result);
        } catch (SQLException | IllegalStateException e) {
            throw failure(serviceName, REQUEST_BOX, e);
        }
    }

    /** Lets go of the engine's classes. The pools are not closed. */
    @Override
    public void close() {
        services.clear();
        pools.clear();
        poolsByName.clear();
        redirections.clear();
        engine.close();
    }

    private DataSource pool(DefinitionElement config, ConnectionSettings settings, String fileName) {
        PoolKey key = new PoolKey(
                settings.dataSourceName(),
                settings.url(),
                settings.user(),
                settings.driverProperties(),
                settings.isReadOnly());
        DataSource pool;
        try {
            pool = pools.computeIfAbsent(key, absent -> PlainDataSource.of(dataSources.apply(settings)));
        } catch (RuntimeException e) {
            throw new DataServiceDeploymentException(
                    fileName, config.line(), config.name(), "there is no pool for " + settings, e);
        }
        if (pool == null) {
            throw new DataServiceDeploymentException(
                    fileName, config.line(), config.name(), "there is no pool for " + settings);
        }
        PooledDataSources.raise(pool, settings);
        return pool;
    }

    /** The data services that are deployed. */
    public Set<String> names() {
        return Set.copyOf(services);
    }

    private void checkOperation(String service, String operation) {
        if (!services.contains(service)) {
            throw new DataServiceCallException("There is no data service '" + service + "'");
        }
        if (!engine.hasOperation(service, operation)) {
            throw new DataServiceCallException("Data service '" + service + "' has no operation '" + operation + "'");
        }
    }

    private static DataServiceCallException failure(String service, String operation, Exception cause) {
        String reason = cause instanceof SQLException sql ? "the database answered " + codes(sql) : cause.getMessage();
        return new DataServiceCallException(
                "Data service '" + service + "', operation '" + operation + "': " + reason, cause);
    }

    private static String codes(SQLException e) {
        return "SQLState " + e.getSQLState() + ", error " + e.getErrorCode();
    }

    /** A system property wins over an environment variable of the same name. */
    private static String variable(String name) {
        String property = System.getProperty(name);
        return property == null ? System.getenv(name) : property;
    }

    private static void log(String logger, String message) {
        LoggerFactory.getLogger(LOG_PREFIX + logger).debug(message);
    }

    /** What makes two configurations share a pool. */
    private record PoolKey(
            String dataSourceName, String url, String user, Map<String, String> driverProperties, boolean readOnly) {}
}
