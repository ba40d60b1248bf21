package com.books.bookstore.runtime.dataservice;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The engine's jars")
class EngineArchiveTest {

    @TempDir
    private Path cache;

    @Test
    @DisplayName("are unpacked once")
    void unpackedOnce() throws IOException {
        List<Path> jars = EngineArchive.fromClassPath(cache).jars();
        assertThat(jars)
                .extracting(jar -> jar.getFileName().toString())
                .contains("org.wso2.micro.integrator.dataservices.core-4.2.0-m1.jar", "axiom-api-1.2.11.jar");
        assertThat(jars).allSatisfy(jar -> assertThat(jar).isRegularFile().startsWith(cache));

        assertThat(EngineArchive.fromClassPath(cache).jars()).isEqualTo(jars);
        assertThat(directories()).hasSize(1);
    }

    @Test
    @DisplayName("are complete for each of many that start at once")
    void concurrentStart() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            Callable<List<Path>> start = () -> {
                List<Path> jars = EngineArchive.fromClassPath(cache).jars();
                assertThat(jars).allSatisfy(jar -> assertThat(jar).isRegularFile());
                return jars;
            };
            for (Future<List<Path>> jars : threads.invokeAll(Collections.nCopies(8, start))) {
                assertThat(jars.get()).hasSizeGreaterThan(20);
            }
        } finally {
            threads.shutdown();
        }
        assertThat(directories()).as("nothing half-done is left").hasSize(1);
    }

    @Test
    @DisplayName("come from elsewhere when the cache is damaged or cannot be written")
    void damagedCache() throws IOException {
        Path jar = EngineArchive.fromClassPath(cache).jars().get(0);
        Files.writeString(jar, "not a jar");
        assertThat(EngineArchive.fromClassPath(cache).jars()).allSatisfy(other -> {
            assertThat(other).isRegularFile();
            assertThat(other.getParent()).isNotEqualTo(jar.getParent());
        });

        Path file = Files.writeString(cache.resolve("file"), "");
        assertThat(EngineArchive.fromClassPath(file).jars())
                .allSatisfy(other -> assertThat(other).isRegularFile());
    }

    private List<Path> directories() throws IOException {
        try (Stream<Path> entries = Files.list(cache)) {
            return entries.toList();
        }
    }
}
