package com.books.bookstore.launcher;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option that all commands share. */
final class DataDirectory {

    @Option(names = "--data-dir", paramLabel = "DIR", defaultValue = "${sys:bookstore.home:-.}/.bookstore",
            description = "where the embedded database and the state of the running system are kept (default: ${DEFAULT-VALUE})")
    private Path directory;

    Path path() {
        return directory.toAbsolutePath().normalize();
    }
}
