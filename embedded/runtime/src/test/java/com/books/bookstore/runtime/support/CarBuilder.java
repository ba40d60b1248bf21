package com.books.bookstore.runtime.support;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes a CAR in the layout of WSO2's plugins. */
public final class CarBuilder {

    private static final String NAMESPACE = "xmlns=\"http://ws.apache.org/ns/synapse\"";

    private final String name;
    private final List<String> dependencies = new ArrayList<>();
    private final List<String> listed = new ArrayList<>();
    private final Map<String, byte[]> files = new LinkedHashMap<>();

    private CarBuilder(String name) {
        this.name = name;
    }

    public static CarBuilder car(String name) {
        return new CarBuilder(name);
    }

    /** An API whose resources are given as XML. */
    public CarBuilder api(String apiName, String context, String resources) {
        return artifact(
                apiName,
                "synapse/api",
                apiName + "-1.0.0.xml",
                "<api " + NAMESPACE + " name=\"" + apiName + "\" context=\"" + context + "\">\n" + resources
                        + "\n</api>");
    }

    /** An API with one resource at {@code /}, for all methods. */
    public CarBuilder flow(String apiName, String context, String mediators) {
        return api(
                apiName,
                context,
                "<resource methods=\"GET POST PUT PATCH DELETE HEAD OPTIONS\"><inSequence>\n" + mediators
                        + "\n</inSequence></resource>");
    }

    public CarBuilder sequence(String sequenceName, String mediators) {
        return sequence(sequenceName, "", mediators);
    }

    public CarBuilder sequence(String sequenceName, String attributes, String mediators) {
        return artifact(
                sequenceName,
                "synapse/sequence",
                sequenceName + "-1.0.0.xml",
                "<sequence " + NAMESPACE + " name=\"" + sequenceName + "\" " + attributes + ">\n" + mediators
                        + "\n</sequence>");
    }

    public CarBuilder xml(String artifactName, String type, String xml) {
        return artifact(
                artifactName, type, artifactName + "-1.0.0.xml", xml.replaceFirst("(<\\w+)", "$1 " + NAMESPACE));
    }

    public CarBuilder dataService(String serviceName, String dbs) {
        return artifact(serviceName, "service/dataservice", serviceName + "-1.0.0.dbs", dbs);
    }

    /** A mediator jar with the classes (and their nested classes) of this test's class path. */
    public CarBuilder mediators(String jarName, Class<?>... classes) {
        return artifact(jarName, "lib/synapse/mediator", jarName + "-1.0.0.jar", jar(classes));
    }

    /** A jar with the classes (and their nested classes) of this test's class path. */
    public static byte[] jar(Class<?>... classes) {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        for (Class<?> type : classes) {
            entries.put(path(type), bytes(type));
        }
        return zip(entries);
    }

    /** The place of a class in a jar. */
    public static String path(Class<?> type) {
        return type.getName().replace('.', '/') + ".class";
    }

    public static byte[] bytes(Class<?> type) {
        try (InputStream in = type.getClassLoader().getResourceAsStream(path(type))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static byte[] zip(Map<String, byte[]> entries) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    public CarBuilder artifact(String artifactName, String type, String fileName, String content) {
        return artifact(artifactName, type, fileName, content.getBytes(StandardCharsets.UTF_8));
    }

    public CarBuilder artifact(String artifactName, String type, String fileName, byte[] content) {
        String folder = artifactName + "_1.0.0/";
        listed.add(artifactName);
        files.put(
                folder + "artifact.xml",
                ("<?xml version=\"1.0\"?><artifact name=\"" + artifactName + "\" version=\"1.0.0\" type=\"" + type
                                + "\" serverRole=\"EnterpriseServiceBus\"><file>" + fileName + "</file></artifact>")
                        .getBytes(StandardCharsets.UTF_8));
        files.put(folder + fileName, content);
        return this;
    }

    public CarBuilder dependsOn(String carName) {
        dependencies.add(carName);
        return this;
    }

    public CarBuilder without(String file) {
        files.remove(file);
        return this;
    }

    /** Moves the files of a folder to another folder. */
    public CarBuilder renamed(String folder, String newFolder) {
        for (String file : List.copyOf(files.keySet())) {
            if (file.startsWith(folder)) {
                files.put(newFolder + file.substring(folder.length()), files.remove(file));
            }
        }
        return this;
    }

    public Path writeTo(Path directory) {
        Path car = directory.resolve(name + "_1.0.0.car");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(car))) {
            put(zip, "artifacts.xml", artifactsXml());
            put(zip, "descriptor.xml", descriptorXml());
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue());
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return car;
    }

    private static void put(ZipOutputStream zip, String path, String content) throws IOException {
        zip.putNextEntry(new ZipEntry(path));
        zip.write(content.getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }

    private String artifactsXml() {
        StringBuilder xml = new StringBuilder("<?xml version=\"1.0\"?><artifacts><artifact name=\"" + name
                + "\" version=\"1.0.0\" type=\"carbon/application\">");
        for (String artifact : listed) {
            xml.append("<dependency artifact=\"").append(artifact).append("\" version=\"1.0.0\" include=\"true\"/>");
        }
        return xml.append("</artifact></artifacts>").toString();
    }

    private String descriptorXml() {
        StringBuilder xml = new StringBuilder(
                "<?xml version=\"1.0\"?><project><id>com.example__" + name + "__1.0.0</id><dependencies>");
        for (String dependency : dependencies) {
            xml.append("<dependency groupId=\"com.example\" artifactId=\"")
                    .append(dependency)
                    .append("\" version=\"1.0.0\" type=\"car\"/>");
        }
        return xml.append("</dependencies></project>").toString();
    }
}
