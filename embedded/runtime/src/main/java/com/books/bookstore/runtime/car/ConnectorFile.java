package com.books.bookstore.runtime.car;

import com.books.bookstore.runtime.artifact.ArtifactXml;
import com.books.bookstore.runtime.artifact.DeploymentException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import javax.xml.namespace.QName;
import org.apache.axiom.om.OMElement;

/**
 * A connector for Micro Integrator: a zip in which {@code connector.xml} names the connector, its package and its components, each
 * component is a folder whose {@code component.xml} lists templates. The classes that the templates use are in the jars in {@code lib} and, as
 * in WSO2's own connectors, in the zip itself.
 */
final class ConnectorFile {

    private static final QName COMPONENT = new QName("component");

    private final String name;
    private final String packageName;
    private final List<ArtifactXml> templates;
    private final List<byte[]> jars;

    private ConnectorFile(String name, String packageName, List<ArtifactXml> templates, List<byte[]> jars) {
        this.name = name;
        this.packageName = packageName;
        this.templates = templates;
        this.jars = jars;
    }

    /** @throws DeploymentException if it is not a connector or lacks something that it lists */
    static ConnectorFile read(CarFile.Artifact artifact) {
        String location = artifact.location();
        Map<String, byte[]> entries = entries(artifact);
        OMElement connector = component(location, entries, "connector.xml");
        String name = required(location, "connector.xml", connector, "name");
        String packageName = required(location, "connector.xml", connector, "package");
        List<ArtifactXml> templates = new ArrayList<>();
        for (Iterator<?> children = connector.getChildrenWithName(new QName("dependency")); children.hasNext(); ) {
            String folder = required(location, "connector.xml", (OMElement) children.next(), "component");
            templates(location, entries, folder, templates);
        }
        List<byte[]> jars = new ArrayList<>();
        entries.forEach((path, content) -> {
            if (path.startsWith("lib/") && path.endsWith(".jar")) {
                jars.add(content);
            }
        });
        if (entries.keySet().stream().anyMatch(path -> path.endsWith(".class"))) {
            // The zip is a jar: its classes are in the folders of their packages.
            jars.add(artifact.content());
        }
        return new ConnectorFile(name, packageName, templates, jars);
    }

    private static Map<String, byte[]> entries(CarFile.Artifact artifact) {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(artifact.content()))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                entries.put(entry.getName(), zip.readAllBytes());
            }
        } catch (IOException e) {
            throw new DeploymentException(artifact.location() + ": not a connector: " + e.getMessage(), e);
        }
        return entries;
    }

    private static void templates(
            String location, Map<String, byte[]> entries, String folder, List<ArtifactXml> templates) {
        String description = folder + "/component.xml";
        OMElement component = xml(location, entries, description).root();
        OMElement parts = component.getFirstChildWithName(new QName("subComponents"));
        if (parts == null || !"synapse/template".equals(component.getAttributeValue(new QName("type")))) {
            throw new DeploymentException(location + ": " + description
                    + ": <component> needs the type synapse/template and <subComponents>");
        }
        for (Iterator<?> children = parts.getChildrenWithName(COMPONENT); children.hasNext(); ) {
            OMElement file = ((OMElement) children.next()).getFirstChildWithName(new QName("file"));
            if (file == null) {
                throw new DeploymentException(location + ": " + description + ": a <component> needs a <file>");
            }
            templates.add(xml(location, entries, folder + "/" + file.getText().trim()));
        }
    }

    private static OMElement component(String location, Map<String, byte[]> entries, String path) {
        OMElement component = xml(location, entries, path).root().getFirstChildWithName(COMPONENT);
        if (component == null) {
            throw new DeploymentException(location + ": " + path + ": there is no <component>");
        }
        return component;
    }

    private static String required(String location, String path, OMElement element, String attribute) {
        String value = element.getAttributeValue(new QName(attribute));
        if (value == null || value.isBlank()) {
            throw new DeploymentException(
                    location + ": " + path + ": <" + element.getLocalName() + "> needs the attribute " + attribute);
        }
        return value.trim();
    }

    private static ArtifactXml xml(String location, Map<String, byte[]> entries, String path) {
        byte[] content = entries.get(path);
        if (content == null) {
            throw new DeploymentException(location + ": the connector has no " + path);
        }
        return ArtifactXml.parse(location + ": " + path, content);
    }

    /** The first part of its operations' names: {@code bookstore} in {@code <bookstore.priceOrder>}. */
    String name() {
        return name;
    }

    String packageName() {
        return packageName;
    }

    List<ArtifactXml> templates() {
        return templates;
    }

    List<byte[]> jars() {
        return jars;
    }
}
