package com.books.bookstore.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.books.bookstore.embedded.FreePort;
import com.books.bookstore.embedded.StartException;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class EmbeddedMariaDbTest {

    private static final int ANY = 0;

    /** One for all tests: unpacking the program takes seconds. */
    @TempDir
    private static Path directory;

    @Test
    void keepsItsDataFromOneStartToTheNext() throws SQLException {
        try (EmbeddedMariaDb server = EmbeddedMariaDb.start(directory, ANY)) {
            execute(
                    server,
                    "CREATE TABLE IF NOT EXISTS notes (text VARCHAR(20))",
                    "DELETE FROM notes",
                    "INSERT INTO notes VALUES ('still here 红楼梦')");
        }
        try (EmbeddedMariaDb server = EmbeddedMariaDb.start(directory, ANY)) {
            assertThat(query(server, "SELECT text FROM notes")).containsExactly("still here 红楼梦");
        }
    }

    @Test
    void givesTheBookstoreAnAccountWithoutRightsElsewhere() throws SQLException {
        try (EmbeddedMariaDb server = EmbeddedMariaDb.start(directory, ANY)) {
            assertThat(query(server, "SELECT CURRENT_USER()")).containsExactly("bookstore@127.0.0.1");
            assertThat(query(server, "SHOW DATABASES")).containsOnly("bookstore", "information_schema");
            assertThatThrownBy(() -> query(server, "SELECT * FROM mysql.global_priv"))
                    .isInstanceOf(SQLException.class);
            assertThatThrownBy(() -> DriverManager.getConnection(server.jdbcUrl() + "?sslMode=DISABLED", "root", ""))
                    .isInstanceOf(SQLException.class);
        }
    }

    @Test
    void hasCommittedDataOnDiskAndTimesInUtc() throws SQLException {
        try (EmbeddedMariaDb server = EmbeddedMariaDb.start(directory, ANY)) {
            assertThat(
                            query(
                                    server,
                                    "SELECT CONCAT_WS(' ', @@innodb_flush_log_at_trx_commit, @@time_zone, @@character_set_server)"))
                    .containsExactly("1 +00:00 utf8mb4");
        }
    }

    @Test
    void runsInADirectoryWithBlanksInItsName() throws SQLException {
        try (EmbeddedMariaDb server = EmbeddedMariaDb.start(directory.resolve("my shop/data base"), 0)) {
            execute(server, "CREATE TABLE shelf(id INT PRIMARY KEY)");
        }
    }

    @Test
    void keepsAPasswordThatClientsKnow() throws SQLException {
        String password = "it's a \\ secret";
        try (EmbeddedMariaDb server = EmbeddedMariaDb.start(directory, ANY, password)) {
            assertThat(server.password()).isEqualTo(password);
            assertThat(query(server, "SELECT 1")).containsExactly("1");
        }
    }

    @Test
    void isReachedOnThePortAskedFor() throws IOException, SQLException {
        int port = FreePort.next();
        try (EmbeddedMariaDb server = EmbeddedMariaDb.start(directory, port)) {
            assertThat(server.port()).isEqualTo(port);
            assertThat(query(server, "SELECT @@port")).containsExactly(Integer.toString(port));
        }
    }

    @Test
    void saysThatThePortIsTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            assertThatThrownBy(() -> EmbeddedMariaDb.start(directory, taken.getLocalPort()))
                    .isInstanceOf(StartException.class)
                    .hasMessageContaining("Port " + taken.getLocalPort())
                    .hasMessageNotContaining("\n");
        }
        // A refused start leaves the directory free.
        EmbeddedMariaDb.start(directory, ANY).close();
    }

    @Test
    void saysThatTheDirectoryIsInUse() {
        try (EmbeddedMariaDb first = EmbeddedMariaDb.start(directory, ANY)) {
            assertThatThrownBy(() -> EmbeddedMariaDb.start(directory, ANY))
                    .isInstanceOf(StartException.class)
                    .hasMessageContaining(directory.toString())
                    .hasMessageNotContaining("\n");
            assertThat(first.port()).isPositive();
        }
    }

    @Test
    void saysInOneLineWhyItCannotStart(@TempDir Path damaged) throws IOException {
        // Not worth unpacking the program again for this.
        Files.createSymbolicLink(damaged.resolve("program"), programDirectory());
        Files.createDirectories(damaged.resolve("data"));
        Files.writeString(damaged.resolve("data/ibdata1"), "not a table space");

        assertThatThrownBy(() -> EmbeddedMariaDb.start(damaged, ANY))
                .isInstanceOf(StartException.class)
                .hasMessageContaining(damaged.toString())
                .hasMessageContaining("InnoDB")
                .hasMessageNotContaining("\n");
    }

    @Test
    void saysThatTheDirectoryCannotBeMade() throws IOException {
        Path file = Files.createFile(directory.resolve("a-file"));

        assertThatThrownBy(() -> EmbeddedMariaDb.start(file.resolve("below"), ANY))
                .isInstanceOf(StartException.class)
                .hasMessageContaining(file.toString())
                .hasMessageNotContaining("\n");
    }

    @Test
    void aServerThatIsKilledIsStartedAgainWithItsData() throws Exception {
        try (EmbeddedMariaDb server = EmbeddedMariaDb.start(directory, 0)) {
            execute(server, "CREATE OR REPLACE TABLE killed (id INT)", "INSERT INTO killed VALUES (1)");
            ProcessHandle process = ProcessHandle.of(Long.parseLong(Files.readString(directory.resolve("server.pid"))))
                    .orElseThrow();
            process.destroyForcibly();
            process.onExit().get(30, TimeUnit.SECONDS);

            Awaitility.await()
                    .atMost(Duration.ofMinutes(1))
                    .ignoreExceptions()
                    .untilAsserted(() -> execute(server, "INSERT INTO killed VALUES (2)"));
        }
    }

    @Test
    void startsAgainOnTheSamePortAfterItsProcessWasKilled() throws Exception {
        int port = FreePort.next();
        Process killed = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        OtherProcess.class.getName(),
                        directory.toString(),
                        Integer.toString(port))
                .redirectErrorStream(true)
                .start();
        try (BufferedReader output = killed.inputReader()) {
            assertThat(output.lines().anyMatch(OtherProcess.READY::equals)).isTrue();
        } finally {
            killed.destroyForcibly().waitFor();
        }

        try (EmbeddedMariaDb server = EmbeddedMariaDb.start(directory, port)) {
            assertThat(query(server, "SELECT 1")).containsExactly("1");
        }
    }

    /** Starts a server and waits to be killed: what is left behind then is its server. */
    static final class OtherProcess {

        static final String READY = "the server is ready";

        private OtherProcess() {}

        public static void main(String[] arguments) throws InterruptedException {
            EmbeddedMariaDb.start(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
            System.out.println(READY);
            new CountDownLatch(1).await();
        }
    }

    private static Path programDirectory() {
        EmbeddedMariaDb.start(directory, ANY).close();
        return directory.resolve("program");
    }

    private static void execute(EmbeddedMariaDb server, String... statements) throws SQLException {
        try (Connection connection = connect(server);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static List<String> query(EmbeddedMariaDb server, String sql) throws SQLException {
        try (Connection connection = connect(server);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        }
    }

    private static Connection connect(EmbeddedMariaDb server) throws SQLException {
        return DriverManager.getConnection(server.jdbcUrl() + "?sslMode=DISABLED", server.user(), server.password());
    }
}
