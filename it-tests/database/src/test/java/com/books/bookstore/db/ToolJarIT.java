package com.books.bookstore.db;

import static org.assertj.core.api.Assertions.assertThat;

import com.books.bookstore.db.support.TestDatabase;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar that deployments copy starts alone, from any directory: nothing lies beside it. */
class ToolJarIT {

    @TempDir
    private Path elsewhere;

    private String output;

    @Test
    void migratesADatabase() throws Exception {
        try (TestDatabase database = TestDatabase.empty()) {
            assertThat(run(database.url(), "--check")).isEqualTo(1);
            assertThat(run(database.url(), "--schema-only")).as(output).isZero();
            assertThat(run(database.url(), "--check")).as(output).isZero();
        }
    }

    @Test
    void printsItsVersion() throws Exception {
        assertThat(run("jdbc:mysql://127.0.0.1:1/bookstore", "--version")).isZero();
        assertThat(output.strip()).isEqualTo("bookstore-db " + System.getProperty("bookstore.version"));
    }

    private int run(String url, String option) throws IOException, InterruptedException {
        Path tool = Files.copy(
                Path.of(System.getProperty("bookstore.tool")),
                elsewhere.resolve("bookstore-db.jar"),
                StandardCopyOption.REPLACE_EXISTING);
        ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", tool.toString())));
        builder.command().add(option);
        builder.environment()
                .putAll(Map.of("BOOKSTORE_DB_URL", url, "BOOKSTORE_DB_USER", "root", "BOOKSTORE_DB_PASSWORD", ""));
        File log = elsewhere.resolve("output").toFile();
        Process process = builder.directory(elsewhere.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log)
                .start();
        try {
            assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        output = Files.readString(log.toPath(), StandardCharsets.UTF_8);
        return process.exitValue();
    }
}
