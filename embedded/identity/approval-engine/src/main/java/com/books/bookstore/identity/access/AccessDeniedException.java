package com.books.bookstore.identity.access;

import java.time.Duration;
import javax.servlet.http.HttpServletResponse;

/** A request without the right to what it asks for. */
public final class AccessDeniedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String challenge;
    private final long retryAfterSeconds;

    private AccessDeniedException(int status, String challenge, String message) {
        this(status, challenge, message, 0);
    }

    private AccessDeniedException(int status, String challenge, String message, long retryAfterSeconds) {
        super(message, null, false, false);
        this.status = status;
        this.challenge = challenge;
        this.retryAfterSeconds = retryAfterSeconds;
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

    static AccessDeniedException tooManyAttempts(Duration wait) {
        return new AccessDeniedException(
                429,
                null,
                "There were too many wrong passwords. Try again later.",
                Math.max(1, wait.plusMillis(999).toSeconds()));
    }

    /** 403 for a request that wants the current password, because the caller's sign-in was too long ago. */
    public static AccessDeniedException passwordNeeded() {
        return new AccessDeniedException(
                403,
                "Bearer realm=\"books.com\", error=\"insufficient_user_authentication\", max_age=\"300\"",
                "Sign in again first, or send the current password by Basic authentication.");
    }

    public static AccessDeniedException forbidden(String scope) {
        return new AccessDeniedException(
                403,
                "Bearer realm=\"books.com\", error=\"insufficient_scope\", scope=\"" + scope + "\"",
                "This needs the right " + scope + ".");
    }

    /** Sets what the answer's header has to say. */
    public void describe(HttpServletResponse response) {
        if (challenge != null) {
            response.setHeader("WWW-Authenticate", challenge);
        }
        if (retryAfterSeconds > 0) {
            response.setHeader("Retry-After", Long.toString(retryAfterSeconds));
        }
    }

    /** 401, 403, 429 or 503. */
    public int status() {
        return status;
    }
}
