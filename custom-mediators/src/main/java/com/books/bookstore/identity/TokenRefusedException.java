package com.books.bookstore.identity;

/** The identity server does not accept a caller's own token, or not for this. */
public final class TokenRefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final boolean invalid;

    TokenRefusedException(boolean invalid) {
        super(
                invalid
                        ? "The identity server does not accept the access token"
                        : "The access token lacks a scope that the identity server requires");
        this.invalid = invalid;
    }

    /** Whether the token itself is refused, and not only what it was used for. */
    public boolean isInvalid() {
        return invalid;
    }
}
