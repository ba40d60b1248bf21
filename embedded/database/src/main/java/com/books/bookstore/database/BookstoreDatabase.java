package com.books.bookstore.database;

import com.books.bookstore.db.BookstoreSchema;
import com.books.bookstore.embedded.Causes;
import com.books.bookstore.embedded.Settings;
import com.books.bookstore.embedded.StartException;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.flywaydb.core.api.FlywayException;

/**
 * The bookstore's database, migrated and usually with its sample data: the MySQL or MariaDB that the environment variables
 * {@value #URL_VARIABLE}, {@value #USER_VARIABLE} and {@value #PASSWORD_VARIABLE} name, else an {@link EmbeddedMariaDb} with the memory that {@value #MEMORY_VARIABLE} says.
 *
 * <p>Thread-safe. {@link #close()} closes its connections and stops the embedded server, if there is one.
 */
public final class BookstoreDatabase implements AutoCloseable {

    /** Names the JDBC URL of an external database. */
    public static final String URL_VARIABLE = "BOOKSTORE_DB_URL";
    /** Names the user of an external database. */
    public static final String USER_VARIABLE = "BOOKSTORE_DB_USER";
    /** Names the password of an external database. */
    public static final String PASSWORD_VARIABLE = "BOOKSTORE_DB_PASSWORD";

    /** Names the JDBC URL of a replica of an external database, for the same user; none: reads go to the database. */
    public static final String READ_URL_VARIABLE = "BOOKSTORE_READ_DB_URL";

    /** Names the memory of the embedded database, in megabytes. */
    public static final String MEMORY_VARIABLE = "BOOKSTORE_DB_MEMORY_MB";

    private static final int POOL_SIZE = 10;

    private final EmbeddedMariaDb embedded;
    private final HikariDataSource dataSource;
    private final Optional<String> readUrl;

    private BookstoreDatabase(EmbeddedMariaDb embedded, HikariDataSource dataSource, Optional<String> readUrl) {
        this.embedded = embedded;
        this.dataSource = dataSource;
        this.readUrl = readUrl;
    }

    /**
     * Opens the database that {@code environment} names, or starts the embedded one, and brings it up to date.
     *
     * @param environment       where the five variables are looked up, usually {@link System#getenv()}
     * @param embeddedDirectory where the embedded server keeps its program and data; unused with an external database
     * @param embeddedPort      its port on 127.0.0.1, 0 for any free one; unused with an external database
     * @throws StartException in one line, if the database cannot be started, reached or migrated
     */
    public static BookstoreDatabase open(Map<String, String> environment, Path embeddedDirectory, int embeddedPort) {
        return open(environment, embeddedDirectory, embeddedPort, true);
    }

    /**
     * The same.
     *
     * @param sampleData whether the sample books and promotions are loaded, once; what is there already stays
     */
    public static BookstoreDatabase open(
            Map<String, String> environment, Path embeddedDirectory, int embeddedPort, boolean sampleData) {
        String url = environment.get(URL_VARIABLE);
        Optional<String> readUrl = readUrl(environment);
        if (url != null && !url.isBlank()) {
            return prepared(
                    null,
                    pool(url.strip(), environment.get(USER_VARIABLE), environment.get(PASSWORD_VARIABLE)),
                    readUrl,
                    sampleData);
        }
        if (readUrl.isPresent()) {
            throw new StartException(READ_URL_VARIABLE + " is set, but not " + URL_VARIABLE
                    + ": set both, or neither to use the embedded database");
        }
        EmbeddedMariaDb server = EmbeddedMariaDb.start(
                embeddedDirectory,
                embeddedPort,
                Settings.number(environment, MEMORY_VARIABLE, EmbeddedMariaDb.DEFAULT_MEMORY, 64, 1_000_000));
        return prepared(
                server,
                pool(server.jdbcUrl() + "?sslMode=DISABLED", server.user(), server.password()),
                readUrl,
                sampleData);
    }

    /** The replica that {@code environment} names, if any. */
    public static Optional<String> readUrl(Map<String, String> environment) {
        return Optional.ofNullable(environment.get(READ_URL_VARIABLE))
                .map(String::strip)
                .filter(url -> !url.isEmpty());
    }

    /**
     * The JDBC URL with all driver parameters that the data services need. A statement that gets no answer for
     * twenty seconds fails, so that a database which hangs does not hold every request; migrations, which may take
     * longer, use {@link #dataSource()}.
     */
    public String jdbcUrl() {
        return withTimeLimit(dataSource.getJdbcUrl());
    }

    private static String withTimeLimit(String url) {
        return withParameters(url, Map.of("socketTimeout", "20000"));
    }

    /** The database user. */
    public String user() {
        return dataSource.getUsername();
    }

    /** The database user's password. */
    public String password() {
        return dataSource.getPassword();
    }

    /**
     * The settings by which the bookstore's data services find this database: address, user and password by their names, and the address
     * of its replica, if there is one.
     */
    public Map<String, String> settings() {
        Map<String, String> settings =
                new HashMap<>(Map.of(URL_VARIABLE, jdbcUrl(), USER_VARIABLE, user(), PASSWORD_VARIABLE, password()));
        readUrl.ifPresent(url -> settings.put(READ_URL_VARIABLE, withTimeLimit(withDriverParameters(url))));
        return settings;
    }

    /** A pool of connections, closed with this object. */
    public DataSource dataSource() {
        return dataSource;
    }

    /** Whether the database runs inside this process' care. */
    public boolean isEmbedded() {
        return embedded != null;
    }

    @Override
    public void close() {
        dataSource.close();
        if (embedded != null) {
            embedded.close();
        }
    }

    /**
     * Adds the driver parameters that the bookstore needs to a JDBC URL. What the URL says itself stays.
     * A server that cannot be reached is given up after ten seconds. The time zone makes TIMESTAMPs mean the same on every
     * machine. Statements prepared by the server halve its work for reading a book. The rest saves a procedure call from
     * asking the server about the procedure, the transaction and the session each time, which made it three times as slow;
     * and the data-services engine, which reads results as streams, from setting a session variable before each query.
     */
    static String withDriverParameters(String url) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("connectTimeout", "10000");
        parameters.put("connectionTimeZone", "UTC");
        parameters.put("forceConnectionTimeZoneToSession", "true");
        parameters.put("cacheCallableStmts", "true");
        parameters.put("useLocalSessionState", "true");
        parameters.put("readOnlyPropagatesToServer", "false");
        parameters.put("netTimeoutForStreamingResults", "0");
        parameters.put("useServerPrepStmts", "true");
        parameters.put("cachePrepStmts", "true");
        parameters.put("prepStmtCacheSize", "250");
        parameters.put("prepStmtCacheSqlLimit", "4096");

        return withParameters(url, parameters);
    }

    private static String withParameters(String url, Map<String, String> parameters) {
        StringBuilder complete = new StringBuilder(url);
        char separator = url.indexOf('?') < 0 ? '?' : '&';
        for (Map.Entry<String, String> parameter : parameters.entrySet()) {
            if (!url.matches(".*[?&]" + parameter.getKey() + "=.*")) {
                complete.append(separator)
                        .append(parameter.getKey())
                        .append('=')
                        .append(parameter.getValue());
                separator = '&';
            }
        }
        return complete.toString();
    }

    private static HikariDataSource pool(String url, String user, String password) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("bookstore");
        config.setJdbcUrl(withDriverParameters(url));
        config.setUsername(user);
        config.setPassword(password);
        config.setMaximumPoolSize(POOL_SIZE);
        config.setMinimumIdle(0);
        // Connects when first asked.
        config.setInitializationFailTimeout(-1);
        return new HikariDataSource(config);
    }

    private static BookstoreDatabase prepared(
            EmbeddedMariaDb embedded, HikariDataSource dataSource, Optional<String> readUrl, boolean sampleData) {
        BookstoreDatabase database = new BookstoreDatabase(embedded, dataSource, readUrl);
        try {
            // Not from the pool, which would go on trying, and log each failure, until its own time limit.
            DriverManager.getConnection(dataSource.getJdbcUrl(), database.user(), database.password())
                    .close();
            BookstoreSchema.migrate(dataSource);
            if (sampleData) {
                BookstoreSchema.loadSampleData(dataSource);
            }
            return database;
        } catch (SQLException | FlywayException e) {
            database.close();
            throw new StartException(
                    "The database " + withoutParameters(dataSource.getJdbcUrl()) + " cannot be used: "
                            + Causes.inOneLine(e),
                    e);
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    /** A URL as it may be shown: its parameters can hold credentials. */
    private static String withoutParameters(String url) {
        return url.replaceFirst("\\?.*", "").replaceFirst("//[^/@]*@", "//");
    }
}
