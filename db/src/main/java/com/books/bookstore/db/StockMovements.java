package com.books.bookstore.db;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The first stock of books that were not added by a procedure. */
final class StockMovements {

    private StockMovements() {}

    /** The highest number of a book, 0 if there is none. */
    static int lastBook(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT COALESCE(MAX(book_id), 0) FROM books")) {
            row.next();
            return row.getInt(1);
        }
    }

    /**
     * Gives each book that has copies but no movement a first one: its stock, received. Part of the caller's transaction.
     *
     * @param after only books with higher numbers
     */
    static void addMissing(Connection connection, int after) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "INSERT INTO stock_movements (book_id, type, stock_change, stock_after, actor)"
                        + " SELECT b.book_id, 'received', b.stock_quantity, b.stock_quantity, 'bookstore-db'"
                        + " FROM books b LEFT JOIN stock_movements m ON m.book_id = b.book_id"
                        + " WHERE m.movement_id IS NULL AND b.stock_quantity <> 0 AND b.book_id > ?")) {
            statement.setInt(1, after);
            statement.executeUpdate();
        }
    }
}
