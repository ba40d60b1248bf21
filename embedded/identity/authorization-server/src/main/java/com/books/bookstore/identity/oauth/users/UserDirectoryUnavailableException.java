package com.books.bookstore.identity.oauth.users;

/** The user store gave no usable answer: no user can sign in until it does. The message names no user and no secret. */
public class UserDirectoryUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UserDirectoryUnavailableException(String message) {
        super(message);
    }

    public UserDirectoryUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
