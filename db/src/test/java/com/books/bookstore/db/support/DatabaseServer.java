package com.books.bookstore.db.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The database server of the tests: a real one, started once per JVM on a free port and stopped with it. The system
 * property {@code bookstore.test.database} chooses it: {@code mariadb} (default) or {@code mysql}.
 */
public interface DatabaseServer {

    /** Its port on 127.0.0.1. The user root has no password. */
    int port();

    /** The JVM's server, started when first asked for. */
    static DatabaseServer shared() {
        return Shared.INSTANCE;
    }

    /** A directory below the module's target directory. */
    static Path workDirectory(String name) {
        try {
            return Files.createDirectories(
                    Path.of("target", "test-database", name).toAbsolutePath());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Holds the server: initialised once, thread-safely, by the class loader. */
    final class Shared {
        private static final DatabaseServer INSTANCE = start();

        private Shared() {}

        private static DatabaseServer start() {
            String kind = System.getProperty("bookstore.test.database", "mariadb");
            return switch (kind) {
                case "mariadb" -> MariaDbServer.start();
                case "mysql" -> MySqlServer.start();
                default -> throw new IllegalArgumentException("bookstore.test.database: mariadb or mysql, not " + kind);
            };
        }
    }
}
