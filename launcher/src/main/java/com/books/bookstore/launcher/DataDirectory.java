package com.books.bookstore.launcher;

import com.books.bookstore.runtime.RuntimeStartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import picocli.CommandLine.Option;

/** The option that all commands share. */
final class DataDirectory {

    @Option(names = "--data-dir", paramLabel = "DIR", defaultValue = "${sys:bookstore.home:-.}/.bookstore",
            description = "where the embedded database and the state of the running system are kept (default: ${DEFAULT-VALUE})")
    private Path directory;

    Path path() {
        return directory.toAbsolutePath().normalize();
    }

    /** Makes the directory, if it does not exist, for nobody but its owner: it holds users, keys and orders. */
    void create() {
        Path parent = path().getParent();
        try {
            if (!Files.exists(path())) {
                Files.createDirectories(parent);
                Files.createDirectory(path(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
        } catch (IOException e) {
            throw new RuntimeStartException("Cannot make the directory " + path() + ": " + e.getMessage(), e);
        }
    }
}
