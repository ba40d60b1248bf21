package com.books.bookstore.identity.oauth.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.SQLExceptionOverride;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Set;
import javax.sql.DataSource;
import org.h2.api.ErrorCode;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

/** Clients, sign-ins and refresh tokens in an H2 file database that this process has for itself. Thread safe. */
public final class StateDatabase implements AutoCloseable {

    private static final String SPRING_SCHEMAS = "org/springframework/security/oauth2/server/authorization/";

    /** What H2 says when a full disk has made it close the database. Of the connections it says that they are valid. */
    private static final Set<Integer> CLOSED = Set.of(
            ErrorCode.GENERAL_ERROR_1,
            ErrorCode.IO_EXCEPTION_1,
            ErrorCode.IO_EXCEPTION_2,
            ErrorCode.DATABASE_IS_CLOSED,
            ErrorCode.DATABASE_CALLED_AT_SHUTDOWN);

    private static final int CONNECTIONS = 10;

    private final HikariDataSource pool;
    private final JdbcTemplate jdbc;

    private StateDatabase(HikariDataSource pool) {
        this.pool = pool;
        this.jdbc = new JdbcTemplate(pool);
    }

    public static StateDatabase open(Path directory) throws IOException {
        String url = "jdbc:h2:file:" + directory.toAbsolutePath().resolve("authorization-server")
                // A trace file would quote tokens. Compacting while closing fails at times, with assertions switched
                // on. Without a delay, what was committed outlives a full disk; with one, even the tables may be lost.
                + ";TRACE_LEVEL_FILE=0;MAX_COMPACT_TIME=0;WRITE_DELAY=0";
        StateDatabase database = null;
        try {
            database = new StateDatabase(pool(url));
            database.createTables();
            return database;
        } catch (RuntimeException e) {
            if (database != null) {
                database.close();
            }
            throw new IOException("The state in " + directory + " cannot be opened", e);
        }
    }

    private static HikariDataSource pool(String url) {
        HikariConfig configuration = new HikariConfig();
        configuration.setPoolName("authorization-server");
        configuration.setJdbcUrl(url);
        configuration.setUsername("sa");
        configuration.setPassword("");
        configuration.setMaximumPoolSize(CONNECTIONS);
        configuration.setMinimumIdle(1);
        // A new connection opens the database again.
        configuration.setExceptionOverride(new SQLExceptionOverride() {
            @java.lang.Override
            public SQLExceptionOverride.Override adjudicate(SQLException failed) {
                return CLOSED.contains(failed.getErrorCode())
                        ? SQLExceptionOverride.Override.MUST_EVICT
                        : SQLExceptionOverride.Override.CONTINUE_EVICT;
            }
        });
        return new HikariDataSource(configuration);
    }

    private void createTables() {
        Integer present = jdbc.queryForObject(
                "SELECT COUNT(*) FROM information_schema.tables "
                        + "WHERE UPPER(table_name) IN ('OAUTH2_AUTHORIZATION', 'OAUTH2_REGISTERED_CLIENT')",
                Integer.class);
        if (present != null && present == 0) {
            new ResourceDatabasePopulator(
                            new ClassPathResource(SPRING_SCHEMAS + "oauth2-authorization-schema.sql"),
                            new ClassPathResource(SPRING_SCHEMAS + "client/oauth2-registered-client-schema.sql"))
                    .execute(pool);
        }
        // Of earlier versions, which kept what the user store had said.
        jdbc.execute("DROP TABLE IF EXISTS signed_in_user");
        jdbc.execute("CREATE TABLE IF NOT EXISTS spent_credential "
                + "(fingerprint CHAR(64) PRIMARY KEY, authorization_id VARCHAR(100) NOT NULL)");
    }

    /** Deletes sign-ins whose code and tokens have all expired. */
    public void purge(Instant now) {
        Timestamp limit = Timestamp.from(now);
        jdbc.update(
                "DELETE FROM oauth2_authorization"
                        + " WHERE (refresh_token_expires_at IS NULL OR refresh_token_expires_at < ?)"
                        + " AND (access_token_expires_at IS NULL OR access_token_expires_at < ?)"
                        + " AND (authorization_code_expires_at IS NULL OR authorization_code_expires_at < ?)",
                limit,
                limit,
                limit);
        jdbc.update("DELETE FROM spent_credential WHERE authorization_id NOT IN (SELECT id FROM oauth2_authorization)");
    }

    public JdbcTemplate jdbc() {
        return jdbc;
    }

    public DataSource dataSource() {
        return pool;
    }

    @Override
    public void close() {
        pool.close();
    }
}
