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
import java.util.Objects;
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

    private static final QName NAME = new QName("name");
    private static final QName VERSION = new QName("version");
    private static final String DESCRIPTION = "artifact.xml";

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

    /** A CAR that depends on no other. */
    static CarFile of(String fileName, String id, List<Artifact> artifacts) {
        return new CarFile(fileName, id, List.of(), artifacts);
    }

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
        String name = application.getAttributeValue(NAME);
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
                            + dependency.getAttributeValue(VERSION));
                }
            }
        }
        return new CarFile(fileName, id, dependencies, artifacts);
    }

    /** As on Micro Integrator the folder's name says nothing: it has a time stamp in it when a snapshot was packed. */
    private static Artifact artifact(String carName, Map<String, byte[]> entries, OMElement dependency) {
        String wanted = dependency.getAttributeValue(ARTIFACT);
        String version = dependency.getAttributeValue(VERSION);
        for (String entry : entries.keySet()) {
            if (entry.endsWith("/" + DESCRIPTION) && entry.indexOf('/') == entry.lastIndexOf('/')) {
                ArtifactXml description = xml(carName, entries, entry);
                OMElement root = description.root();
                if (Objects.equals(wanted, root.getAttributeValue(NAME))
                        && (root.getAttributeValue(VERSION) == null
                                || Objects.equals(version, root.getAttributeValue(VERSION)))) {
                    return artifact(carName, entries, description, entry.substring(0, entry.lastIndexOf('/')));
                }
            }
        }
        throw new DeploymentException(
                carName + ": no folder has an artifact.xml with the name " + wanted + " and the version " + version);
    }

    private static Artifact artifact(
            String carName, Map<String, byte[]> entries, ArtifactXml description, String folder) {
        OMElement root = description.root();
        String name = root.getAttributeValue(NAME);
        String type = root.getAttributeValue(new QName("type"));
        OMElement file = root.getFirstChildWithName(new QName("file"));
        if (type == null || file == null) {
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
