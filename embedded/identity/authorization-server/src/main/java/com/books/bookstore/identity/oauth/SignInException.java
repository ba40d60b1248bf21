package com.books.bookstore.identity.oauth;

/** A sign-in did not yield tokens. The message is fit to be shown to the user and holds no secret. */
public class SignInException extends Exception {

    private static final long serialVersionUID = 1L;

    /** Why; decides what a command tells its user to do. */
    public enum Reason {
        /** Unknown user, wrong password, or a registration that nobody approved yet. */
        REFUSED,
        /** Too many failures: try again later. */
        THROTTLED,
        /** The server is away, or cannot reach its users. */
        UNAVAILABLE,
        /** The server answered something else than this client understands. */
        UNEXPECTED
    }

    private final Reason reason;

    public SignInException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public SignInException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
