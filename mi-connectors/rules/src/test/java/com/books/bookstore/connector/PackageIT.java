package com.books.bookstore.connector;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The package beside the conventions that Micro Integrator and its editor read connectors by. */
class PackageIT {

    private static final Map<String, byte[]> FILES = ConnectorZip.entries();
    private static final String LIBRARY =
            "lib/" + ConnectorZip.FILE.getFileName().toString().replace(".zip", ".jar");
    private static final JsonMapper JSON = new JsonMapper();

    static Stream<String> operations() throws Exception {
        return components("operations").keySet().stream();
    }

    /** Files of the templates by the names of the operations. */
    private static Map<String, String> components(String folder) throws Exception {
        Element root = xml(folder + "/component.xml");
        assertThat(root.getAttribute("name")).isEqualTo(folder);
        assertThat(root.getAttribute("type")).isEqualTo("synapse/template");
        Map<String, String> files = new LinkedHashMap<>();
        for (Element component :
                elements((Element) root.getElementsByTagName("subComponents").item(0), "component")) {
            for (String described : List.of("displayName", "description")) {
                assertThat(component.getElementsByTagName(described).item(0).getTextContent())
                        .isNotBlank();
            }
            files.put(
                    component.getAttribute("name"),
                    folder + "/"
                            + component.getElementsByTagName("file").item(0).getTextContent());
        }
        return files;
    }

    @Test
    void theConnectorNamesItsComponentsAndItsIcon() throws Exception {
        Element root = xml("connector.xml");
        Element component = elements(root, "component").get(0);
        assertThat(component.getAttribute("name")).isEqualTo("bookstore-rules");
        for (Element dependency : elements(component, "dependency")) {
            assertThat(FILES).containsKey(dependency.getAttribute("component") + "/component.xml");
        }
        String icon = elements(root, "icon").get(0).getTextContent();
        assertThat(List.of(icon, icon.replace("small", "large")))
                .allSatisfy(file -> assertThat(ImageIO.read(new ByteArrayInputStream(FILES.get(file))))
                        .isNotNull());
    }

    @Test
    void nothingLiesThereThatNobodyReads() throws Exception {
        List<String> expected = new ArrayList<>(List.of(
                "connector.xml",
                "descriptor.yml",
                "icon/icon-small.png",
                "icon/icon-large.png",
                "operations/component.xml",
                LIBRARY));
        operations()
                .forEach(name -> expected.addAll(List.of(
                        "operations/" + name + ".xml",
                        "operations/" + name + ".md",
                        "uischema/" + name + ".json",
                        "outputschema/" + name + ".json")));
        assertThat(FILES.keySet()).containsExactlyInAnyOrderElementsOf(expected);
    }

    @ParameterizedTest
    @MethodSource("operations")
    void aTemplateIsNamedAsItsOperationAndCallsAClassOfTheJar(String operation) throws Exception {
        Element template = xml(components("operations").get(operation));
        assertThat(template.getNamespaceURI()).isEqualTo("http://ws.apache.org/ns/synapse");
        assertThat(template.getAttribute("name")).isEqualTo(operation);
        String className = elements(template, "class").get(0).getAttribute("name");
        assertThat(ConnectorZip.entriesOf(FILES.get(LIBRARY))).containsKey(className.replace('.', '/') + ".class");
    }

    @ParameterizedTest
    @MethodSource("operations")
    void everyParameterIsDescribedAndOnTheForm(String operation) throws Exception {
        Map<String, String> parameters = parameters(operation);
        assertThat(parameters.values())
                .allSatisfy(description -> assertThat(description).isNotBlank());
        assertThat(parameters).containsKeys("responseVariable", "overwriteBody");

        JsonNode form = json("uischema/" + operation + ".json");
        assertThat(form.path("connectorName").textValue()).isEqualTo("bookstore-rules");
        assertThat(form.path("operationName").textValue()).isEqualTo(operation);
        assertThat(form.path("title").textValue()).isNotBlank();
        assertThat(form.path("help").textValue()).isNotBlank();
        Map<String, String> fields = new LinkedHashMap<>();
        for (JsonNode group : form.path("elements")) {
            assertThat(group.path("type").textValue()).isEqualTo("attributeGroup");
            for (JsonNode element : group.path("value").path("elements")) {
                JsonNode field = element.path("value");
                assertThat(element.path("type").textValue()).isEqualTo("attribute");
                assertThat(field.path("inputType").textValue()).isIn("string", "stringOrExpression", "checkbox");
                assertThat(field.path("required").textValue()).isIn("true", "false");
                assertThat(field.path("displayName").textValue()).isNotBlank();
                fields.put(field.path("name").textValue(), field.path("helpTip").textValue());
            }
        }
        assertThat(fields).isEqualTo(parameters);
    }

    @ParameterizedTest
    @MethodSource("operations")
    void theReferencePageNamesEveryParameterAndEveryFieldOfTheResult(String operation) throws Exception {
        String page = new String(FILES.get("operations/" + operation + ".md"), StandardCharsets.UTF_8);
        assertThat(page).startsWith("# bookstore-rules." + operation);
        assertThat(parameters(operation).keySet())
                .allSatisfy(name -> assertThat(page).contains("`" + name + "`"));
        json("outputschema/" + operation + ".json")
                .path("properties")
                .path("payload")
                .path("properties")
                .fieldNames()
                .forEachRemaining(field -> assertThat(page).contains("`" + field + "`"));
    }

    @ParameterizedTest
    @MethodSource("operations")
    void theResultIsDescribed(String operation) throws Exception {
        JsonNode schema = json("outputschema/" + operation + ".json");
        assertThat(schema.path("$schema").textValue()).isEqualTo("http://json-schema.org/draft-07/schema#");
        assertThat(schema.path("title").textValue()).contains(operation);
        JsonNode payload = schema.path("properties").path("payload");
        assertThat(payload.path("properties").isEmpty()).isFalse();
        assertThat(payload.findValues("description"))
                .allSatisfy(text -> assertThat(text.textValue()).isNotBlank());
        payload.path("required")
                .forEach(field -> assertThat(payload.path("properties").has(field.textValue()))
                        .isTrue());
    }

    /** Jars beside it would have to come from somewhere: Micro Integrator has other versions of what the connector uses. */
    @Test
    void theJarNeedsNothingButTheEngine() {
        Map<String, byte[]> jar = ConnectorZip.entriesOf(FILES.get(LIBRARY));
        assertThat(jar.keySet().stream().filter(path -> path.endsWith(".class")))
                .allSatisfy(path -> assertThat(path).startsWith("com/books/bookstore/"));
        assertThat(new String(FILES.get("descriptor.yml"), StandardCharsets.UTF_8))
                .contains("dependencies: []", "repositories: []");
    }

    private static Map<String, String> parameters(String operation) throws Exception {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (Element parameter : elements(xml("operations/" + operation + ".xml"), "parameter")) {
            parameters.put(parameter.getAttribute("name"), parameter.getAttribute("description"));
        }
        return parameters;
    }

    private static JsonNode json(String path) throws Exception {
        assertThat(FILES).containsKey(path);
        return JSON.readTree(FILES.get(path));
    }

    private static Element xml(String path) throws Exception {
        assertThat(FILES).containsKey(path);
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        return factory.newDocumentBuilder()
                .parse(new ByteArrayInputStream(FILES.get(path)))
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
