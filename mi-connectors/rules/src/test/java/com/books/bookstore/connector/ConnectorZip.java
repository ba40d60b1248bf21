package com.books.bookstore.connector;

import com.books.bookstore.domain.OrderPricing;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** The connector as it was built, and a CAR around it. */
final class ConnectorZip {

    static final Path FILE = Path.of(System.getProperty("connector.zip"));

    private ConnectorZip() {}

    /** Every file of the connector by its path. */
    static Map<String, byte[]> entries() {
        return entriesOf(bytes());
    }

    static Map<String, byte[]> entriesOf(byte[] archive) {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new java.io.ByteArrayInputStream(archive))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (!entry.isDirectory()) {
                    entries.put(entry.getName(), zip.readAllBytes());
                }
            }
            return entries;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes() {
        try {
            return Files.readAllBytes(FILE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A CAR with the connector, an API and a sequence, listed as WSO2's plugin lists them. */
    static Path car(Path directory) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        StringBuilder list = listOf("connector-test");
        add(files, list, "ConnectorAPI", "synapse/api", "ConnectorAPI-1.0.0.xml", resource("ConnectorAPI.flow"));
        add(
                files,
                list,
                "ConnectorFaultSequence",
                "synapse/sequence",
                "ConnectorFaultSequence-1.0.0.xml",
                resource("ConnectorFaultSequence.xml"));
        add(
                files,
                list,
                "bookstore-rules-connector",
                "synapse/lib",
                FILE.getFileName().toString(),
                bytes());
        return write(directory, "connector-test", files, list);
    }

    /** A CAR without the connector: the mediators' jar, and an API that uses them. */
    static Path mediatorsCar(Path directory, String apiName, String api) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        StringBuilder list = listOf("mediators-test");
        try {
            Path jar = Path.of(OrderPricing.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            add(
                    files,
                    list,
                    "bookstore-mediators",
                    "lib/synapse/mediator",
                    jar.getFileName().toString(),
                    Files.readAllBytes(jar));
        } catch (IOException | URISyntaxException e) {
            throw new IllegalStateException("The mediators are not packed: run this with 'verify'", e);
        }
        add(files, list, apiName, "synapse/api", apiName + "-1.0.0.xml", api.getBytes(StandardCharsets.UTF_8));
        return write(directory, "mediators-test", files, list);
    }

    private static StringBuilder listOf(String car) {
        return new StringBuilder(
                "<artifacts><artifact name=\"" + car + "\" version=\"1.0.0\" type=\"carbon/application\">");
    }

    private static Path write(Path directory, String name, Map<String, byte[]> files, StringBuilder list) {
        files.put(
                "artifacts.xml",
                list.append("</artifact></artifacts>").toString().getBytes(StandardCharsets.UTF_8));
        Path car = directory.resolve(name + "_1.0.0.car");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue());
            }
            zip.finish();
            return Files.write(car, bytes.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void add(
            Map<String, byte[]> files, StringBuilder list, String name, String type, String file, byte[] content) {
        list.append("<dependency artifact=\"").append(name).append("\" version=\"1.0.0\" include=\"true\"/>");
        String description = "<artifact name=\"" + name + "\" version=\"1.0.0\" type=\"" + type + "\"><file>" + file
                + "</file></artifact>";
        files.put(name + "_1.0.0/artifact.xml", description.getBytes(StandardCharsets.UTF_8));
        files.put(name + "_1.0.0/" + file, content);
    }

    /** The flows in the CAR. */
    static String api() {
        return new String(resource("ConnectorAPI.flow"), StandardCharsets.UTF_8);
    }

    private static byte[] resource(String name) {
        try (InputStream in = ConnectorZip.class.getResourceAsStream("/" + name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
