package com.books.bookstore.identity.scim;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Runs several statements as one transaction, whatever a connection of the pool does by default. */
final class Transactions {

    private Transactions() {}

    interface Work {
        void with(Connection connection) throws SQLException;
    }

    /** @throws SQLException when a statement fails; then nothing has happened */
    static void run(DataSource database, Work work) throws SQLException {
        try (Connection connection = database.getConnection()) {
            boolean before = connection.getAutoCommit();
            connection.setAutoCommit(false);
            try {
                work.with(connection);
                connection.commit();
            } catch (SQLException failed) {
                connection.rollback();
                throw failed;
            } finally {
                connection.setAutoCommit(before);
            }
        }
    }
}
