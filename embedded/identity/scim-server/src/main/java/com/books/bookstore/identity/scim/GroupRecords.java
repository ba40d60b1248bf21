package com.books.bookstore.identity.scim;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * What SCIM wants to know of a group and the kernel's roles do not hold: an id that stays when the name changes, and times
 * (RFC 7643, section 3.1). Kept in the table that Identity Server has for this, IDN_SCIM_GROUP. Thread-safe.
 */
final class GroupRecords {

    private static final int TENANT = -1234;
    private static final String CORE = "urn:ietf:params:scim:schemas:core:2.0:";
    private static final String ID = CORE + "id";
    private static final String CREATED = CORE + "meta.created";
    private static final String MODIFIED = CORE + "meta.lastModified";
    private static final String EXTERNAL_ID = CORE + "externalId";

    private final DataSource database;
    private final Clock clock;

    GroupRecords(DataSource database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** One group as it is in the table. */
    static final class GroupRecord {
        final String id;
        final String name;
        final String externalId;
        final Instant created;
        final Instant modified;

        private GroupRecord(String name, Map<String, String> attributes) {
            this.id = attributes.get(ID);
            this.name = name;
            this.externalId = attributes.get(EXTERNAL_ID);
            this.created = Instant.parse(attributes.get(CREATED));
            this.modified = Instant.parse(attributes.get(MODIFIED));
        }
    }

    /** The record of a role, made at once when the role came about otherwise than by SCIM. */
    GroupRecord ofRole(String name) throws SQLException {
        Map<String, String> attributes = read(name);
        if (!attributes.containsKey(ID)) {
            try {
                Transactions.run(database, connection -> insert(connection, name, null));
            } catch (SQLIntegrityConstraintViolationException another) {
                // Another request has recorded the role in this moment; its record holds.
            }
            attributes = read(name);
        }
        return new GroupRecord(name, attributes);
    }

    /** Records a new group in place of whatever a removed role of the name has left. */
    GroupRecord create(String name, String externalId) throws SQLException {
        Transactions.run(database, connection -> {
            update(connection, "DELETE FROM IDN_SCIM_GROUP WHERE TENANT_ID = ? AND ROLE_NAME = ?", TENANT, name);
            insert(connection, name, externalId);
        });
        return new GroupRecord(name, read(name));
    }

    /** @return the name of the role with this id, or null */
    String name(String id) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(
                        "SELECT ROLE_NAME FROM IDN_SCIM_GROUP WHERE TENANT_ID = ? AND ATTR_NAME = ? AND ATTR_VALUE = ?")) {
            bind(statement, TENANT, ID, id);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? rows.getString(1) : null;
            }
        }
    }

    void changed(String name, String newName, String externalId) throws SQLException {
        Transactions.run(database, connection -> {
            update(
                    connection,
                    "DELETE FROM IDN_SCIM_GROUP WHERE TENANT_ID = ? AND ROLE_NAME = ? AND ATTR_NAME IN (?, ?)",
                    TENANT,
                    name,
                    MODIFIED,
                    EXTERNAL_ID);
            put(connection, name, MODIFIED, now());
            put(connection, name, EXTERNAL_ID, externalId);
            update(
                    connection,
                    "UPDATE IDN_SCIM_GROUP SET ROLE_NAME = ? WHERE TENANT_ID = ? AND ROLE_NAME = ?",
                    newName,
                    TENANT,
                    name);
        });
    }

    void delete(String name) throws SQLException {
        Transactions.run(
                database,
                connection -> update(
                        connection, "DELETE FROM IDN_SCIM_GROUP WHERE TENANT_ID = ? AND ROLE_NAME = ?", TENANT, name));
    }

    private void insert(Connection connection, String name, String externalId) throws SQLException {
        String now = now();
        put(connection, name, ID, UUID.randomUUID().toString());
        put(connection, name, CREATED, now);
        put(connection, name, MODIFIED, now);
        put(connection, name, EXTERNAL_ID, externalId);
    }

    private static void put(Connection connection, String name, String attribute, String value) throws SQLException {
        if (value != null) {
            update(
                    connection,
                    "INSERT INTO IDN_SCIM_GROUP (TENANT_ID, ROLE_NAME, ATTR_NAME, ATTR_VALUE) VALUES (?, ?, ?, ?)",
                    TENANT,
                    name,
                    attribute,
                    value);
        }
    }

    private Map<String, String> read(String name) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(
                        "SELECT ATTR_NAME, ATTR_VALUE FROM IDN_SCIM_GROUP WHERE TENANT_ID = ? AND ROLE_NAME = ?")) {
            bind(statement, TENANT, name);
            Map<String, String> attributes = new HashMap<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    attributes.put(rows.getString(1), rows.getString(2));
                }
            }
            return attributes;
        }
    }

    private static void update(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, values);
            statement.executeUpdate();
        }
    }

    private static void bind(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
    }

    private String now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS).toString();
    }
}
