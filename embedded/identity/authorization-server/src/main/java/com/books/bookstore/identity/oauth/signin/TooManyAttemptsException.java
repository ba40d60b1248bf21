package com.books.bookstore.identity.oauth.signin;

import java.time.Duration;
import org.springframework.security.core.AuthenticationException;

/** Too many passwords were refused; carries how long the next attempt has to wait. */
public final class TooManyAttemptsException extends AuthenticationException {

    private static final long serialVersionUID = 1L;

    private final Duration waitingTime;

    TooManyAttemptsException(Duration waitingTime) {
        super("Too many refused passwords");
        this.waitingTime = waitingTime;
    }

    public Duration waitingTime() {
        return waitingTime;
    }
}
