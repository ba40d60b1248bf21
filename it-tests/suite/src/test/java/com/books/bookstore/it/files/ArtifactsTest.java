package com.books.bookstore.it.files;

import static org.assertj.core.api.Assertions.assertThat;

import com.books.bookstore.it.support.Checkout;
import com.books.bookstore.it.support.User;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** The artifacts agree with each other: APIs with their OpenAPI definitions, sequences with data services, CARs with MI's rules. */
class ArtifactsTest {

    private static final Path SYNAPSE = Checkout.DIRECTORY.resolve("sequences/src/main/wso2mi/artifacts");
    private static final Path DATA_SERVICES =
            Checkout.DIRECTORY.resolve("data-services/src/main/wso2mi/artifacts/data-services");
    /** Every project that the editor opens has a config.properties, ours an empty one, and WSO2's plugin packs it. */
    private static final String SETTINGS = "config";

    private static final Path DEFINITIONS =
            Checkout.DIRECTORY.resolve("sequences/src/main/wso2mi/resources/api-definitions");

    @ParameterizedTest
    @ValueSource(strings = {"CatalogAPI", "InventoryAPI", "OrderAPI", "RegistrationAPI", "ReportAPI", "MailAPI"})
    void theApiHasWhatItsDefinitionSays(String api) throws IOException {
        JsonNode definition =
                new YAMLMapper().readTree(DEFINITIONS.resolve(api + ".yaml").toFile());
        Set<String> defined = new TreeSet<>();
        definition
                .get("paths")
                .fields()
                .forEachRemaining(path -> path.getValue().fields().forEachRemaining(operation -> {
                    if (operation.getKey().startsWith("x-")) {
                        return;
                    }
                    Set<String> scopes = new TreeSet<>();
                    operation
                            .getValue()
                            .path("security")
                            .forEach(requirement ->
                                    requirement.path("oauth2").forEach(scope -> scopes.add(scope.asText())));
                    defined.add(operation.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey() + " " + scopes);
                }));
        assertThat(resources(api)).isEqualTo(defined);
    }

    @ParameterizedTest
    @MethodSource("apis")
    void theFallbackOfTheApiKnowsItsResources(String api) {
        Set<String> resources = new TreeSet<>();
        resources(api).forEach(resource -> resources.add(resource.substring(0, resource.indexOf(" ["))));
        assertThat(fallback(api)).isNotEmpty().isEqualTo(resources);
    }

    @ParameterizedTest
    @MethodSource("apis")
    void theSuiteOfTheFallbackAsksEveryPathWithAWrongMethod(String api) {
        Path suite = Checkout.DIRECTORY.resolve("sequences/src/test/wso2mi/Unmatched" + nameOf(api) + "Request.xml");
        List<String> refused = elements(parse(suite), "test-case").stream()
                .filter(test ->
                        elements(test, "expected").get(0).getTextContent().equals("405"))
                .map(test -> elements(test, "request-path").get(0).getTextContent())
                .toList();
        assertThat(fallback(api))
                .extracting(resource -> resource.substring(resource.indexOf(' ') + 1))
                .allSatisfy(template -> assertThat(refused)
                        .as(template)
                        .anyMatch(path -> path.matches(template.replaceAll("\\{[^}]+}", "[^/]+"))));
    }

    /** The method and path of each resource that the fallback of an API knows. */
    private static Set<String> fallback(String api) {
        Set<String> known = new TreeSet<>();
        String fallback = "Unmatched" + nameOf(api) + "RequestSequence.xml";
        for (Element property : elements(parse(SYNAPSE.resolve("sequences").resolve(fallback)), "property")) {
            if (property.getAttribute("name").equals("resources")) {
                for (String entry : property.getAttribute("value").split(";\\s*")) {
                    String[] methodsAndTemplate = entry.trim().split(" ");
                    for (String method : methodsAndTemplate[0].split(",")) {
                        known.add(method + " " + methodsAndTemplate[1]);
                    }
                }
            }
        }
        return known;
    }

    static Set<String> apis() throws IOException {
        return names(SYNAPSE.resolve("apis"), ".xml");
    }

    private static String nameOf(String api) {
        return api.replace("API", "");
    }

    /** One table says what scopes there are: nothing else may know more, or less, or call them something else. */
    @Test
    void theApisUseTheScopesOfTheAccessTableAndNoOthers() throws IOException {
        JsonNode table = new YAMLMapper()
                .readTree(Checkout.DIRECTORY.resolve("apim/access-levels.yaml").toFile());
        Set<String> scopes = new TreeSet<>();
        table.get("scopes").fieldNames().forEachRemaining(scopes::add);

        Set<String> required = new TreeSet<>();
        for (Path file : files(SYNAPSE.resolve("apis"))) {
            for (Element property : elements(parse(file), "property")) {
                if (property.getAttribute("name").equals("bookstore.requiredScopes")) {
                    required.addAll(List.of(property.getAttribute("value").split(" ")));
                }
            }
        }
        Set<String> documented = new TreeSet<>();
        for (Path file : files(DEFINITIONS)) {
            new YAMLMapper()
                    .readTree(file.toFile())
                    .at("/components/securitySchemes/oauth2/flows")
                    .forEach(flow -> flow.get("scopes").fieldNames().forEachRemaining(documented::add));
        }
        assertThat(required).isEqualTo(scopes);
        assertThat(documented).isEqualTo(scopes);
    }

    @Test
    void theTestUsersHaveTheScopesOfTheirRoles() throws IOException {
        JsonNode table = new YAMLMapper()
                .readTree(Checkout.DIRECTORY.resolve("apim/access-levels.yaml").toFile());
        assertThat(User.CUSTOMER.scopes()).isEqualTo(scopesOfRole(table, "bookstore-customer"));
        assertThat(User.STAFF.scopes()).isEqualTo(scopesOfRole(table, "bookstore-staff"));
        assertThat(User.ADMIN.scopes()).isEqualTo(scopesOfRole(table, "bookstore-admin"));
    }

    private static Set<String> scopesOfRole(JsonNode table, String role) {
        JsonNode definition = table.get("roles").get(role);
        Set<String> scopes = new TreeSet<>();
        definition.get("scopes").forEach(scope -> scopes.add(scope.asText()));
        definition.path("includes").forEach(included -> scopes.addAll(scopesOfRole(table, included.asText())));
        return scopes;
    }

    @Test
    void everyRequestGetsItsCorrelationIdFirstOfAll() throws IOException {
        for (Path file : files(SYNAPSE.resolve("apis"))) {
            for (Element sequence : elements(parse(file), "inSequence")) {
                assertThat(elements(sequence, "*").get(0).getAttribute("key"))
                        .as(file.toString())
                        .isEqualTo("StartRequestSequence");
            }
            for (Element resource : elements(parse(file), "resource")) {
                Path fault = SYNAPSE.resolve("sequences/" + resource.getAttribute("faultSequence") + ".xml");
                Element first = elements(parse(fault), "*").get(0);
                if ("$ctx:bookstore.correlationId".equals(first.getAttribute("source"))) {
                    // What has no id yet goes to a fault sequence that gives it one.
                    String other = elements(elements(first, "else").get(0), "sequence")
                            .get(0)
                            .getAttribute("key");
                    first = elements(parse(SYNAPSE.resolve("sequences/" + other + ".xml")), "*")
                            .get(0);
                }
                assertThat(first.getAttribute("key")).as(fault.toString()).isEqualTo("StartRequestSequence");
            }
        }
    }

    @Test
    void everySequenceThatIsUsedExistsAndEveryOneThatExistsIsUsed() throws IOException {
        Set<String> used = new TreeSet<>();
        for (Path file : files(SYNAPSE)) {
            for (Element sequence : elements(parse(file), "sequence")) {
                if (sequence.hasAttribute("key")) {
                    used.add(sequence.getAttribute("key"));
                }
            }
            for (Element resource : elements(parse(file), "resource")) {
                used.add(resource.getAttribute("faultSequence"));
            }
            Element artifact = parse(file).getDocumentElement();
            if (artifact.hasAttribute("onError")) {
                used.add(artifact.getAttribute("onError"));
            }
            for (Element property : elements(parse(file), "property")) {
                String name = property.getAttribute("name");
                if (name.equals("sequenceName") || name.endsWith("Sequence")) {
                    used.add(property.getAttribute("value"));
                }
            }
        }
        assertThat(names(SYNAPSE.resolve("sequences"), ".xml")).isEqualTo(used);
    }

    @Test
    void everyDataServiceCallNamesAnOperationWithItsParameters() throws IOException {
        Set<String> operations = new TreeSet<>();
        for (Path file : files(DATA_SERVICES)) {
            Document service = parse(file);
            for (Element operation : elements(service, "operation")) {
                Set<String> parameters = new TreeSet<>();
                elements(operation, "with-param").forEach(parameter -> parameters.add(parameter.getAttribute("name")));
                operations.add(service.getDocumentElement().getAttribute("name") + "." + operation.getAttribute("name")
                        + parameters);
            }
        }
        Set<String> calls = new TreeSet<>();
        for (Path file : files(SYNAPSE)) {
            for (Element call : elements(parse(file), "dataServiceCall")) {
                Element operation = elements(call, "operation").get(0);
                Set<String> parameters = new TreeSet<>();
                elements(operation, "param").forEach(parameter -> parameters.add(parameter.getAttribute("name")));
                calls.add(call.getAttribute("serviceName") + "." + operation.getAttribute("name") + parameters);
            }
        }
        assertThat(calls).isEqualTo(operations);
    }

    @Test
    void everyArtifactIsInItsCarUnderItsOwnName() throws IOException {
        Set<String> dataServices = names(DATA_SERVICES, ".dbs");
        dataServices.add(SETTINGS);
        assertThat(carArtifacts("bookstore-data-services")).isEqualTo(dataServices);
        Set<String> expected = names(SYNAPSE.resolve("sequences"), ".xml");
        expected.addAll(names(SYNAPSE.resolve("apis"), ".xml"));
        expected.addAll(names(SYNAPSE.resolve("tasks"), ".xml"));
        expected.add("bookstore-integration_class_mediators");
        expected.add(SETTINGS);
        assertThat(carArtifacts("bookstore-integration")).isEqualTo(expected);
    }

    /** It is the same CAR, but for where the read-only pools connect. */
    @Test
    void theCarForAReplicaReadsFromThereAndDiffersInNothingElse() throws IOException {
        Path usual = car("bookstore-data-services");
        Map<String, String> replica = texts(usual.resolveSibling(usual.getFileName() + "-for-replica"));
        Map<String, String> changedBack = new TreeMap<>(replica);
        changedBack.replaceAll((name, text) -> text.replace("BOOKSTORE_READ_DB_URL", "BOOKSTORE_DB_URL"));
        assertThat(changedBack).isEqualTo(texts(usual));

        Set<String> reads = new TreeSet<>();
        for (Path file : files(DATA_SERVICES)) {
            String service = file.getFileName().toString().replace(".dbs", "");
            String text = replica.entrySet().stream()
                    .filter(entry -> entry.getKey().matches(service + "_.*\\.dbs"))
                    .map(Map.Entry::getValue)
                    .findFirst()
                    .orElseThrow();
            for (Element config : elements(parse(text), "config")) {
                Map<String, String> properties = new TreeMap<>();
                elements(config, "property")
                        .forEach(property -> properties.put(property.getAttribute("name"), property.getTextContent()));
                boolean reading = "true".equals(properties.get("defaultReadOnly"));
                assertThat(properties.get("url"))
                        .isEqualTo(reading ? "$SYSTEM:BOOKSTORE_READ_DB_URL" : "$SYSTEM:BOOKSTORE_DB_URL");
                if (reading) {
                    reads.add(service);
                }
            }
        }
        assertThat(reads).containsExactly("BookDataService", "ReportDataService");
    }

    private static Map<String, String> texts(Path car) throws IOException {
        Map<String, String> texts = new TreeMap<>();
        try (ZipFile content = new ZipFile(car.toFile())) {
            for (ZipEntry entry : Collections.list(content.entries())) {
                texts.put(
                        entry.getName(),
                        new String(content.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return texts;
    }

    @Test
    void theMediatorsTravelInsideTheCarThatUsesThem() throws IOException {
        try (ZipFile car = new ZipFile(car("bookstore-integration").toFile())) {
            assertThat(car.stream().map(entry -> entry.getName()).filter(name -> name.endsWith(".jar")))
                    .hasSize(1);
        }
    }

    /** MI deploys in alphabetical order when descriptors say nothing. */
    @Test
    void theCarsSortSoThatTheDataServicesComeFirst() throws IOException {
        assertThat(car("bookstore-data-services").getFileName().toString())
                .isLessThan(car("bookstore-integration").getFileName().toString());
    }

    /** A resource that takes GET takes HEAD as well (RFC 9110, section 9.1), which definitions do not list. */
    private static Set<String> resources(String api) {
        Set<String> resources = new TreeSet<>();
        for (Element resource : elements(parse(SYNAPSE.resolve("apis/" + api + ".xml")), "resource")) {
            if (resource.hasAttribute("uri-template")
                    && !resource.getAttribute("methods").equals("OPTIONS")) {
                Set<String> scopes = new TreeSet<>();
                for (Element property : elements(resource, "property")) {
                    if (property.getAttribute("name").equals("bookstore.requiredScopes")) {
                        scopes.addAll(List.of(property.getAttribute("value").split(" ")));
                    }
                }
                List<String> methods =
                        new ArrayList<>(List.of(resource.getAttribute("methods").split(" ")));
                assertThat(methods.remove("HEAD")).isEqualTo(methods.contains("GET"));
                methods.forEach(
                        method -> resources.add(method + " " + resource.getAttribute("uri-template") + " " + scopes));
            }
        }
        return resources;
    }

    private static Set<String> carArtifacts(String name) throws IOException {
        Set<String> artifacts = new TreeSet<>();
        try (ZipFile car = new ZipFile(car(name).toFile())) {
            car.stream()
                    .filter(entry -> entry.getName().matches("[^/]+/artifact\\.xml"))
                    .forEach(entry -> {
                        try {
                            artifacts.add(DocumentBuilderFactory.newInstance()
                                    .newDocumentBuilder()
                                    .parse(car.getInputStream(entry))
                                    .getDocumentElement()
                                    .getAttribute("name"));
                        } catch (IOException | SAXException | ParserConfigurationException e) {
                            throw new IllegalStateException(entry.getName(), e);
                        }
                    });
        }
        return artifacts;
    }

    private static Path car(String name) throws IOException {
        try (Stream<Path> files = Files.list(Checkout.DIRECTORY.resolve("carbon-apps/" + name + "/target"))) {
            return files.filter(file -> file.toString().endsWith(".car"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static Set<String> names(Path directory, String extension) throws IOException {
        Set<String> names = new TreeSet<>();
        for (Path file : files(directory)) {
            String name = file.getFileName().toString();
            assertThat(name).endsWith(extension);
            names.add(name.substring(0, name.length() - extension.length()));
        }
        return names;
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static Document parse(String text) {
        try {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader(text)));
        } catch (IOException | SAXException | ParserConfigurationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Document parse(Path file) {
        try {
            return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SAXException | ParserConfigurationException e) {
            throw new IllegalStateException(file.toString(), e);
        }
    }

    private static List<Element> elements(Document document, String name) {
        return elements(document.getDocumentElement(), name);
    }

    private static List<Element> elements(Element parent, String name) {
        List<Element> elements = new ArrayList<>();
        NodeList nodes = parent.getElementsByTagName(name);
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }
}
