package com.books.bookstore.signin;

/** A sign-in yielded no tokens. The message can be shown to the user and contains no secret. */
public class SignInException extends Exception {

    private static final long serialVersionUID = 1L;

    /** Why; a program decides by it what to tell its user. */
    public enum Reason {
        /** Unknown user, wrong password, an inactive account or a registration that is not approved yet. */
        REFUSED,
        /** Too many failed attempts: try again later. */
        THROTTLED,
        /** The server does not know one of the requested scopes. */
        UNKNOWN_SCOPE,
        /** The server cannot be reached, or cannot reach its user store. */
        UNAVAILABLE,
        /** The server answered something that this client does not understand, or the settings do not fit the server. */
        UNEXPECTED
    }

    private final Reason reason;

    SignInException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    SignInException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    static SignInException refused(String message) {
        return new SignInException(Reason.REFUSED, message);
    }

    static SignInException unexpected(String message) {
        return new SignInException(Reason.UNEXPECTED, message);
    }
}
