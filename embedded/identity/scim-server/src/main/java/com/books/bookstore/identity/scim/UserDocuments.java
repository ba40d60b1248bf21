package com.books.bookstore.identity.scim;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;

/**
 * Attributes of users for which the kernel has no claim, as one JSON document for each user who has any. The values of the user store
 * are too short for them. Thread-safe.
 */
final class UserDocuments {

    private final DataSource database;

    UserDocuments(DataSource database) {
        this.database = database;
    }

    void createTable() throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS BOOKSTORE_SCIM_USER (USER_ID VARCHAR(255) PRIMARY KEY,"
                    + " ATTRIBUTES CLOB NOT NULL)");
        }
    }

    /** @return an empty text when there is none */
    String of(String userId) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement =
                        connection.prepareStatement("SELECT ATTRIBUTES FROM BOOKSTORE_SCIM_USER WHERE USER_ID = ?")) {
            statement.setString(1, userId);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? rows.getString(1) : "";
            }
        }
    }

    /**
     * The documents in which an attribute may be, by the ids of their users.
     *
     * @param attribute its name, of letters only
     */
    Map<String, String> naming(String attribute) throws SQLException {
        Map<String, String> documents = new HashMap<>();
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(
                        "SELECT USER_ID, ATTRIBUTES FROM BOOKSTORE_SCIM_USER WHERE ATTRIBUTES LIKE ?")) {
            statement.setString(1, "%\"" + attribute + "\"%");
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    documents.put(rows.getString(1), rows.getString(2));
                }
            }
        }
        return documents;
    }

    /** @param document an empty text to forget what there was */
    void put(String userId, String document) throws SQLException {
        Transactions.run(database, connection -> {
            try (PreparedStatement statement =
                    connection.prepareStatement("DELETE FROM BOOKSTORE_SCIM_USER WHERE USER_ID = ?")) {
                statement.setString(1, userId);
                statement.executeUpdate();
            }
            if (!document.isEmpty()) {
                try (PreparedStatement statement = connection.prepareStatement(
                        "INSERT INTO BOOKSTORE_SCIM_USER (USER_ID, ATTRIBUTES) VALUES (?, ?)")) {
                    statement.setString(1, userId);
                    statement.setString(2, document);
                    statement.executeUpdate();
                }
            }
        });
    }
}
