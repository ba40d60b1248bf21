package com.books.bookstore.db;

import static org.assertj.core.api.Assertions.assertThat;

import com.books.bookstore.db.support.TestDatabase;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@Tag("slow")
class DatabaseToolTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void preparesTheDatabaseThatTheEnvironmentNames() {
        try (TestDatabase database = TestDatabase.empty()) {
            assertThat(run(environment(database.url()), "--generate", "10")).isZero();

            assertThat(database.count("SELECT COUNT(*) FROM books"))
                    .isEqualTo(SampleData.books().size() + 10);
            assertThat(out.toString())
                    .contains(SampleData.books().size() + " sample books added", "10 generated books added");
        }
    }

    @Test
    void canLeaveTheSampleDataOut() {
        try (TestDatabase database = TestDatabase.empty()) {
            assertThat(run(environment(database.url()), "--schema-only")).isZero();

            assertThat(database.count("SELECT COUNT(*) FROM books")).isZero();
        }
    }

    @Test
    void tellsWhetherTheMigrationsHaveRunAndChangesNothing() {
        try (TestDatabase database = TestDatabase.empty()) {
            assertThat(run(environment(database.url()), "--check")).isEqualTo(1);
            assertThat(database.count("SELECT COUNT(*) FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE()"))
                    .isZero();

            run(environment(database.url()), "--schema-only");
            assertThat(run(environment(database.url()), "--check")).isZero();
        }
    }

    @Test
    void waitsForTheMigrationsAndSaysWhatItWaitsFor() throws Exception {
        try (TestDatabase database = TestDatabase.empty()) {
            CompletableFuture<Integer> waiting =
                    CompletableFuture.supplyAsync(() -> run(environment(database.url()), "--check", "--wait", "60"));
            Awaitility.await().until(() -> err.toString().contains("migrations are still to be applied"));

            BookstoreSchema.migrate(database.dataSource());

            assertThat(waiting.get(60, TimeUnit.SECONDS)).isZero();
            assertThat(err.toString().lines()).allMatch(line -> line.startsWith("Waiting for the database: "));
            assertThat(out.toString()).contains("is ready");
        }
    }

    @Test
    void stopsWaitingWhenTheTimeIsUp() {
        assertThat(run(environment("jdbc:mysql://127.0.0.1:1/bookstore"), "--check", "--wait", "1"))
                .isEqualTo(1);

        assertThat(err.toString()).contains("Waiting for the database: ", "refused");
    }

    @Test
    void waitsOnlyForACheck() {
        assertThat(run(environment("jdbc:mysql://127.0.0.1:1/bookstore"), "--wait", "1"))
                .isEqualTo(2);
    }

    @Test
    void saysInOneLineWhyADatabaseCannotBePrepared() {
        String nothingListensThere = "jdbc:mysql://127.0.0.1:1/bookstore?password=secret";

        assertThat(run(environment(nothingListensThere))).isEqualTo(1);

        assertThat(err.toString().strip().lines())
                .singleElement()
                .asString()
                .contains("127.0.0.1:1", "refused")
                .doesNotContain("secret");
    }

    @Test
    void namesTheVariableThatIsMissing() {
        assertThat(run(Map.of("BOOKSTORE_DB_URL", "jdbc:mysql://127.0.0.1:1/bookstore")))
                .isEqualTo(2);

        assertThat(err.toString()).contains("BOOKSTORE_DB_USER is not set");
    }

    /** As secrets of Docker and Kubernetes are given. */
    @Test
    void readsFromFilesWhatVariablesName(@TempDir Path secrets) throws Exception {
        Path password = Files.writeString(secrets.resolve("password"), "not the password\n");
        try (TestDatabase database = TestDatabase.empty()) {
            Path url = Files.writeString(secrets.resolve("url"), database.url() + "\n");
            Map<String, String> environment = new HashMap<>(environment("jdbc:mysql://127.0.0.1:1/bookstore"));
            environment.put("BOOKSTORE_DB_URL_FILE", url.toString());
            assertThat(run(environment, "--schema-only")).isZero();

            environment.put("BOOKSTORE_DB_PASSWORD_FILE", password.toString());
            assertThat(run(environment, "--check")).isEqualTo(1);
            assertThat(err.toString()).contains("Access denied").doesNotContain("not the password");
        }
    }

    @Test
    void namesTheFileThatCannotBeRead() {
        assertThat(run(Map.of("BOOKSTORE_DB_URL_FILE", "/nothing/here"))).isEqualTo(2);

        assertThat(err.toString()).contains("BOOKSTORE_DB_URL_FILE names a file that cannot be read: /nothing/here");
    }

    private int run(Map<String, String> environment, String... arguments) {
        return new CommandLine(new DatabaseTool(environment))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    private static Map<String, String> environment(String url) {
        return Map.of("BOOKSTORE_DB_URL", url, "BOOKSTORE_DB_USER", "root", "BOOKSTORE_DB_PASSWORD", "");
    }
}
