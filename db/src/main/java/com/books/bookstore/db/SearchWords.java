package com.books.bookstore.db;

import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.SQLException;

/** The words by which books that were not added by a procedure are found. */
final class SearchWords {

    private SearchWords() {}

    /**
     * Writes them down. Part of the caller's transaction.
     *
     * @param after only of books with higher numbers
     */
    static void index(Connection connection, int after) throws SQLException {
        try (CallableStatement call = connection.prepareCall("CALL index_books(?, ?)")) {
            call.setInt(1, after + 1);
            call.setInt(2, Integer.MAX_VALUE);
            call.execute();
        }
    }
}
