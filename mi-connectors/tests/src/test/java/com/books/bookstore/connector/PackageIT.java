package com.books.bookstore.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The packages beside the conventions that Micro Integrator and its editor read connectors by. */
class PackageIT {

    private static final JsonMapper JSON = new JsonMapper();

    /** What the editor writes into a connection. */
    private static final List<String> OF_THE_EDITOR = List.of("connectionType", "name");

    static List<PackagedConnector> connectors() {
        return List.of(
                PackagedConnector.of("bookstore"), PackagedConnector.of("registration"), PackagedConnector.of("rules"));
    }

    static Stream<Arguments> operations() throws Exception {
        List<Arguments> operations = new ArrayList<>();
        for (PackagedConnector connector : connectors()) {
            for (String operation :
                    components(connector.entries(), "operations").keySet()) {
                operations.add(arguments(connector, operation));
            }
        }
        return operations.stream();
    }

    /** Files of the templates by the names of the operations. */
    private static Map<String, String> components(Map<String, byte[]> files, String folder) throws Exception {
        Element root = xml(files, folder + "/component.xml");
        assertThat(root.getAttribute("name")).isEqualTo(folder);
        assertThat(root.getAttribute("type")).isEqualTo("synapse/template");
        Map<String, String> templates = new LinkedHashMap<>();
        for (Element component :
                elements((Element) root.getElementsByTagName("subComponents").item(0), "component")) {
            for (String described : List.of("displayName", "description")) {
                assertThat(component.getElementsByTagName(described).item(0).getTextContent())
                        .isNotBlank();
            }
            templates.put(
                    component.getAttribute("name"),
                    folder + "/"
                            + component.getElementsByTagName("file").item(0).getTextContent());
        }
        return templates;
    }

    @ParameterizedTest
    @MethodSource("connectors")
    void theConnectorNamesItsComponentsAndItsIcon(PackagedConnector connector) throws Exception {
        Map<String, byte[]> files = connector.entries();
        Element root = xml(files, "connector.xml");
        Element component = elements(root, "component").get(0);
        assertThat(component.getAttribute("name")).isEqualTo(connector.name());
        for (Element dependency : elements(component, "dependency")) {
            assertThat(files).containsKey(dependency.getAttribute("component") + "/component.xml");
        }
        String icon = elements(root, "icon").get(0).getTextContent();
        assertThat(List.of(icon, icon.replace("small", "large")))
                .allSatisfy(file -> assertThat(ImageIO.read(new ByteArrayInputStream(files.get(file))))
                        .isNotNull());
    }

    @ParameterizedTest
    @MethodSource("connectors")
    void everyFileIsUsed(PackagedConnector connector) throws Exception {
        Map<String, byte[]> files = connector.entries();
        List<String> expected = new ArrayList<>(List.of(
                "connector.xml",
                "descriptor.yml",
                "icon/icon-small.png",
                "icon/icon-large.png",
                "operations/component.xml",
                library(files)));
        if (connector.isGenerated()) {
            expected.addAll(List.of("config/component.xml", "config/init.xml", "uischema/connection.json"));
        }
        for (String name : components(files, "operations").keySet()) {
            expected.addAll(List.of(
                    "operations/" + name + ".xml", "uischema/" + name + ".json", "outputschema/" + name + ".json"));
            if (!connector.isGenerated()) {
                expected.add("operations/" + name + ".md");
            }
        }
        assertThat(files.keySet()).containsExactlyInAnyOrderElementsOf(expected);
    }

    private static String library(Map<String, byte[]> files) {
        return files.keySet().stream()
                .filter(file -> file.startsWith("lib/"))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest(name = "{0}.{1}")
    @MethodSource("operations")
    void aTemplateIsNamedAsItsOperationAndCallsAClassOfTheJar(PackagedConnector connector, String operation)
            throws Exception {
        Map<String, byte[]> files = connector.entries();
        Element template = xml(files, components(files, "operations").get(operation));
        assertThat(template.getNamespaceURI()).isEqualTo("http://ws.apache.org/ns/synapse");
        assertThat(template.getAttribute("name")).isEqualTo(operation);
        String className = elements(template, "class").get(0).getAttribute("name");
        assertThat(PackagedConnector.entriesOf(files.get(library(files))))
                .containsKey(className.replace('.', '/') + ".class");
    }

    @ParameterizedTest(name = "{0}.{1}")
    @MethodSource("operations")
    void everyParameterIsDescribedAndOnTheForm(PackagedConnector connector, String operation) throws Exception {
        Map<String, byte[]> files = connector.entries();
        Map<String, String> parameters = parameters(files, "operations/" + operation + ".xml");
        assertThat(parameters.values())
                .allSatisfy(description -> assertThat(description).isNotBlank());
        assertThat(parameters).containsKeys("responseVariable", "overwriteBody");

        JsonNode form = json(files, "uischema/" + operation + ".json");
        assertThat(form.path("connectorName").textValue()).isEqualTo(connector.name());
        assertThat(form.path("operationName").textValue()).isEqualTo(operation);
        assertThat(form.path("title").textValue()).isNotBlank();
        assertThat(form.path("help").textValue()).isNotBlank();
        Map<String, String> fields = fields(form);
        if (connector.isGenerated()) {
            assertThat(fields.remove("configRef")).isNotBlank();
        }
        assertThat(fields).isEqualTo(parameters);
    }

    @ParameterizedTest
    @MethodSource("connectors")
    void theFormOfTheConnectionHasItsSettings(PackagedConnector connector) throws Exception {
        Map<String, byte[]> files = connector.entries();
        if (!connector.isGenerated()) {
            assertThat(files).doesNotContainKey("config/init.xml");
            return;
        }
        Map<String, String> settings = parameters(files, "config/init.xml");
        assertThat(settings.keySet()).containsAll(OF_THE_EDITOR);
        settings.keySet().removeAll(OF_THE_EDITOR);

        JsonNode form = json(files, "uischema/connection.json");
        assertThat(form.path("connectorName").textValue()).isEqualTo(connector.name());
        Map<String, String> fields = fields(form);
        assertThat(fields.remove("connectionName")).isNotBlank();
        assertThat(fields).isEqualTo(settings);
        for (Object[] operation : operations().map(Arguments::get).toList()) {
            if (operation[0].toString().equals(connector.name())) {
                assertThat(json(files, "uischema/" + operation[1] + ".json")
                                .findPath("allowedConnectionTypes")
                                .get(0)
                                .textValue())
                        .isEqualTo(form.path("connectionName").textValue());
            }
        }
    }

    /** What the form says about each of its fields, in groups or beside them. */
    private static Map<String, String> fields(JsonNode form) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (JsonNode element : form.path("elements")) {
            JsonNode value = element.path("value");
            if (element.path("type").textValue().equals("attributeGroup")) {
                fields.putAll(fields(value));
                continue;
            }
            assertThat(element.path("type").textValue()).isEqualTo("attribute");
            assertThat(value.path("inputType").textValue())
                    .isIn("string", "stringOrExpression", "comboOrExpression", "checkbox", "connection");
            assertThat(value.path("inputType").textValue().startsWith("combo"))
                    .isEqualTo(value.path("comboValues").size() > 0);
            assertThat(value.path("required").textValue()).isIn("true", "false");
            assertThat(value.path("displayName").textValue()).isNotBlank();
            fields.put(value.path("name").textValue(), value.path("helpTip").textValue());
        }
        return fields;
    }

    @ParameterizedTest(name = "{0}.{1}")
    @MethodSource("operations")
    void theReferencePageNamesEveryParameterAndEveryFieldOfTheResult(PackagedConnector connector, String operation)
            throws Exception {
        if (connector.isGenerated()) {
            // Made from what the templates are made from.
            return;
        }
        Map<String, byte[]> files = connector.entries();
        String page = new String(files.get("operations/" + operation + ".md"), StandardCharsets.UTF_8);
        assertThat(page).startsWith("# " + connector.name() + "." + operation);
        assertThat(parameters(files, "operations/" + operation + ".xml").keySet())
                .allSatisfy(name -> assertThat(page).contains("`" + name + "`"));
        json(files, "outputschema/" + operation + ".json")
                .at("/properties/payload/properties")
                .fieldNames()
                .forEachRemaining(field -> assertThat(page).contains("`" + field + "`"));
    }

    @ParameterizedTest(name = "{0}.{1}")
    @MethodSource("operations")
    void theResultIsDescribed(PackagedConnector connector, String operation) throws Exception {
        JsonNode schema = json(connector.entries(), "outputschema/" + operation + ".json");
        assertThat(schema.path("$schema").textValue()).isEqualTo("http://json-schema.org/draft-07/schema#");
        assertThat(schema.path("title").textValue()).contains(operation);
        assertThat(schema.toString()).doesNotContain("$ref", "nullable");
        JsonNode payload = schema.path("properties").path("payload");
        assertThat(payload.isObject()).isTrue();
        payload.path("required")
                .forEach(field -> assertThat(payload.path("properties").has(field.textValue()))
                        .isTrue());
    }

    /** Jars beside it would have to come from somewhere: Micro Integrator has other versions of what the connector uses. */
    @ParameterizedTest
    @MethodSource("connectors")
    void theJarNeedsNothingButTheEngine(PackagedConnector connector) {
        Map<String, byte[]> files = connector.entries();
        Map<String, byte[]> jar = PackagedConnector.entriesOf(files.get(library(files)));
        assertThat(jar.keySet().stream().filter(path -> path.endsWith(".class")))
                .allSatisfy(path -> assertThat(path).startsWith("com/books/bookstore/"));
        assertThat(new String(files.get("descriptor.yml"), StandardCharsets.UTF_8))
                .contains("dependencies: []", "repositories: []");
    }

    private static Map<String, String> parameters(Map<String, byte[]> files, String template) throws Exception {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (Element parameter : elements(xml(files, template), "parameter")) {
            parameters.put(parameter.getAttribute("name"), parameter.getAttribute("description"));
        }
        return parameters;
    }

    private static JsonNode json(Map<String, byte[]> files, String path) throws Exception {
        assertThat(files).containsKey(path);
        return JSON.readTree(files.get(path));
    }

    private static Element xml(Map<String, byte[]> files, String path) throws Exception {
        assertThat(files).containsKey(path);
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        return factory.newDocumentBuilder()
                .parse(new ByteArrayInputStream(files.get(path)))
                .getDocumentElement();
    }

    private static List<Element> elements(Element parent, String name) {
        NodeList found = parent.getElementsByTagNameNS("*", name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) {
            elements.add((Element) found.item(i));
        }
        return elements;
    }
}
