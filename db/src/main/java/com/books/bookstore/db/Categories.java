package com.books.bookstore.db;

import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The categories of books that were not added by a procedure, and the counts of books. */
final class Categories {

    private Categories() {}

    /** Adds those that are not there yet, and returns the numbers of all. Part of the caller's transaction. */
    static Map<String, Integer> addMissing(Connection connection, Stream<String> names) throws SQLException {
        List<String> all = names.distinct().sorted().toList();
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT IGNORE INTO categories (name) VALUES (?)")) {
            for (String name : all) {
                insert.setString(1, name);
                insert.addBatch();
            }
            insert.executeBatch();
        }
        Map<String, Integer> numbers = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT name, category_id FROM categories")) {
            while (rows.next()) {
                numbers.put(rows.getString(1), rows.getInt(2));
            }
        }
        return numbers;
    }

    /** Counts the books of each and in all. Part of the caller's transaction. */
    static void count(Connection connection) throws SQLException {
        try (CallableStatement call = connection.prepareCall("CALL count_categories()")) {
            call.execute();
        }
    }
}
