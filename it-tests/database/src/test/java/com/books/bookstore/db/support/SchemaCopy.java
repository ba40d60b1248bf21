package com.books.bookstore.db.support;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Copies a schema with its rows, in a fraction of the time that the migrations take. Triggers, functions and events are refused: the
 * bookstore has none.
 */
final class SchemaCopy {

    private final Statement statement;
    private final String from;
    private final String to;

    private SchemaCopy(Statement statement, String from, String to) {
        this.statement = statement;
        this.from = from;
        this.to = to;
    }

    /**
     * @param connection to the server, as a user who may do everything; it has the copy selected afterwards
     * @param to         the name of the copy, which must not exist
     */
    static void copy(Connection connection, String from, String to) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            new SchemaCopy(statement, from, to).createSchema();
        }
        connection.setCatalog(to);
        // The driver gives each statement the schema that was selected when it was made.
        try (Statement statement = connection.createStatement()) {
            SchemaCopy copy = new SchemaCopy(statement, from, to);
            copy.refuseOtherObjects();
            copy.copyTables();
            copy.copyProcedures();
            copy.copyViews();
        }
    }

    private void refuseOtherObjects() throws SQLException {
        List<String> others =
                column("SELECT TRIGGER_NAME FROM information_schema.TRIGGERS WHERE TRIGGER_SCHEMA = '" + from
                        + "' UNION ALL SELECT EVENT_NAME FROM information_schema.EVENTS WHERE EVENT_SCHEMA = '" + from
                        + "' UNION ALL SELECT ROUTINE_NAME FROM information_schema.ROUTINES WHERE ROUTINE_TYPE <> 'PROCEDURE'"
                        + " AND ROUTINE_SCHEMA = '" + from + "'");
        if (!others.isEmpty()) {
            throw new IllegalStateException("Let SchemaCopy copy these, too: " + others);
        }
    }

    private void createSchema() throws SQLException {
        List<String> defaults = column("SELECT CONCAT('CHARACTER SET ', DEFAULT_CHARACTER_SET_NAME, ' COLLATE ',"
                + " DEFAULT_COLLATION_NAME) FROM information_schema.SCHEMATA WHERE SCHEMA_NAME = '" + from + "'");
        statement.execute("CREATE DATABASE " + to + " " + defaults.get(0));
    }

    /** Without checks of foreign keys, as a table may come before the one that it refers to. */
    private void copyTables() throws SQLException {
        statement.execute("SET foreign_key_checks = 0");
        for (String table : column("SELECT TABLE_NAME FROM information_schema.TABLES WHERE TABLE_TYPE = 'BASE TABLE'"
                + " AND TABLE_SCHEMA = '" + from + "'")) {
            statement.execute(definition("TABLE", table, "Create Table"));
            if (!column("SELECT 1 FROM " + from + "." + table + " LIMIT 1").isEmpty()) {
                String columns = String.join(
                        ", ",
                        column(
                                "SELECT COLUMN_NAME FROM information_schema.COLUMNS WHERE COALESCE(GENERATION_EXPRESSION, '') = ''"
                                        + " AND TABLE_NAME = '" + table + "' AND TABLE_SCHEMA = '" + from + "'"));
                statement.execute("INSERT INTO " + table + " (" + columns + ") SELECT " + columns + " FROM " + from
                        + "." + table);
            }
        }
        statement.execute("SET foreign_key_checks = 1");
    }

    private void copyProcedures() throws SQLException {
        for (String procedure :
                column("SELECT ROUTINE_NAME FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA = '" + from + "'")) {
            statement.execute(definition("PROCEDURE", procedure, "Create Procedure"));
        }
    }

    /** A view that reads another comes after it: what fails is tried again at the end. */
    private void copyViews() throws SQLException {
        Deque<String> views = new ArrayDeque<>(
                column("SELECT TABLE_NAME FROM information_schema.VIEWS WHERE TABLE_SCHEMA = '" + from + "'"));
        for (int failures = 0; !views.isEmpty(); ) {
            String view = views.poll();
            try {
                statement.execute(definition("VIEW", view, "Create View").replace("`" + from + "`.", "`" + to + "`."));
                failures = 0;
            } catch (SQLException e) {
                views.add(view);
                if (++failures > views.size()) {
                    throw e;
                }
            }
        }
    }

    private String definition(String kind, String name, String column) throws SQLException {
        try (ResultSet result = statement.executeQuery("SHOW CREATE " + kind + " " + from + "." + name)) {
            result.next();
            return result.getString(column);
        }
    }

    private List<String> column(String query) throws SQLException {
        List<String> values = new ArrayList<>();
        try (ResultSet result = statement.executeQuery(query)) {
            while (result.next()) {
                values.add(result.getString(1));
            }
        }
        return values;
    }
}
