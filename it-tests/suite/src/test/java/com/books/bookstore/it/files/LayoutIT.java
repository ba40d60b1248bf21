package com.books.bookstore.it.files;

import static org.assertj.core.api.Assertions.assertThat;

import com.books.bookstore.it.support.Checkout;
import com.books.bookstore.it.support.Command;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Driver;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.yaml.snakeyaml.Yaml;

/** What deployment/prepare lays out is what the guide lists, and each program and file of it works alone. Needs the modules to be built. */
class LayoutIT {

    private static final int JAVA_11 = 55;

    private static final Map<String, String> NO_DATABASE = Map.of(
            "BOOKSTORE_DB_URL",
            "jdbc:mysql://127.0.0.1:1/bookstore",
            "BOOKSTORE_DB_USER",
            "u",
            "BOOKSTORE_DB_PASSWORD",
            "p");

    @TempDir
    private static Path target;

    private static String version;

    @BeforeAll
    static void prepare() throws Exception {
        version = run(Map.of(), script("build-tools/version")).output();
        Command prepare = run(Map.of(), script("deployment/prepare"), "--no-build", "--out", target.toString());
        assertThat(prepare.exitCode()).as(prepare.output()).isZero();
    }

    @Test
    void theGuideListsTheFiles() throws IOException {
        String guide = Files.readString(Checkout.DIRECTORY.resolve("docs/deployment.md"));
        int begin = guide.indexOf("$ deployment/prepare\n");
        Set<String> listed = guide.substring(begin, guide.indexOf("```", begin))
                .lines()
                .skip(1)
                .map(line -> line.replace("deployment/target/", "").replace("VERSION", version))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> found = new TreeSet<>();
        try (Stream<Path> files = Files.walk(target)) {
            files.filter(Files::isRegularFile)
                    .map(file -> target.relativize(file).toString().replaceFirst("^kubernetes/.*", "kubernetes/..."))
                    .forEach(found::add);
        }
        assertThat(found).isEqualTo(listed);
    }

    @Test
    void theMigrationToolStartsAlone() throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String tool = target.resolve("db/bookstore-db.jar").toString();
        assertThat(run(Map.of(), java, "-jar", tool, "--version")).isEqualTo(new Command(0, "bookstore-db " + version));
        // As far as it goes without a database; ToolJarIT in db/ migrates one.
        for (String option : new String[] {"--schema-only", "--check"}) {
            Command check = run(NO_DATABASE, java, "-jar", tool, option);
            assertThat(check.exitCode()).isEqualTo(1);
            assertThat(check.output().lines()).singleElement().asString().contains("refused");
        }
    }

    /** As the manifests and Compose start it; without a database it gives up in one line. */
    @Test
    void theToolTakesTheOptionsOfTheManifests() throws Exception {
        String image = "/opt/bookstore-db.jar";
        Set<List<String>> calls = new HashSet<>();
        for (String file : List.of("deployment.yaml", "migration-job.yaml")) {
            Map<String, Object> manifest = new Yaml().load(Files.readString(target.resolve("kubernetes/" + file)));
            Pattern.compile("(?:command|args)=\\[([^]]*)]")
                    .matcher(manifest.toString())
                    .results()
                    .map(call -> call.group(1).replaceFirst("^java, -jar, " + image + ", ", ""))
                    .filter(call -> call.startsWith("--"))
                    .forEach(call -> calls.add(List.of(call.split(", "))));
        }
        assertThat(calls).containsExactlyInAnyOrder(List.of("--check", "--wait", "600"), List.of("--schema-only"));

        for (List<String> call : calls) {
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-jar",
                    target.resolve("db/bookstore-db.jar").toString()));
            // Ten minutes are too long for a test.
            call.forEach(word -> command.add(word.equals("600") ? "1" : word));
            Command run = run(NO_DATABASE, command.toArray(new String[0]));
            assertThat(run.exitCode()).as(call.toString()).isEqualTo(1);
            assertThat(run.output()).contains("refused").doesNotContain("Usage", "Unknown option");
        }
    }

    @Test
    void theDriverLoadsAlone() throws Exception {
        try (URLClassLoader alone = new URLClassLoader(
                new URL[] {file("mi-lib", "mysql-connector-j-").toUri().toURL()},
                ClassLoader.getPlatformClassLoader())) {
            Driver driver = (Driver) alone.loadClass("com.mysql.cj.jdbc.Driver")
                    .getDeclaredConstructor()
                    .newInstance();
            assertThat(driver.acceptsURL("jdbc:mysql://mysql:3306/bookstore")).isTrue();
            assertThat(driver.getMajorVersion()).isEqualTo(8);
        }
    }

    @Test
    void codeInTheServersIsJava11() throws IOException {
        for (Path jar :
                new Path[] {file("mi-lib", "bookstore-observability-"), file("is-dropins", "bookstore-identity-")}) {
            classesAreForJava11(Files.newInputStream(jar));
        }
        try (ZipFile car =
                new ZipFile(file("carbonapps", "bookstore-integration_").toFile())) {
            var mediators = car.stream()
                    .filter(entry -> entry.getName().endsWith(".jar"))
                    .findFirst()
                    .orElseThrow();
            classesAreForJava11(car.getInputStream(mediators));
        }
    }

    private static void classesAreForJava11(InputStream jar) throws IOException {
        int classes = 0;
        try (var entries = new java.util.zip.ZipInputStream(jar)) {
            for (var entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                if (entry.getName().endsWith(".class") && !entry.getName().startsWith("META-INF/versions/")) {
                    DataInputStream head = new DataInputStream(new ByteArrayInputStream(entries.readNBytes(8)));
                    head.skipBytes(6);
                    assertThat(head.readUnsignedShort()).as(entry.getName()).isLessThanOrEqualTo(JAVA_11);
                    classes++;
                }
            }
        }
        assertThat(classes).isPositive();
    }

    @Test
    void theExtensionIsABundle() throws IOException {
        try (JarFile bundle =
                new JarFile(file("is-dropins", "bookstore-identity-").toFile())) {
            assertThat(bundle.getManifest().getMainAttributes().getValue("Bundle-SymbolicName"))
                    .isNotBlank();
            assertThat(bundle.getManifest().getMainAttributes().getValue("Service-Component"))
                    .isNotBlank();
        }
    }

    @Test
    void theCarsHaveWhatTheyList() throws Exception {
        for (String name : new String[] {"bookstore-data-services_", "bookstore-integration_"}) {
            try (ZipFile car = new ZipFile(file("carbonapps", name).toFile())) {
                Element list = DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(car.getInputStream(car.getEntry("artifacts.xml")))
                        .getDocumentElement();
                NodeList dependencies = list.getElementsByTagName("dependency");
                assertThat(dependencies.getLength()).isGreaterThan(2);
                for (int i = 0; i < dependencies.getLength(); i++) {
                    Element dependency = (Element) dependencies.item(i);
                    String folder =
                            dependency.getAttribute("artifact") + "_" + dependency.getAttribute("version") + "/";
                    boolean there = car.getEntry(folder + "artifact.xml") != null
                            || car.getEntry("metadata/" + folder + "artifact.xml") != null;
                    assertThat(there).as(folder).isTrue();
                    assertThat(dependency.getAttribute("version")).isEqualTo(version);
                }
            }
        }
    }

    @Test
    void theServersFilesAreThoseOfApim() throws IOException {
        for (String[] pair : new String[][] {
            {"identity-server/bookstore.toml", "scim-workflows/identity-server/deployment.toml"},
            {"identity-server/key-manager.toml", "apim/key-manager/identity-server.deployment.toml"},
            {"api-manager/deployment.toml", "apim/key-manager/api-manager.deployment.toml"},
            {"api-manager/WSO2AM--Ext--In.xml", "apim/gateway/WSO2AM--Ext--In.xml"}
        }) {
            assertThat(target.resolve(pair[0])).hasSameTextualContentAs(Checkout.DIRECTORY.resolve(pair[1]));
        }
    }

    @Test
    void theManifestsNameThisVersion() throws IOException {
        String kustomization =
                Files.readString(target.resolve("kubernetes/kustomization.yaml"), StandardCharsets.UTF_8);
        List<String> tags = Pattern.compile("newTag: (.*)")
                .matcher(kustomization)
                .results()
                .map(tag -> tag.group(1))
                .toList();
        assertThat(tags).containsExactly(version, version);
        assertThat(Files.readString(target.resolve("kubernetes/migration-job.yaml")))
                .contains("name: bookstore-migrations-" + version + "\n");
    }

    /** Runs a program with exactly these variables and the PATH. */
    private static Command run(Map<String, String> environment, String... command)
            throws IOException, InterruptedException {
        ProcessBuilder program = new ProcessBuilder(command);
        program.environment().keySet().retainAll(Set.of("PATH"));
        program.environment().putAll(environment);
        return Command.run(program);
    }

    private static String script(String path) {
        return Checkout.DIRECTORY.resolve(path).toString();
    }

    private static Path file(String folder, String prefix) throws IOException {
        try (Stream<Path> files = Files.list(target.resolve(folder))) {
            return files.filter(file -> file.getFileName().toString().startsWith(prefix))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
