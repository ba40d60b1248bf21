package com.books.bookstore.runtime;

import com.books.bookstore.embedded.StartException;

/** The runtime could not start. */
public class RuntimeStartException extends StartException {

    private static final long serialVersionUID = 1L;

    public RuntimeStartException(String message) {
        super(message);
    }

    public RuntimeStartException(String message, Throwable cause) {
        super(message, cause);
    }
}
