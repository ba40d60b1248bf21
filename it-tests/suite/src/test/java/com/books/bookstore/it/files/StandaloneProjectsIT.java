package com.books.bookstore.it.files;

import static org.assertj.core.api.Assertions.assertThat;

import com.books.bookstore.connector.PackagedConnector;
import com.books.bookstore.it.support.Checkout;
import com.books.bookstore.runtime.EmbeddedRuntime;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The MI projects with a POM of their own are built by it, in the way of the editor: by Maven in their folder. */
@Tag("slow")
@DisplayName("The MI projects that the editor opens")
class StandaloneProjectsIT {

    private static final String VERSION = System.getProperty("connector.version");

    private static final Path WORK = Path.of("target/standalone");

    private static final Path REPOSITORY = WORK.resolve("repository").toAbsolutePath();

    private static final Map<String, Path> CARS = new HashMap<>();

    @BeforeAll
    static void build() throws Exception {
        FileUtils.deleteDirectory(WORK.toFile());
        repository();
        Map<String, Path> folders = new LinkedHashMap<>();
        for (String sample : List.of("connectors", "price-order")) {
            // The build of a sample puts connectors into its sources.
            Path copy = WORK.resolve(sample);
            Path source = Checkout.DIRECTORY.resolve("samples").resolve(sample);
            FileUtils.copyFileToDirectory(source.resolve("pom.xml").toFile(), copy.toFile());
            FileUtils.copyDirectory(
                    source.resolve("src").toFile(), copy.resolve("src").toFile());
            folders.put(sample, copy);
        }
        folders.put("sequences", Checkout.DIRECTORY.resolve("sequences"));
        folders.put("data-services", Checkout.DIRECTORY.resolve("data-services"));
        Map<String, Future<Path>> builds = new LinkedHashMap<>();
        ExecutorService threads =
                Executors.newFixedThreadPool(Math.max(2, Runtime.getRuntime().availableProcessors()));
        try {
            folders.forEach((name, folder) -> builds.put(name, threads.submit(() -> build(name, folder))));
            for (Map.Entry<String, Future<Path>> build : builds.entrySet()) {
                CARS.put(build.getKey(), build.getValue().get());
            }
        } catch (ExecutionException e) {
            throw (Exception) e.getCause();
        } finally {
            threads.shutdownNow();
        }
    }

    /** A local repository of its own with what this build made, and everything else by links: nothing is installed. */
    private static void repository() throws IOException {
        Path com = Files.createDirectories(REPOSITORY.resolve("com"));
        Path real = Path.of(System.getProperty("local.repository"));
        link(real, REPOSITORY, "com");
        link(real.resolve("com"), com, "books");
        for (String connector : List.of("bookstore", "registration", "rules")) {
            PackagedConnector packaged = PackagedConnector.of(connector);
            artifact(packaged.name() + "-connector", packaged.zip(), "zip");
        }
        artifact(
                "bookstore-mediators",
                Checkout.DIRECTORY.resolve("custom-mediators/target/bookstore-mediators-" + VERSION + ".jar"),
                "jar");
    }

    private static void link(Path from, Path to, String except) throws IOException {
        try (Stream<Path> entries = Files.list(from)) {
            for (Path entry : entries.toList()) {
                if (!entry.getFileName().toString().equals(except)) {
                    Files.createSymbolicLink(to.resolve(entry.getFileName()), entry);
                }
            }
        }
    }

    private static void artifact(String name, Path file, String type) throws IOException {
        String path = "com/books/bookstore/" + name + "/" + VERSION + "/" + name + "-" + VERSION + ".";
        FileUtils.copyFile(file.toFile(), REPOSITORY.resolve(path + type).toFile());
        Files.writeString(
                REPOSITORY.resolve(path + "pom"),
                "<project><modelVersion>4.0.0</modelVersion><groupId>com.books.bookstore</groupId><artifactId>" + name
                        + "</artifactId><version>" + VERSION + "</version><packaging>" + type
                        + "</packaging></project>");
    }

    /** @return the CAR */
    private static Path build(String name, Path folder) throws IOException, InterruptedException {
        File log = WORK.resolve(name + ".log").toFile();
        ProcessBuilder maven = new ProcessBuilder(
                        Path.of(System.getProperty("maven.home"), "bin", "mvn").toString(),
                        "-B",
                        "-ntp",
                        "-Drevision=" + VERSION,
                        "-Dbookstore.version=" + VERSION,
                        "package")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log);
        // Also for the Maven that WSO2's plugin starts. What is in the repository counts, wherever it was fetched from.
        maven.environment()
                .put(
                        "MAVEN_OPTS",
                        "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Dmaven.legacyLocalRepo=true -Dmaven.repo.local="
                                + REPOSITORY);
        Process process = maven.start();
        if (!process.waitFor(5, TimeUnit.MINUTES)) {
            process.destroyForcibly();
        }
        assertThat(process.waitFor()).as(() -> name + ": " + contentOf(log)).isZero();
        try (Stream<Path> files = Files.list(folder.resolve("target"))) {
            return files.filter(file -> file.toString().endsWith(".car"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(name + " made no CAR: " + contentOf(log)));
        }
    }

    private static String contentOf(File log) {
        try {
            return Files.readString(log.toPath(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    @DisplayName("pack the same artifacts as the CARs that are deployed")
    void packTheSameArtifacts() throws IOException {
        for (Path deployed : Checkout.cars()) {
            boolean integration = deployed.getFileName().toString().startsWith("bookstore-integration");
            Map<String, byte[]> standalone = artifacts(CARS.get(integration ? "sequences" : "data-services"));

            Map<String, byte[]> expected = artifacts(deployed);
            assertThat(standalone.keySet()).isEqualTo(expected.keySet());
            standalone.forEach((path, content) -> assertThat(Arrays.equals(content, expected.get(path)))
                    .as(path)
                    .isTrue());
        }
    }

    /** The files of the artifacts; the name of the project is in that of its mediators, and in the lists. */
    private static Map<String, byte[]> artifacts(Path car) throws IOException {
        Map<String, byte[]> artifacts = new TreeMap<>();
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(car))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                String path = entry.getName();
                if (!entry.isDirectory() && path.contains("/") && !path.endsWith("/artifact.xml")) {
                    artifacts.put(path.endsWith(".jar") ? "mediators.jar" : path, zip.readAllBytes());
                }
            }
        }
        assertThat(artifacts).as(car.toString()).isNotEmpty();
        return artifacts;
    }

    @Test
    @DisplayName("take the connectors as dependencies of type zip")
    void takeConnectorsAsDependencies() throws IOException {
        assertThat(artifacts(CARS.get("connectors")).keySet())
                .filteredOn(path -> path.endsWith(".zip"))
                .extracting(path -> path.substring(path.indexOf('/') + 1))
                .containsExactlyInAnyOrder(
                        "bookstore-connector-" + VERSION + ".zip",
                        "bookstore-registration-connector-" + VERSION + ".zip",
                        "bookstore-rules-connector-" + VERSION + ".zip");
    }

    @Test
    @DisplayName("of the samples deploy")
    void ofTheSamplesDeploy() {
        for (String sample : List.of("connectors", "price-order")) {
            try (EmbeddedRuntime runtime =
                    EmbeddedRuntime.builder().car(CARS.get(sample)).start()) {
                assertThat(runtime.apiContexts()).isNotEmpty();
            }
        }
    }
}
