package com.books.bookstore.identity.registration.mail;

import com.books.bookstore.identity.registration.Registration;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.sql.DataSource;

/**
 * The emails that have not left yet, as rows of the server's identity database, and for a while those that have. Every change
 * of state is one conditional UPDATE, so that several nodes of a cluster share the work. Thread-safe.
 */
public final class MailStore {

    private static final String TABLE = "BOOKSTORE_REGISTRATION_MAIL";
    private static final String CREATE = "mail-outbox.sql";
    /** SQL state class of a violated constraint. */
    private static final String INTEGRITY = "23";

    private static final int MOST_AT_ONCE = 50;
    private static final int LONGEST_NAME = 255;
    private static final int LONGEST_REASON = 1000;

    /** An email that is due, with what was tried already. */
    static final class Due {
        final OutgoingMail mail;
        final int attempts;

        private Due(OutgoingMail mail, int attempts) {
            this.mail = mail;
            this.attempts = attempts;
        }
    }

    private final DataSource database;

    public MailStore(DataSource database) {
        this.database = database;
    }

    /**
     * Creates the table unless it is there, and gives one of an earlier release what it lacks.
     *
     * @throws SQLException when it is neither there nor can be created, as by an account without that right; the shipped
     *                      {@value #CREATE} says what to create
     */
    public void createTable() throws SQLException, IOException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            if (!exists(connection)) {
                for (String sql : script().split(";")) {
                    if (!sql.isBlank()) {
                        statement.execute(sql.strip());
                    }
                }
                commit(connection);
            } else if (!hasCorrelationId(connection)) {
                statement.execute("ALTER TABLE " + TABLE + " ADD CORRELATION_ID VARCHAR(64)");
                commit(connection);
            }
        }
    }

    private static boolean hasCorrelationId(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet none = statement.executeQuery("SELECT * FROM " + TABLE + " WHERE 1 = 0")) {
            for (int column = 1; column <= none.getMetaData().getColumnCount(); column++) {
                if ("CORRELATION_ID".equalsIgnoreCase(none.getMetaData().getColumnName(column))) {
                    return true;
                }
            }
            return false;
        }
    }

    private static boolean exists(Connection connection) throws SQLException {
        // Some databases keep unquoted names in small letters.
        for (String name : new String[] {TABLE, TABLE.toLowerCase(Locale.ROOT)}) {
            try (ResultSet tables =
                    connection.getMetaData().getTables(connection.getCatalog(), connection.getSchema(), name, null)) {
                if (tables.next()) {
                    return true;
                }
            }
        }
        return false;
    }

    private static String script() throws IOException {
        try (InputStream in = MailStore.class.getResourceAsStream(CREATE)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replaceAll("(?m)^--.*$", "");
        }
    }

    /**
     * Keeps an email, unless the same one was kept before.
     *
     * @param held whether it waits for {@link #release}, and is looked into at {@code due} if that never comes
     */
    void add(OutgoingMail mail, boolean held, Instant now, Instant due) throws SQLException {
        Registration registration = mail.registration();
        try {
            change(
                    "INSERT INTO " + TABLE + " (MAIL_ID, REQUEST_ID, KIND, RECIPIENT, USER_STORE, USER_NAME, MAIL,"
                            + " DISPLAY_NAME, REASON, TENANT_DOMAIN, CORRELATION_ID, STATUS, ATTEMPTS, DUE_AT, CREATED_AT)"
                            + " VALUES (?,?,?,?,?,?,?,?,?,?,?,?,0,?,?)",
                    mail.id(),
                    registration.requestId(),
                    mail.kind().name(),
                    mail.to(),
                    registration.userStore(),
                    registration.userName(),
                    registration.mail(),
                    cut(registration.displayName(), LONGEST_NAME),
                    cut(mail.reason(), LONGEST_REASON),
                    mail.tenantDomain(),
                    mail.correlationId(),
                    held ? "HELD" : "WAITING",
                    due.toEpochMilli(),
                    now.toEpochMilli());
        } catch (SQLException refused) {
            if (!isDuplicate(refused)) {
                throw refused;
            }
        }
    }

    private static boolean isDuplicate(SQLException refused) {
        return refused instanceof SQLIntegrityConstraintViolationException
                || refused.getSQLState() != null && refused.getSQLState().startsWith(INTEGRITY);
    }

    private static String cut(String text, int longest) {
        return text == null || text.length() <= longest ? text : text.substring(0, longest);
    }

    /** Lets a held email go, if it still is held. */
    void release(String mailId, Instant now) throws SQLException {
        change(
                "UPDATE " + TABLE + " SET STATUS = 'WAITING', DUE_AT = ? WHERE MAIL_ID = ? AND STATUS = 'HELD'",
                now.toEpochMilli(),
                mailId);
    }

    /** Forgets an email that still is held. */
    void discard(String mailId) throws SQLException {
        change("DELETE FROM " + TABLE + " WHERE MAIL_ID = ? AND STATUS = 'HELD'", mailId);
    }

    /** Mails to send now, the oldest first. */
    List<Due> due(Instant now) throws SQLException {
        return query("WAITING", now);
    }

    /** Held emails that were not released in time. */
    List<Due> overdue(Instant now) throws SQLException {
        return query("HELD", now);
    }

    private List<Due> query(String status, Instant now) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement =
                        connection.prepareStatement("SELECT REQUEST_ID, KIND, RECIPIENT, USER_STORE, USER_NAME,"
                                + " MAIL, DISPLAY_NAME, REASON, TENANT_DOMAIN, CORRELATION_ID, ATTEMPTS FROM " + TABLE
                                + " WHERE STATUS = ? AND DUE_AT <= ? ORDER BY CREATED_AT")) {
            statement.setMaxRows(MOST_AT_ONCE);
            statement.setString(1, status);
            statement.setLong(2, now.toEpochMilli());
            List<Due> found = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(new Due(
                            new OutgoingMail(
                                    MailKind.valueOf(rows.getString(2)),
                                    rows.getString(3),
                                    new Registration(
                                            rows.getString(1),
                                            rows.getString(4),
                                            rows.getString(5),
                                            rows.getString(6),
                                            rows.getString(7)),
                                    rows.getString(8),
                                    rows.getString(9),
                                    rows.getString(10)),
                            rows.getInt(11)));
                }
            }
            return found;
        }
    }

    /**
     * Takes an email to send it.
     *
     * @param until when it is due again if this node dies meanwhile
     * @return whether it is this caller's, and no other node has taken it
     */
    boolean take(Due due, Instant until) throws SQLException {
        return change(
                        "UPDATE " + TABLE
                                + " SET ATTEMPTS = ATTEMPTS + 1, DUE_AT = ? WHERE MAIL_ID = ? AND STATUS = 'WAITING'"
                                + " AND ATTEMPTS = ?",
                        until.toEpochMilli(),
                        due.mail.id(),
                        due.attempts)
                == 1;
    }

    /** The email was sent: recipient and content are removed. */
    void sent(OutgoingMail mail) throws SQLException {
        change(
                "UPDATE " + TABLE + " SET STATUS = 'SENT', RECIPIENT = NULL, USER_NAME = NULL, MAIL = NULL,"
                        + " DISPLAY_NAME = NULL, REASON = NULL WHERE MAIL_ID = ?",
                mail.id());
    }

    void tryAgain(OutgoingMail mail, Instant at) throws SQLException {
        change("UPDATE " + TABLE + " SET DUE_AT = ? WHERE MAIL_ID = ?", at.toEpochMilli(), mail.id());
    }

    void giveUp(OutgoingMail mail) throws SQLException {
        change("UPDATE " + TABLE + " SET STATUS = 'DEAD' WHERE MAIL_ID = ?", mail.id());
    }

    /** Removes what left, or was given up, and was made longer than this ago. */
    void purge(Instant now, Duration age) throws SQLException {
        change(
                "DELETE FROM " + TABLE + " WHERE STATUS IN ('SENT', 'DEAD') AND CREATED_AT < ?",
                now.minus(age).toEpochMilli());
    }

    private int change(String sql, Object... values) throws SQLException {
        try (Connection connection = database.getConnection()) {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                for (int i = 0; i < values.length; i++) {
                    statement.setObject(i + 1, values[i]);
                }
                int rows = statement.executeUpdate();
                commit(connection);
                return rows;
            } catch (SQLException failed) {
                if (!connection.getAutoCommit()) {
                    connection.rollback();
                }
                throw failed;
            }
        }
    }

    private static void commit(Connection connection) throws SQLException {
        if (!connection.getAutoCommit()) {
            connection.commit();
        }
    }
}
