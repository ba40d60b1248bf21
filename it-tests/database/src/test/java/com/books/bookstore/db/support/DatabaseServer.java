package com.books.bookstore.db.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;

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

    /**
     * A free port below the range of outgoing connections (32768 on Linux), from which any connection of the machine could
     * take it before the server listens.
     */
    static int freePort() {
        for (int attempt = 0; attempt < 1_000; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(15_000, 32_000);
            try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return probe.getLocalPort();
            } catch (IOException inUse) {
                // Another one.
            }
        }
        throw new IllegalStateException("No port between 15000 and 31999 is free");
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
