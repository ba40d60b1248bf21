package com.books.bookstore.runtime.dataservice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.entry;

import com.books.bookstore.embedded.FreePort;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("slow")
@DisplayName("A data service that calls procedures on MariaDB through Connector/J")
class StoredProcedureTest {

    private static final Path ENGINE_CACHE = Path.of("target", "engine-cache");

    /** As the bookstore connects: see its data services. */
    private static final String PARAMETERS = "?connectionTimeZone=UTC&forceConnectionTimeZoneToSession=true"
            + "&cacheCallableStmts=true&useLocalSessionState=true&readOnlyPropagatesToServer=false&cachePrepStmts=true";

    private static final PooledDataSources POOLS = new PooledDataSources();
    private static MariaDbServer database;
    private static HikariDataSource pool;
    private static DataServiceEngine engine;

    @BeforeAll
    static void deploy(@TempDir Path directory) throws Exception {
        database = MariaDbServer.start(directory);
        System.setProperty("CELLAR_URL", database.jdbcUrl() + PARAMETERS);
        System.setProperty("CELLAR_USER", MariaDbServer.USER);
        System.setProperty("CELLAR_PASSWORD", MariaDbServer.PASSWORD);
        execute(
                "CREATE TABLE cellar (shelf INT PRIMARY KEY, bottles INT NOT NULL CHECK (bottles >= 0),"
                        + " label VARCHAR(255))",
                """
                CREATE PROCEDURE take_bottles(p_shelf INT, p_bottles INT)
                BEGIN
                    DECLARE v_left INT;
                    DECLARE EXIT HANDLER FOR SQLEXCEPTION BEGIN ROLLBACK; RESIGNAL; END;
                    START TRANSACTION;
                    SELECT bottles INTO v_left FROM cellar WHERE shelf = p_shelf FOR UPDATE;
                    IF p_bottles = 13 THEN
                        SIGNAL SQLSTATE '45000' SET MYSQL_ERRNO = 1644, MESSAGE_TEXT = 'an unlucky number';
                    END IF;
                    UPDATE cellar SET bottles = bottles - p_bottles WHERE shelf = p_shelf;
                    COMMIT;
                    SELECT IF(v_left IS NULL, 'no_shelf', 'taken') AS outcome,
                        IF(v_left IS NULL, NULL, JSON_OBJECT('left', v_left - p_bottles)) AS document;
                END
                """,
                """
                CREATE PROCEDURE count_bottles(IN p_shelf INT, OUT p_bottles INT)
                SELECT bottles INTO p_bottles FROM cellar WHERE shelf = p_shelf
                """);
        engine = new DataServiceEngine(ENGINE_CACHE, settings -> {
            pool = (HikariDataSource) POOLS.apply(settings);
            return pool;
        });
        try (var definition = StoredProcedureTest.class.getResourceAsStream("/dataservices/Cellar.dbs")) {
            engine.deploy(new String(definition.readAllBytes(), StandardCharsets.UTF_8), "Cellar.dbs");
        }
    }

    @AfterAll
    static void stop() throws Exception {
        engine.close();
        POOLS.close();
        database.close();
        List.of("CELLAR_URL", "CELLAR_USER", "CELLAR_PASSWORD").forEach(System::clearProperty);
    }

    @BeforeEach
    void fill() throws SQLException {
        execute("DELETE FROM cellar", "INSERT INTO cellar VALUES (1, 1000, 'Rioja – 日本 😀 <&>'), (2, 5, NULL)");
    }

    @AfterEach
    void noConnectionIsHeld() {
        assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
    }

    @Test
    @DisplayName("answers with the row that the procedure selects")
    void oneRow() throws Exception {
        assertThat(ResultRows.of(take(1, 10)))
                .singleElement()
                .satisfies(row -> assertThat(row)
                        .containsExactly(entry("outcome", "taken"), entry("document", "{\"left\": 990}")));
        assertThat(ResultRows.of(take(7, 10)))
                .singleElement()
                .satisfies(
                        row -> assertThat(row).containsExactly(entry("outcome", "no_shelf"), entry("document", null)));
        assertThat(bottles()).containsExactly("990", "5");
    }

    @Test
    @DisplayName("answers with OUT parameters")
    void outParameters() throws Exception {
        assertThat(ResultRows.of(call("countBottles", Map.of("shelf", "2"))))
                .singleElement()
                .satisfies(row -> assertThat(row).containsEntry("bottles", "5"));
    }

    @Test
    @DisplayName("gives its connection back when the answer is not read")
    void unreadAnswers() throws Exception {
        for (int i = 0; i < 100; i++) {
            assertThat(take(1, 1)).isNotNull();
        }
        assertThat(bottles()).containsExactly("900", "5");
    }

    @Test
    @DisplayName("keeps the driver's exception when the procedure signals or a constraint holds, and writes nothing")
    void errors() throws Exception {
        for (int i = 0; i < 100; i++) {
            DataServiceCallException signal = catchThrowableOfType(DataServiceCallException.class, () -> take(1, 13));
            assertThat(signal)
                    .hasMessage("Data service 'Cellar', operation 'takeBottles': the database answered"
                            + " SQLState 45000, error 1644");
            assertThat(signal.getCause()).isInstanceOf(SQLException.class).hasMessage("an unlucky number");

            DataServiceCallException constraint =
                    catchThrowableOfType(DataServiceCallException.class, () -> take(2, 6));
            assertThat(((SQLException) constraint.getCause()).getSQLState()).startsWith("23");
        }
        assertThat(bottles()).containsExactly("1000", "5");
    }

    @Test
    @DisplayName("loses no update when many threads call at once")
    void concurrency() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Void>> tasks = Collections.nCopies(8, () -> {
                for (int i = 0; i < 50; i++) {
                    assertThat(ResultRows.of(take(1, 2))).hasSize(1);
                }
                return null;
            });
            for (Future<Void> task : threads.invokeAll(tasks)) {
                task.get();
            }
        } finally {
            threads.shutdown();
        }
        assertThat(bottles()).containsExactly("200", "5");
    }

    @Test
    @DisplayName("keeps characters of any plane and NULL apart from empty")
    void texts() throws Exception {
        assertThat(ResultRows.of(list(1)))
                .extracting(row -> row.get("label"))
                .containsExactly("Rioja – 日本 😀 <&>", null);
    }

    @Test
    @DisplayName("answers with thousands of rows")
    void manyRows() throws Exception {
        execute("INSERT INTO cellar SELECT seq, 1, CONCAT('label ', seq) FROM seq_100_to_5099");
        assertThat(ResultRows.of(list(100)))
                .hasSize(5000)
                .last()
                .satisfies(row -> assertThat(row).containsEntry("label", "label 5099"));
    }

    @Test
    @DisplayName(
            "reports a database that ends the connection in the middle of a call as SQLState 08, and goes on after")
    void deadConnection() throws Exception {
        try (Connection blocker = connect();
                Statement lock = blocker.createStatement()) {
            blocker.setAutoCommit(false);
            lock.execute("UPDATE cellar SET bottles = 999 WHERE shelf = 1");
            ExecutorService thread = Executors.newSingleThreadExecutor();
            try {
                Future<DataServiceCallException> failure =
                        thread.submit(() -> catchThrowableOfType(DataServiceCallException.class, () -> take(1, 1)));
                killWaitingCall();
                assertThat(((SQLException) failure.get().getCause()).getSQLState())
                        .startsWith("08");
            } finally {
                thread.shutdown();
            }
            blocker.rollback();
        }
        assertThat(ResultRows.of(take(1, 1))).hasSize(1);
        assertThat(bottles()).containsExactly("999", "5");
    }

    /** The replica is the same server under another name, which the driver keeps apart, where sessions begin with a variable set. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({"the replica, true, replica", "the primary if the replica is down, false, primary"})
    @DisplayName("reads from a replica over a read-only pool, which writes nothing:")
    void replica(String name, boolean replicaRuns, String reader) throws Exception {
        execute(
                "CREATE OR REPLACE PROCEDURE who() READS SQL DATA SELECT IF(@@default_week_format = 3, 'replica', 'primary') AS who",
                "CREATE OR REPLACE PROCEDURE write_who() MODIFIES SQL DATA SELECT IF(@@default_week_format = 3, 'replica', 'primary') AS who");
        System.setProperty("CELLAR_URL", replicationUrl(replicaRuns));
        try (DataServiceEngine replicated = new DataServiceEngine(ENGINE_CACHE, POOLS)) {
            replicated.deploy(replicatedService(), "Replicated.dbs");
            assertThat(who(replicated, "write")).isEqualTo("primary");
            assertThat(who(replicated, "select")).isEqualTo(reader);
            assertThat(who(replicated, "read")).isEqualTo(reader);
            assertThat(catchThrowableOfType(DataServiceCallException.class, () -> who(replicated, "mistake")))
                    .hasMessageContaining("SQLState S1009");
        } finally {
            System.setProperty("CELLAR_URL", database.jdbcUrl() + PARAMETERS);
        }
    }

    private static String replicationUrl(boolean replicaRuns) {
        return String.format(
                "jdbc:mysql:replication://address=(type=source)(host=127.0.0.1)(port=%d),"
                        + "address=(type=replica)(host=localhost)(port=%d)(sessionVariables=default_week_format=3)/cellar%s"
                        + "&allowReplicaDownConnections=true&readFromSourceWhenNoReplicas=true&retriesAllDown=1",
                database.port(), replicaRuns ? database.port() : FreePort.next(), PARAMETERS);
    }

    private static String replicatedService() {
        String config = """
                <config id="%s">
                    <property name="driverClassName">com.mysql.cj.jdbc.Driver</property>
                    <property name="url">$SYSTEM:CELLAR_URL</property>
                    <property name="username">$SYSTEM:CELLAR_USER</property>
                    <property name="password">$SYSTEM:CELLAR_PASSWORD</property>
                    <property name="defaultReadOnly">%s</property>
                    <property name="maxActive">2</property>
                    <property name="minIdle">0</property>
                </config>
                """;
        String query = """
                <query id="%1$s" useConfig="%2$s">
                    <sql>%3$s</sql>
                    <result element="Answer" rowName="Row"><element name="who" column="who" xsdType="string"/></result>
                </query>
                <operation name="%1$s"><call-query href="%1$s"/></operation>
                """;
        return "<data name=\"Replicated\" transports=\"local\" disableStreaming=\"true\">"
                + String.format(config, "main", "false")
                + String.format(config, "reads", "true")
                + String.format(query, "write", "main", "CALL write_who()")
                + String.format(query, "read", "reads", "CALL who()")
                + String.format(
                        query, "select", "reads", "SELECT IF(@@default_week_format = 3, 'replica', 'primary') AS who")
                + String.format(query, "mistake", "reads", "CALL write_who()")
                + "</data>";
    }

    private static String who(DataServiceEngine engine, String operation) throws XMLStreamException {
        return ResultRows.of(ResultRows.written(result -> engine.call("Replicated", operation, Map.of(), result)))
                .get(0)
                .get("who");
    }

    /** Ends the connection whose call waits for the row that the test has locked. */
    private static void killWaitingCall() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            String waiting = null;
            while (waiting == null) {
                try (ResultSet rows = statement.executeQuery("SELECT id FROM information_schema.processlist"
                        + " WHERE info LIKE 'SELECT bottles%FOR UPDATE'")) {
                    waiting = rows.next() ? rows.getString(1) : null;
                }
            }
            statement.execute("KILL CONNECTION " + waiting);
        }
    }

    private static XMLStreamReader take(int shelf, int bottles) {
        return call("takeBottles", Map.of("shelf", "" + shelf, "bottles", "" + bottles));
    }

    private static XMLStreamReader list(int from) {
        return call("listShelves", Map.of("from", "" + from));
    }

    private static XMLStreamReader call(String operation, Map<String, String> params) {
        return ResultRows.written(result -> engine.call("Cellar", operation, params, result));
    }

    private static List<String> bottles() throws Exception {
        return ResultRows.of(list(1)).stream().map(row -> row.get("bottles")).toList();
    }

    private static void execute(String... statements) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static Connection connect() throws SQLException {
        return DriverManager.getConnection(database.jdbcUrl(), MariaDbServer.USER, MariaDbServer.PASSWORD);
    }
}
