package com.books.bookstore.security;

/** A confirmation token proves nothing, or nothing any more. */
public final class UnconfirmedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final boolean expired;

    UnconfirmedException(boolean expired) {
        super(expired ? "The confirmation token has expired" : "The confirmation token is not valid");
        this.expired = expired;
    }

    /** Whether the token was valid before; otherwise it was never issued here. */
    public boolean isExpired() {
        return expired;
    }
}
