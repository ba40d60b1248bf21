package com.books.bookstore.runtime.car;

import com.books.bookstore.runtime.artifact.ArtifactXml;
import com.books.bookstore.runtime.artifact.DeploymentException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import javax.xml.namespace.QName;
import org.apache.axiom.om.OMElement;

/**
 * A CAR as WSO2's plugins build it: {@code artifacts.xml} lists the artifacts, each of which has a folder
 * {@code <name>_<version>} with an {@code artifact.xml} and the artifact's file; {@code descriptor.xml} names other CARs to deploy before.
 */
final class CarFile {

    private static final QName ARTIFACT = new QName("artifact");
    private static final QName DEPENDENCY = new QName("dependency");

    private final String fileName;
    private final String id;
    private final List<String> dependencies;
    private final List<Artifact> artifacts;

    private CarFile(String fileName, String id, List<String> dependencies, List<Artifact> artifacts) {
        this.fileName = fileName;
        this.id = id;
        this.dependencies = List.copyOf(dependencies);
        this.artifacts = List.copyOf(artifacts);
    }

    /**
     * One artifact.
     *
     * @param location CAR and file, for messages
     */
    @SuppressWarnings("ArrayRecordComponent") // Artifacts are never compared, and the content is only read.
    record Artifact(String name, String type, String location, String fileName, byte[] content) {}

    /** @throws DeploymentException if the file is not a CAR or lacks something that it lists */
    static CarFile read(Path path) {
        String fileName = path.getFileName().toString();
        if (!Files.isRegularFile(path)) {
            throw new DeploymentException("The CAR " + path + " does not exist");
        }
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (ZipFile zip = new ZipFile(path.toFile())) {
            for (Iterator<? extends ZipEntry> iterator = zip.entries().asIterator(); iterator.hasNext(); ) {
                ZipEntry entry = iterator.next();
                if (!entry.isDirectory()) {
                    try (InputStream in = zip.getInputStream(entry)) {
                        entries.put(entry.getName(), in.readAllBytes());
                    }
                }
            }
        } catch (ZipException e) {
            throw new DeploymentException(fileName + ": not a CAR: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new DeploymentException(fileName + ": cannot be read: " + e.getMessage(), e);
        }
        return parse(fileName, entries);
    }

    private static CarFile parse(String fileName, Map<String, byte[]> entries) {
        ArtifactXml list = xml(fileName, entries, "artifacts.xml");
        OMElement application = list.root().getFirstChildWithName(ARTIFACT);
        if (application == null) {
            throw new DeploymentException(
                    fileName + ": artifacts.xml:" + list.root().getLineNumber() + ": there is no <artifact>");
        }
        String name = application.getAttributeValue(new QName("name"));
        List<Artifact> artifacts = new ArrayList<>();
        for (Iterator<?> children = application.getChildrenWithName(DEPENDENCY); children.hasNext(); ) {
            artifacts.add(artifact(fileName, entries, (OMElement) children.next()));
        }
        String id = name;
        List<String> dependencies = new ArrayList<>();
        if (entries.containsKey("descriptor.xml")) {
            OMElement descriptor = xml(fileName, entries, "descriptor.xml").root();
            OMElement idElement = descriptor.getFirstChildWithName(new QName("id"));
            id = idElement == null ? name : idElement.getText().trim();
            OMElement required = descriptor.getFirstChildWithName(new QName("dependencies"));
            if (required != null) {
                for (Iterator<?> children = required.getChildrenWithName(DEPENDENCY); children.hasNext(); ) {
                    OMElement dependency = (OMElement) children.next();
                    dependencies.add(dependency.getAttributeValue(new QName("groupId")) + "__"
                            + dependency.getAttributeValue(new QName("artifactId")) + "__"
                            + dependency.getAttributeValue(new QName("version")));
                }
            }
        }
        return new CarFile(fileName, id, dependencies, artifacts);
    }

    private static Artifact artifact(String carName, Map<String, byte[]> entries, OMElement dependency) {
        String folder = dependency.getAttributeValue(new QName("artifact")) + "_"
                + dependency.getAttributeValue(new QName("version"));
        ArtifactXml description = xml(carName, entries, folder + "/artifact.xml");
        OMElement root = description.root();
        String name = root.getAttributeValue(new QName("name"));
        String type = root.getAttributeValue(new QName("type"));
        OMElement file = root.getFirstChildWithName(new QName("file"));
        if (name == null || type == null || file == null) {
            throw new DeploymentException(description.file() + ":" + root.getLineNumber()
                    + ": <artifact> needs the attributes name and type and a <file>");
        }
        String path = folder + "/" + file.getText().trim();
        byte[] content = entries.get(path);
        if (content == null) {
            throw new DeploymentException(
                    description.file() + ":" + file.getLineNumber() + ": the CAR has no file " + path);
        }
        return new Artifact(name, type, carName + ": " + path, file.getText().trim(), content);
    }

    private static ArtifactXml xml(String carName, Map<String, byte[]> entries, String path) {
        byte[] content = entries.get(path);
        if (content == null) {
            throw new DeploymentException(carName + ": the CAR has no " + path);
        }
        return ArtifactXml.parse(carName + ": " + path, content);
    }

    String fileName() {
        return fileName;
    }

    /** {@code groupId__artifactId__version}, by which other CARs depend on this one. */
    String id() {
        return id;
    }

    List<String> dependencies() {
        return dependencies;
    }

    List<Artifact> artifacts() {
        return artifacts;
    }
}
