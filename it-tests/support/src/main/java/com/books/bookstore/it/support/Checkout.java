package com.books.bookstore.it.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The checkout that is tested, and what its build has made. */
public final class Checkout {

    /** The root of the project: what the build says, else the next directory upwards that has the script {@code bookstore}. */
    public static final Path DIRECTORY = find();

    private Checkout() {}

    private static Path find() {
        String named = System.getProperty("bookstore.project");
        if (named != null) {
            return Path.of(named).toAbsolutePath().normalize();
        }
        Path directory = Path.of("").toAbsolutePath();
        while (directory != null && !Files.isRegularFile(directory.resolve("bookstore"))) {
            directory = directory.getParent();
        }
        if (directory == null) {
            throw new IllegalStateException("Set the system property bookstore.project to the root of the project");
        }
        return directory;
    }

    /**
     * The CARs that were just built.
     *
     * @throws IllegalStateException if there are none
     */
    public static List<Path> cars() {
        try (Stream<Path> files = Files.walk(DIRECTORY.resolve("carbon-apps"), 3)) {
            List<Path> cars = files.filter(file -> file.toString().endsWith(".car"))
                    .sorted()
                    .toList();
            if (cars.isEmpty()) {
                throw new IllegalStateException(
                        "There are no CARs below carbon-apps: build them first, with 'mvn package'");
            }
            return cars;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
