package com.books.bookstore.identity;

/**
 * The identity server could not be asked, or did not answer as it should: it is unavailable, slow, failing, or refuses the registration
 * client. The message is fit for logs: it names no person, no address with parameters, no token.
 */
public final class IdentityServerException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public IdentityServerException(String message) {
        super(message);
    }

    public IdentityServerException(String message, Throwable cause) {
        super(message, cause);
    }
}
