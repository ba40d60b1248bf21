package com.books.bookstore.security;

/** A token is not accepted. The message says why in words that may be shown to the caller. */
public final class InvalidTokenException extends Exception {

    private static final long serialVersionUID = 1L;

    InvalidTokenException(String reason) {
        super(reason, null, false, false);
    }
}
