package com.books.bookstore.security;

/** The identity provider's keys cannot be read, so that no token can be verified. */
public final class KeysUnavailableException extends Exception {

    private static final long serialVersionUID = 1L;

    KeysUnavailableException(Throwable cause) {
        super("The keys of the identity server cannot be read", cause);
    }
}
