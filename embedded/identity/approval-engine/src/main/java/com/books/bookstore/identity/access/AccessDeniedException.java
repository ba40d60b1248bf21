package com.books.bookstore.identity.access;

/** A request without the right to what it asks for. */
public final class AccessDeniedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String challenge;

    private AccessDeniedException(int status, String challenge, String message) {
        super(message, null, false, false);
        this.status = status;
        this.challenge = challenge;
    }

    static AccessDeniedException unauthenticated(String message) {
        return new AccessDeniedException(401, "Bearer realm=\"books.com\", Basic realm=\"books.com\"", message);
    }

    static AccessDeniedException invalidToken(String message) {
        return new AccessDeniedException(401, "Bearer realm=\"books.com\", error=\"invalid_token\"", message);
    }

    static AccessDeniedException unavailable(String message) {
        return new AccessDeniedException(503, null, message);
    }

    public static AccessDeniedException forbidden(String scope) {
        return new AccessDeniedException(
                403,
                "Bearer realm=\"books.com\", error=\"insufficient_scope\", scope=\"" + scope + "\"",
                "This needs the right " + scope + ".");
    }

    /** 401, 403 or 503. */
    public int status() {
        return status;
    }

    /** Value of WWW-Authenticate, or null. */
    public String challenge() {
        return challenge;
    }
}
