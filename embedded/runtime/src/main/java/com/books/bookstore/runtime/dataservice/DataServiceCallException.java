package com.books.bookstore.runtime.dataservice;

/**
 * A call of a data service failed. The message holds neither SQL text nor parameter values. When the database was the
 * reason, the cause chain holds the driver's {@link java.sql.SQLException}, whose own message may hold either: it is
 * for programs to read (SQLState, error code) and not for callers or logs.
 */
public class DataServiceCallException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public DataServiceCallException(String message) {
        super(message);
    }

    public DataServiceCallException(String message, Throwable cause) {
        super(message, cause);
    }
}
