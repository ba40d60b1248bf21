package com.books.bookstore.runtime;

/**
 * The runtime could not start. The message is one line for the person at the terminal; there is no stack trace to read behind it.
 */
public class RuntimeStartException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public RuntimeStartException(String message) {
        super(message);
    }

    public RuntimeStartException(String message, Throwable cause) {
        super(message, cause);
    }
}
