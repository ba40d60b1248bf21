package com.books.bookstore.embedded;

/**
 * Something could not start or a command could not be carried out. The message is one line for the person at the terminal and says what
 * to do where that is known; no stack trace is needed to understand it.
 */
public class StartException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public StartException(String message) {
        super(message);
    }

    public StartException(String message, Throwable cause) {
        super(message, cause);
    }
}
