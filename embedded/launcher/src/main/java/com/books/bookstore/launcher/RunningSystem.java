package com.books.bookstore.launcher;

import com.books.bookstore.embedded.StartException;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What {@code bookstore up} leaves in its data directory for the other commands while it runs.
 *
 * @param pid       the process
 * @param startedAt when the process started: a number alone may since belong to another process
 * @param addresses where its parts are; a part that it did not start is not in it
 */
record RunningSystem(long pid, String startedAt, Map<Part, String> addresses) {

    private static final Logger LOG = LoggerFactory.getLogger(RunningSystem.class);

    private static final String FILE = "running.properties";

    static RunningSystem ofThisProcess(Map<Part, String> addresses) {
        return new RunningSystem(ProcessHandle.current().pid(), startOf(ProcessHandle.current()), addresses);
    }

    /** The address of the APIs. */
    String api() {
        return addresses.get(Part.API);
    }

    /** The address of the identity provider. */
    String identity() {
        return addresses.get(Part.IDENTITY);
    }

    private static String startOf(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toString).orElse("");
    }

    void writeTo(Path dataDirectory) {
        Properties properties = new Properties();
        properties.setProperty("pid", Long.toString(pid));
        properties.setProperty("startedAt", startedAt);
        addresses.forEach((part, address) -> properties.setProperty(part.key(), address));
        try {
            Files.createDirectories(dataDirectory);
            try (Writer out = Files.newBufferedWriter(dataDirectory.resolve(FILE), StandardCharsets.UTF_8)) {
                properties.store(out, null);
            }
        } catch (IOException e) {
            throw new StartException("Cannot write to " + dataDirectory + ": " + e.getMessage(), e);
        }
    }

    static void removeFrom(Path dataDirectory) {
        try {
            Files.deleteIfExists(dataDirectory.resolve(FILE));
        } catch (IOException e) {
            // Harmless: readers check whether the process is alive.
            LOG.debug("{} was not removed", FILE, e);
        }
    }

    /** The system that runs on this data directory now. */
    static Optional<RunningSystem> find(Path dataDirectory) {
        Properties properties = new Properties();
        try (Reader in = Files.newBufferedReader(dataDirectory.resolve(FILE), StandardCharsets.UTF_8)) {
            properties.load(in);
            Map<Part, String> addresses = new EnumMap<>(Part.class);
            for (Part part : Part.values()) {
                if (properties.containsKey(part.key())) {
                    addresses.put(part, properties.getProperty(part.key()));
                }
            }
            RunningSystem found = new RunningSystem(
                    Long.parseLong(properties.getProperty("pid")), properties.getProperty("startedAt"), addresses);
            return found.process().isPresent() ? Optional.of(found) : Optional.empty();
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** @throws StartException in one line if nothing runs there */
    static RunningSystem require(Path dataDirectory) {
        return find(dataDirectory)
                .orElseThrow(() -> new StartException("The bookstore is not running. Start it with: ./bookstore up"));
    }

    Optional<ProcessHandle> process() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(process -> startOf(process).equals(startedAt));
    }
}
