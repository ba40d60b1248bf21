package com.books.bookstore.runtime.dataservice;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * The jars of the data-services engine: they travel as one zip inside this library and are unpacked once per version
 * into a cache, because a class loader reads jars from files.
 *
 * <p>Each version has a directory in the cache, named after the SHA-256 of its zip. A directory appears there complete or not at all, so any number of
 * processes may start at once. Where the cache cannot be written, or has been damaged, the jars go to a temporary
 * directory that is deleted when the process ends.
 */
final class EngineArchive {

    private static final String RESOURCE = "dataservices-engine.zip";

    private final byte[] zip;
    private final Path cache;

    private EngineArchive(byte[] zip, Path cache) {
        this.zip = zip;
        this.cache = cache;
    }

    /** @param cache where the jars are unpacked; made if it does not exist */
    static EngineArchive fromClassPath(Path cache) {
        try (InputStream resource = EngineArchive.class.getResourceAsStream(RESOURCE)) {
            if (resource == null) {
                throw new IllegalStateException(
                        RESOURCE + " is not on the class path: this library was not built completely");
            }
            return new EngineArchive(resource.readAllBytes(), cache);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The unpacked jars, in an order that is the same everywhere. */
    List<Path> jars() {
        try {
            Map<String, Long> entries = entries();
            Path directory = unpacked(entries);
            return entries.keySet().stream().map(directory::resolve).toList();
        } catch (IOException e) {
            throw new UncheckedIOException("The data-services engine cannot be unpacked", e);
        }
    }

    private Path unpacked(Map<String, Long> entries) throws IOException {
        Path target = cache.resolve(hash());
        if (isComplete(target, entries)) {
            return target;
        }
        Path fresh;
        try {
            Files.createDirectories(target.getParent());
            fresh = Files.createTempDirectory(target.getParent(), "unpacking-");
        } catch (IOException unwritable) {
            fresh = Files.createTempDirectory("dataservices-engine-");
        }
        unpackTo(fresh);
        try {
            return Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException takenOrUnwritable) {
            if (isComplete(target, entries)) {
                delete(fresh);
                return target;
            }
            deleteOnExit(fresh);
            return fresh;
        }
    }

    private String hash() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(zip));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    private Map<String, Long> entries() throws IOException {
        Map<String, Long> sizes = new TreeMap<>();
        forEachEntry((name, content) -> sizes.put(name, content.transferTo(OutputStream.nullOutputStream())));
        return sizes;
    }

    private void unpackTo(Path directory) throws IOException {
        forEachEntry((name, content) -> Files.copy(content, directory.resolve(name)));
    }

    private void forEachEntry(EntryReader reader) throws IOException {
        try (ZipInputStream input = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry = input.getNextEntry(); entry != null; entry = input.getNextEntry()) {
                if (entry.getName().endsWith(".jar")) {
                    reader.read(Path.of(entry.getName()).getFileName().toString(), input);
                }
            }
        }
    }

    private static boolean isComplete(Path directory, Map<String, Long> entries) throws IOException {
        for (Map.Entry<String, Long> entry : entries.entrySet()) {
            Path jar = directory.resolve(entry.getKey());
            if (!Files.isRegularFile(jar) || Files.size(jar) != entry.getValue()) {
                return false;
            }
        }
        return true;
    }

    private static void delete(Path directory) throws IOException {
        for (Path each : contents(directory)) {
            Files.delete(each);
        }
        Files.delete(directory);
    }

    private static void deleteOnExit(Path directory) throws IOException {
        directory.toFile().deleteOnExit();
        for (Path each : contents(directory)) {
            each.toFile().deleteOnExit();
        }
    }

    private static List<Path> contents(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return new ArrayList<>(files.toList());
        }
    }

    @FunctionalInterface
    private interface EntryReader {
        void read(String name, InputStream content) throws IOException;
    }
}
