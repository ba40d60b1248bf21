package com.books.bookstore.identity.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * SAP's SCIM 2.0 compliance suite, which was not written here, against the running kernel. The suite is a program with a JUnit of its
 * own, so it runs in a process of its own. {@code scim-deviations.json} lists each of its tests that does not pass, with the reason;
 * that list and the table in the README are held to what comes out.
 */
class ScimComplianceIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path SUITE = Path.of(System.getProperty("bookstore.scim.suite"));
    private static final String VERSION = System.getProperty("bookstore.scim.suite.version");
    private static final Path DEVIATIONS =
            Path.of("src/test/resources/com/books/bookstore/identity/kernel/scim-deviations.json");
    private static final Path README = Path.of(System.getProperty("bookstore.kernel.module"), "README.md");
    private static final String TABLE_START = "<!-- compliance: start -->\n";
    private static final String TABLE_END = "<!-- compliance: end -->";
    private static final boolean WRITE = Boolean.getBoolean("scim.compliance.write");
    private static final long LONGEST_RUN_MINUTES = 10;

    enum Outcome {
        PASSED,
        FAILED,
        NOT_RUN
    }

    private static Map<String, Outcome> outcomes;

    @BeforeAll
    static void runSuite() throws Exception {
        TestKernel kernel = TestKernel.get();
        Path directory = Files.createDirectories(SUITE.resolve("run"));
        Path report = directory.resolve("TEST-junit-jupiter.xml");
        Files.deleteIfExists(report);
        try (SuiteAdapter adapter = new SuiteAdapter(kernel.httpsUrl(), kernel.httpUrl(), kernel.certificate())) {
            Path options = options(directory, kernel);
            Path log = directory.resolve("console.log");
            Process suite = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "@" + options,
                            "-jar",
                            suiteJar().toString(),
                            "scim.service.url=" + adapter.url() + "/scim2",
                            "auth.type=Basic")
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            try {
                assertThat(suite.waitFor(LONGEST_RUN_MINUTES, TimeUnit.MINUTES))
                        .as("the suite ended; see " + log)
                        .isTrue();
            } finally {
                suite.destroyForcibly();
                Files.delete(options);
            }
            assertThat(report).as("the suite's report; see " + log).exists();
        }
        outcomes = outcomes(report);
    }

    /** The password is in a file for this user only, and in no list of processes. The client sets PATCH by reflection. */
    private static Path options(Path directory, TestKernel kernel) throws IOException {
        Path options = directory.resolve("java-options");
        Files.deleteIfExists(options);
        Files.createFile(options, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return Files.write(
                options,
                List.of(
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "--add-opens=java.base/java.net=ALL-UNNAMED",
                        "--add-opens=java.base/sun.net.www.protocol.http=ALL-UNNAMED",
                        "-Dbasic.auth.user=" + Secrets.ADMINISTRATOR,
                        "-Dbasic.auth.password=" + kernel.administratorPassword()));
    }

    private static Path suiteJar() throws IOException {
        try (var files = Files.list(SUITE)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .findFirst()
                    .orElseThrow()
                    .toAbsolutePath();
        }
    }

    private static Map<String, Outcome> outcomes(Path report) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        Document document;
        try (InputStream in = Files.newInputStream(report)) {
            document = factory.newDocumentBuilder().parse(in);
        }
        Map<String, Outcome> outcomes = new TreeMap<>();
        NodeList tests = document.getElementsByTagName("testcase");
        for (int i = 0; i < tests.getLength(); i++) {
            Element test = (Element) tests.item(i);
            String type = test.getAttribute("classname");
            String name = type.substring(type.lastIndexOf('.') + 1) + "." + test.getAttribute("name");
            boolean failed = has(test, "failure") || has(test, "error");
            outcomes.put(name, failed ? Outcome.FAILED : has(test, "skipped") ? Outcome.NOT_RUN : Outcome.PASSED);
        }
        return outcomes;
    }

    private static boolean has(Element test, String child) {
        return test.getElementsByTagName(child).getLength() > 0;
    }

    @Test
    @DisplayName("Every test of the outside suite passes but those with a reason, and none of those passes")
    void onlyKnownDeviations() throws IOException {
        JsonNode groups = JSON.readTree(Files.readAllBytes(DEVIATIONS));
        if (WRITE) {
            refresh(groups);
        }
        Map<Outcome, TreeSet<String>> expected =
                Map.of(Outcome.FAILED, new TreeSet<>(), Outcome.NOT_RUN, new TreeSet<>());
        for (JsonNode group : groups) {
            assertThat(group.path("reason").asText()).isNotBlank();
            assertThat(group.path("rfc").asText()).isNotBlank();
            group.path("tests")
                    .forEach(test -> assertThat(expected.get(outcome(group)).add(test.asText()))
                            .as(test.asText() + " is listed once")
                            .isTrue());
        }

        assertThat(those(Outcome.FAILED)).as("tests that fail").containsExactlyElementsOf(expected.get(Outcome.FAILED));
        assertThat(those(Outcome.NOT_RUN))
                .as("tests that the suite does not run")
                .containsExactlyElementsOf(expected.get(Outcome.NOT_RUN));
    }

    @Test
    @DisplayName("The table in the README says what came out")
    void readme() throws IOException {
        StringBuilder table = new StringBuilder(
                "| suite | tests | passed | deviations | not run |\n| --- | ---: | ---: | ---: | ---: |\n");
        table.append("| SAP `com.sap.scimono:scimono-compliance-tests:")
                .append(VERSION)
                .append("` | ")
                .append(outcomes.size())
                .append(" | ")
                .append(those(Outcome.PASSED).size())
                .append(" | ")
                .append(those(Outcome.FAILED).size())
                .append(" | ")
                .append(those(Outcome.NOT_RUN).size())
                .append(" |\n\n| why not | by the RFC | tests |\n| --- | --- | ---: |\n");
        for (JsonNode group : JSON.readTree(Files.readAllBytes(DEVIATIONS))) {
            table.append("| ")
                    .append(outcome(group) == Outcome.NOT_RUN ? "not run: " : "")
                    .append(group.path("reason").asText())
                    .append(" | ")
                    .append(group.path("rfc").asText())
                    .append(" | ")
                    .append(group.path("tests").size())
                    .append(" |\n");
        }
        String readme = Files.readString(README);
        int from = readme.indexOf(TABLE_START) + TABLE_START.length();
        int to = readme.indexOf(TABLE_END);
        if (WRITE) {
            Files.writeString(README, readme.substring(0, from) + table + readme.substring(to));
        } else {
            assertThat(readme.substring(from, to))
                    .as("-Dscim.compliance.write=true renews the table")
                    .isEqualTo(table.toString());
        }
    }

    private static Outcome outcome(JsonNode group) {
        return group.path("notRun").asBoolean() ? Outcome.NOT_RUN : Outcome.FAILED;
    }

    private static TreeSet<String> those(Outcome outcome) {
        return outcomes.entrySet().stream()
                .filter(entry -> entry.getValue() == outcome)
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Takes tests that pass now off the list. New failures are never added: each needs a reason. */
    private static void refresh(JsonNode groups) throws IOException {
        for (JsonNode group : groups) {
            List<String> kept = new ArrayList<>();
            group.path("tests").forEach(test -> {
                if (outcomes.get(test.asText()) == outcome(group)) {
                    kept.add(test.asText());
                }
            });
            var tests = ((ObjectNode) group).putArray("tests");
            new TreeSet<>(kept).forEach(tests::add);
        }
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
        printer.indentArraysWith(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE);
        Files.writeString(DEVIATIONS, JSON.writer(printer).writeValueAsString(groups) + "\n");
    }
}
