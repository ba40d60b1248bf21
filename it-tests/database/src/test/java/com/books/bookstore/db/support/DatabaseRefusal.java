package com.books.bookstore.db.support;

import java.sql.SQLException;

/** An SQLException that tests need not declare. */
public final class DatabaseRefusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DatabaseRefusal(SQLException cause) {
        super(cause.getMessage() + " [" + cause.getSQLState() + "/" + cause.getErrorCode() + "]", cause);
    }
}
