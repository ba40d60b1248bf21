package com.books.bookstore.it.support;

import com.books.bookstore.database.BookstoreDatabase;
import com.books.bookstore.database.EmbeddedMariaDb;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The database of a system under test. */
final class TestDatabase {

    private TestDatabase() {}

    /** A new directory below target. */
    static Path directory(String name) {
        try {
            return Files.createTempDirectory(Files.createDirectories(Path.of("target")), name)
                    .toAbsolutePath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The bookstore's schema on this server, with the sample data. */
    static BookstoreDatabase on(EmbeddedMariaDb server, Path directory) {
        return on(server, directory, true);
    }

    static BookstoreDatabase on(EmbeddedMariaDb server, Path directory, boolean sampleData) {
        return BookstoreDatabase.open(
                Map.of(
                        BookstoreDatabase.URL_VARIABLE,
                        server.jdbcUrl(),
                        BookstoreDatabase.USER_VARIABLE,
                        server.user(),
                        BookstoreDatabase.PASSWORD_VARIABLE,
                        server.password()),
                directory,
                0,
                sampleData);
    }
}
