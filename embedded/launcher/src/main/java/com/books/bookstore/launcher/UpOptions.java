package com.books.bookstore.launcher;

import com.books.bookstore.embedded.StartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * How the bookstore is to be started.
 *
 * @param host       where the storefront and the APIs listen
 * @param demo       whether there are demo users and sample data
 * @param webOrigins of other storefronts that may sign users in
 * @param cars       what is deployed; empty for the CARs that were built
 */
record UpOptions(Ports ports, String host, boolean demo, List<String> webOrigins, List<Path> cars, DataDirectory data) {

    /** The checkout. */
    static Path home() {
        return Path.of(System.getProperty("bookstore.home", "."))
                .toAbsolutePath()
                .normalize();
    }

    /** Where the identity server keeps its data. */
    Path identityDirectory() {
        return data.path().resolve("identity");
    }

    /**
     * The CARs to deploy.
     *
     * @param replica whether the catalog and reports are read from a replica
     * @throws StartException in one line if there is nothing to deploy
     */
    List<Path> deployedCars(boolean replica) {
        if (!cars.isEmpty()) {
            return cars;
        }
        List<Path> built = builtCars();
        return replica ? built.stream().map(BookstoreRuntime::forReplica).toList() : built;
    }

    private static List<Path> builtCars() {
        Path apps = home().resolve("carbon-apps");
        List<Path> found = new ArrayList<>();
        try (Stream<Path> files = Files.isDirectory(apps) ? Files.walk(apps, 3) : Stream.empty()) {
            files.filter(file -> file.toString().endsWith(".car")
                            && "target".equals(String.valueOf(file.getParent().getFileName())))
                    .forEach(found::add);
        } catch (IOException e) {
            throw new StartException("Cannot look for CARs in " + apps + ": " + e.getMessage(), e);
        }
        if (found.isEmpty()) {
            throw new StartException("There is no CAR in " + apps + "/*/target. Build them with: mvn package");
        }
        return found;
    }
}
