package com.books.bookstore.db;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** The books and promotions of {@code db/sample/*.csv}, and how they get into a database. */
final class SampleData {

    private static final String LOAD_NAME = "sample";

    private SampleData() {}

    /** @see BookstoreSchema#loadSampleData(DataSource) */
    static int load(DataSource dataSource) throws SQLException {
        return Transactions.inTransaction(dataSource, connection -> {
            if (!claimLoad(connection)) {
                return 0;
            }
            insertPromotions(connection, promotions());
            List<CSVRecord> books = books();
            Map<String, Integer> categories =
                    Categories.addMissing(connection, books.stream().map(book -> book.get("category")));
            insertBooks(connection, books, categories);
            StockMovements.addMissing(connection, 0);
            SearchWords.index(connection, 0);
            Categories.count(connection);
            return books.size();
        });
    }

    static List<CSVRecord> books() {
        return read("books.csv");
    }

    static List<CSVRecord> promotions() {
        return read("promotions.csv");
    }

    /** The row is the claim: a second loader waits for the first one's transaction, and then finds it taken. */
    private static boolean claimLoad(Connection connection) throws SQLException {
        try (PreparedStatement claim = connection.prepareStatement("INSERT IGNORE INTO data_loads (name) VALUES (?)")) {
            claim.setString(1, LOAD_NAME);
            return claim.executeUpdate() == 1;
        }
    }

    private static void insertBooks(Connection connection, List<CSVRecord> books, Map<String, Integer> categories)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO books (title, author, isbn, price, stock_quantity, description, publication_year, language, format,"
                        + " category_id)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            for (CSVRecord book : books) {
                insert.setString(1, book.get("title"));
                insert.setString(2, book.get("author"));
                insert.setString(3, book.get("isbn"));
                insert.setBigDecimal(4, new BigDecimal(book.get("price")));
                insert.setInt(5, Integer.parseInt(book.get("stock_quantity")));
                insert.setString(6, book.get("description"));
                insert.setString(7, book.get("publication_year"));
                insert.setString(8, book.get("language"));
                insert.setString(9, book.get("format"));
                insert.setInt(10, categories.get(book.get("category")));
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /** FROM_UNIXTIME: instants, whatever the time zone of the session. A promotion that staff already made stays. */
    private static void insertPromotions(Connection connection, List<CSVRecord> promotions) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT IGNORE INTO promotions (code, percent_off, valid_from, valid_until)"
                        + " VALUES (?, ?, FROM_UNIXTIME(?), FROM_UNIXTIME(?))")) {
            for (CSVRecord promotion : promotions) {
                insert.setString(1, promotion.get("code"));
                insert.setBigDecimal(2, new BigDecimal(promotion.get("percent_off")));
                insert.setLong(3, Instant.parse(promotion.get("valid_from")).getEpochSecond());
                String validUntil = promotion.get("valid_until");
                if (validUntil == null) {
                    insert.setNull(4, Types.BIGINT);
                } else {
                    insert.setLong(4, Instant.parse(validUntil).getEpochSecond());
                }
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static List<CSVRecord> read(String fileName) {
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .setNullString("")
                .get();
        try (InputStream file = SampleData.class.getResourceAsStream("/db/sample/" + fileName);
                CSVParser parser = format.parse(new InputStreamReader(file, StandardCharsets.UTF_8))) {
            return parser.getRecords();
        } catch (IOException e) {
            throw new UncheckedIOException("Sample data " + fileName + " cannot be read", e);
        }
    }
}
