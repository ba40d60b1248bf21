package com.books.bookstore.runtime.unittest;

import com.books.bookstore.runtime.artifact.ArtifactXml;
import com.books.bookstore.runtime.artifact.DeploymentException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import javax.xml.namespace.QName;
import org.apache.axiom.om.OMElement;

/**
 * A {@code <unit-test>}: what is deployed, what stands in for other servers, and the cases.
 *
 * @param artifact   the artifact under test
 * @param supportive what is deployed with it
 * @param connectors zips
 */
record TestSuite(
        String name,
        Path artifact,
        List<Path> supportive,
        List<Path> connectors,
        List<TestCase> cases,
        List<MockService> mocks) {

    /**
     * One case.
     *
     * @param payload null for none
     * @param path    of the request behind the API's context; null for none
     * @param method  of the request; null for a sequence
     */
    record TestCase(
            String name,
            String payload,
            String path,
            String method,
            List<Property> properties,
            List<Assertion> assertions) {}

    /** What a message is given. A property of the scope {@code transport} is a header. */
    record Property(String name, String value, String scope) {}

    /**
     * What a case expects.
     *
     * @param actual   what is looked at, such as {@code $statusCode}
     * @param expected null for {@code <assertNotNull>}
     */
    record Assertion(String actual, String expected, String message) {}

    /** False for other XML in the folder of suites, such as stubs. */
    static boolean isSuite(Path file) {
        return file.toString().endsWith(".xml")
                && "unit-test".equals(read(file).root().getLocalName());
    }

    /** @throws DeploymentException naming file and line of what is missing */
    static TestSuite read(Path project, Path file) {
        ArtifactXml xml = read(file);
        OMElement artifacts = required(xml, xml.root(), "artifacts");
        List<TestCase> cases = new ArrayList<>();
        for (OMElement element : children(child(xml.root(), "test-cases"), "test-case")) {
            cases.add(testCase(xml, element));
        }
        List<MockService> mocks = new ArrayList<>();
        for (OMElement element : children(child(xml.root(), "mock-services"), "mock-service")) {
            mocks.add(MockService.read(read(inProject(project, element.getText()))));
        }
        rejectRegistry(xml, artifacts);
        return new TestSuite(
                file.getFileName().toString().replaceFirst("\\.xml$", ""),
                inProject(project, text(required(xml, required(xml, artifacts, "test-artifact"), "artifact"))),
                paths(project, child(artifacts, "supportive-artifacts"), "artifact"),
                paths(project, child(artifacts, "connector-resources"), "connector-resource"),
                cases,
                mocks);
    }

    private static void rejectRegistry(ArtifactXml xml, OMElement artifacts) {
        List<OMElement> resources = children(child(artifacts, "registry-resources"), "registry-resource");
        if (!resources.isEmpty()) {
            throw xml.error(resources.get(0), "registry resources are not supported by the embedded runtime");
        }
    }

    private static TestCase testCase(ArtifactXml xml, OMElement element) {
        OMElement input = child(element, "input");
        List<Property> properties = new ArrayList<>();
        for (OMElement property : children(child(input, "properties"), "property")) {
            String scope = property.getAttributeValue(new QName("scope"));
            properties.add(new Property(
                    property.getAttributeValue(new QName("name")),
                    property.getAttributeValue(new QName("value")),
                    scope == null ? "default" : scope));
        }
        List<Assertion> assertions = new ArrayList<>();
        OMElement expected = required(xml, element, "assertions");
        for (OMElement each : children(expected, "assertEquals")) {
            assertions.add(new Assertion(
                    text(required(xml, each, "actual")),
                    required(xml, each, "expected").getText(),
                    text(required(xml, each, "message"))));
        }
        for (OMElement each : children(expected, "assertNotNull")) {
            assertions.add(
                    new Assertion(text(required(xml, each, "actual")), null, text(required(xml, each, "message"))));
        }
        if (assertions.isEmpty()) {
            throw xml.error(element, "the test case asserts nothing");
        }
        return new TestCase(
                element.getAttributeValue(new QName("name")),
                text(child(input, "payload")),
                text(child(input, "request-path")),
                text(child(input, "request-method")),
                properties,
                assertions);
    }

    private static List<Path> paths(Path project, OMElement parent, String name) {
        return children(parent, name).stream()
                .map(element -> inProject(project, element.getText()))
                .toList();
    }

    /** Paths begin at the project's folder, some with a slash and some with the project's name. */
    private static Path inProject(Path project, String text) {
        String path = text.trim().replaceFirst("^/", "");
        Path file = project.resolve(path);
        if (Files.exists(file) || path.indexOf('/') < 0) {
            return file;
        }
        Path withoutName = project.resolve(path.substring(path.indexOf('/') + 1));
        return Files.exists(withoutName) ? withoutName : file;
    }

    static ArtifactXml read(Path file) {
        try {
            return ArtifactXml.parse(file.toString(), Files.readAllBytes(file));
        } catch (IOException e) {
            throw new DeploymentException("The file " + file + " cannot be read", e);
        }
    }

    static OMElement child(OMElement parent, String name) {
        return parent == null ? null : parent.getFirstChildWithName(new QName(name));
    }

    static OMElement required(ArtifactXml xml, OMElement parent, String name) {
        OMElement child = child(parent, name);
        if (child == null) {
            throw xml.error(parent, "<" + parent.getLocalName() + "> needs a <" + name + ">");
        }
        return child;
    }

    static List<OMElement> children(OMElement parent, String name) {
        List<OMElement> children = new ArrayList<>();
        if (parent != null) {
            for (Iterator<?> each = parent.getChildrenWithName(new QName(name)); each.hasNext(); ) {
                children.add((OMElement) each.next());
            }
        }
        return children;
    }

    /** Null for an element that is not there. */
    static String text(OMElement element) {
        return element == null ? null : element.getText().trim();
    }
}
