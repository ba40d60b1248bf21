package com.books.bookstore.benchmark.load;

import com.books.bookstore.database.BookstoreDatabase;
import com.books.bookstore.database.EmbeddedMariaDb;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;

/** Where the rows of a shop are kept. */
interface ShopStore {

    /** Opens it, and brings its schema up to date. The caller closes it. */
    BookstoreDatabase open();

    /** Deletes what is there. */
    void clear() throws SQLException;

    /** The size of data and indexes. */
    long megabytes() throws SQLException;

    /** For the report. */
    String description();

    /**
     * A MariaDB of its own, which runs while it is open.
     *
     * @param directory of the server's program and data; the program is kept by {@link #clear}
     * @param memory    its buffer pool, in megabytes
     */
    static ShopStore embedded(Path directory, int memory) {
        return new Embedded(directory, memory);
    }

    static ShopStore embedded(Path directory) {
        return embedded(directory, EmbeddedMariaDb.DEFAULT_MEMORY);
    }

    /**
     * A schema on a server that runs already.
     *
     * @param url      JDBC URL of the server, which ends with a slash
     * @param user     who may create and drop the schema
     * @param password of the user
     */
    static ShopStore on(String url, String user, String password, String schema) {
        return new Schema(url, user, password, schema);
    }

    /** See {@link #embedded}. */
    record Embedded(Path directory, int memory) implements ShopStore {

        private Path data() {
            return directory.resolve("data");
        }

        @Override
        public BookstoreDatabase open() {
            return BookstoreDatabase.open(
                    Map.of(BookstoreDatabase.MEMORY_VARIABLE, Integer.toString(memory)), directory, 0);
        }

        @Override
        public void clear() {
            try {
                Files.createDirectories(directory);
                if (Files.exists(data())) {
                    try (Stream<Path> files = Files.walk(data())) {
                        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                            Files.delete(file);
                        }
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public long megabytes() {
            try (Stream<Path> files = Files.walk(data())) {
                return files.filter(Files::isRegularFile)
                                .mapToLong(file -> file.toFile().length())
                                .sum()
                        / 1_000_000;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public String description() {
            return memory + " MB for each database";
        }
    }

    /** See {@link #on}. */
    record Schema(String url, String user, String password, String schema) implements ShopStore {

        private static final String PARAMETERS = "?sslMode=PREFERRED&allowPublicKeyRetrieval=true";

        @Override
        public BookstoreDatabase open() {
            return BookstoreDatabase.open(
                    Map.of(
                            BookstoreDatabase.URL_VARIABLE,
                            url + schema + PARAMETERS + "&createDatabaseIfNotExist=true",
                            BookstoreDatabase.USER_VARIABLE,
                            user,
                            BookstoreDatabase.PASSWORD_VARIABLE,
                            password),
                    Path.of("unused"),
                    0);
        }

        @Override
        public void clear() throws SQLException {
            try (Connection connection = connection();
                    Statement statement = connection.createStatement()) {
                statement.execute("DROP DATABASE IF EXISTS " + schema);
            }
        }

        @Override
        public long megabytes() throws SQLException {
            return number("SELECT SUM(data_length + index_length) FROM information_schema.tables WHERE table_schema = '"
                            + schema + "'")
                    / 1_000_000;
        }

        @Override
        public String description() {
            try (Connection connection = connection()) {
                return connection.getMetaData().getDatabaseProductName() + ' '
                        + connection.getMetaData().getDatabaseProductVersion() + " with "
                        + number("SELECT @@innodb_buffer_pool_size") / (1 << 20) + " MB";
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        private long number(String sql) throws SQLException {
            try (Connection connection = connection();
                    Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(sql)) {
                row.next();
                return row.getLong(1);
            }
        }

        private Connection connection() throws SQLException {
            return DriverManager.getConnection(url + PARAMETERS, user, password);
        }
    }
}
