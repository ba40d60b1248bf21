package com.books.bookstore.db.support;

import com.books.bookstore.db.BookstoreSchema;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** A schema of its own on the {@link DatabaseServer}, connected to as the data services connect. Failures are unchecked. */
public final class TestDatabase implements AutoCloseable {

    private static final AtomicInteger COUNTER = new AtomicInteger();
    private static final int CONNECTIONS = 50;
    private static final String SERVER =
            "jdbc:mysql://127.0.0.1:" + DatabaseServer.shared().port() + "/";
    private static final String OPTIONS = "sslMode=DISABLED&connectionTimeZone=UTC"
            + "&forceConnectionTimeZoneToSession=true&cacheCallableStmts=true&useLocalSessionState=true"
            + "&readOnlyPropagatesToServer=false&useServerPrepStmts=true&cachePrepStmts=true";

    private final String url;
    private final HikariDataSource dataSource;

    private TestDatabase(String url, String user, String password) {
        this.url = url;
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(user);
        config.setPassword(password);
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(0);
        dataSource = new HikariDataSource(config);
    }

    /** An empty schema; its default character set is not the one that the bookstore wants. */
    public static TestDatabase empty() {
        String schema = newName();
        onTheServer(connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.execute("CREATE DATABASE " + schema + " CHARACTER SET latin1");
            }
        });
        return named(schema);
    }

    private static String newName() {
        return "bookstore_" + COUNTER.incrementAndGet();
    }

    private static TestDatabase named(String schema) {
        return new TestDatabase(SERVER + schema + "?" + OPTIONS, "root", "");
    }

    private static void onTheServer(ServerWork work) {
        // With the options of the pool: views and procedures remember some of them.
        try (Connection connection = DriverManager.getConnection(SERVER + "?" + OPTIONS, "root", "")) {
            work.run(connection);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What is done with a connection to no schema. */
    private interface ServerWork {
        void run(Connection connection) throws SQLException;
    }

    /** The same schema through another account. MySQL 8 wants to hear its password encrypted, here with a key that it is asked for. */
    public TestDatabase as(String user, String password) {
        return new TestDatabase(url + "&allowPublicKeyRetrieval=true", user, password);
    }

    /** A schema with all migrations and no books: a copy of one that is migrated once per JVM. */
    public static TestDatabase migrated() {
        String schema = newName();
        onTheServer(connection -> SchemaCopy.copy(connection, Migrated.SCHEMA, schema));
        return named(schema);
    }

    /** Holds the schema that is copied: initialised once, thread-safely, by the class loader. */
    private static final class Migrated {
        private static final String SCHEMA = migrate();

        private static String migrate() {
            try (TestDatabase database = empty()) {
                BookstoreSchema.migrate(database.dataSource());
                return (String) database.value("SELECT DATABASE()");
            }
        }
    }

    public DataSource dataSource() {
        return dataSource;
    }

    public String url() {
        return url;
    }

    /** Executes statements that answer nothing. */
    public void execute(String... statements) {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new DatabaseRefusal(e);
        }
    }

    /** The rows of a query or a procedure, columns by label in their order. */
    public List<Map<String, Object>> rows(String sql, Object... parameters) {
        try (Connection connection = dataSource.getConnection()) {
            return rows(connection, sql, parameters);
        } catch (SQLException e) {
            throw new DatabaseRefusal(e);
        }
    }

    /** {@link #rows(String, Object...)} on a given connection. */
    public static List<Map<String, Object>> rows(Connection connection, String sql, Object... parameters) {
        try (PreparedStatement statement =
                sql.startsWith("CALL") ? connection.prepareCall(sql) : connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            List<Map<String, Object>> rows = new ArrayList<>();
            try (ResultSet result = statement.executeQuery()) {
                ResultSetMetaData columns = result.getMetaData();
                while (result.next()) {
                    Map<String, Object> row = new LinkedHashMap<>();
                    for (int column = 1; column <= columns.getColumnCount(); column++) {
                        row.put(columns.getColumnLabel(column), result.getObject(column));
                    }
                    rows.add(row);
                }
            }
            return rows;
        } catch (SQLException e) {
            throw new DatabaseRefusal(e);
        }
    }

    /** How often statements of this connection have asked the storage engine for a row. */
    public static long rowsRead(Connection connection) {
        return rows(connection, "SHOW SESSION STATUS LIKE 'Handler_read%'").stream()
                .mapToLong(row -> Long.parseLong((String) row.get("Value")))
                .sum();
    }

    /** The only column of the only row. */
    public Object value(String sql, Object... parameters) {
        return rows(sql, parameters).get(0).values().iterator().next();
    }

    /** {@link #value} as a number. */
    public long count(String sql, Object... parameters) {
        return ((Number) value(sql, parameters)).longValue();
    }

    /** Whether this server enforces CHECK constraints: MariaDB does, MySQL only parses them before 8.0.16. */
    public boolean enforcesChecks() {
        String version = (String) value("SELECT VERSION()");
        return !version.matches("8\\.0\\.(\\d|1[0-5])(\\D.*)?");
    }

    @Override
    public void close() {
        dataSource.close();
    }
}
