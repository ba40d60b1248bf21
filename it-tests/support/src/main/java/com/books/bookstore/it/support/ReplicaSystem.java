package com.books.bookstore.it.support;

import com.books.bookstore.database.BookstoreDatabase;
import com.books.bookstore.database.EmbeddedMariaDb;
import com.books.bookstore.runtime.EmbeddedRuntime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.apache.commons.io.FileUtils;

/**
 * A node beside the one of all tests, which writes to the same database and reads the catalog and reports from another one. That has the same tables
 * and other rows, as if it lagged behind by weeks. Not thread-safe.
 */
public final class ReplicaSystem implements AutoCloseable {

    private final Path directory = TestDatabase.directory("replica");
    private final EmbeddedMariaDb server = EmbeddedMariaDb.start(directory, 0, BookstoreSystem.databasePassword());
    private final EmbeddedRuntime node;

    /** @param rows statements that fill the replica, which has no books */
    public ReplicaSystem(String... rows) {
        try (BookstoreDatabase database = TestDatabase.on(server, directory, false);
                Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : rows) {
                statement.execute(sql);
            }
            node = BookstoreSystem.startNodeWithReplica(database.jdbcUrl());
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Of the node. */
    public URI address() {
        return node.baseUri();
    }

    public void stopReplica() {
        server.close();
    }

    @Override
    public void close() {
        node.close();
        server.close();
        try {
            FileUtils.deleteDirectory(directory.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
