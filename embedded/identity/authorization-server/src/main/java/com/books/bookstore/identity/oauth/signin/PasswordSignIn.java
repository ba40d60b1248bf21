package com.books.bookstore.identity.oauth.signin;

import com.books.bookstore.identity.oauth.users.DirectoryUser;
import com.books.bookstore.identity.oauth.users.UserDirectory;
import com.books.bookstore.identity.oauth.users.UserDirectoryUnavailableException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

/**
 * Checks a user name and password against the user directory. A refusal does not say what was wrong, neither in words nor by
 * the time it takes. Thread safe.
 */
public final class PasswordSignIn implements AuthenticationProvider {

    private static final Logger LOG = LoggerFactory.getLogger(PasswordSignIn.class);

    /** Longer ones are refused unread, as hashing them would keep the server busy. */
    private static final int MAX_LENGTH = 256;

    private final UserDirectory directory;
    private final SignInThrottle throttle;
    private final Duration failureTime;
    private final Clock clock;

    public PasswordSignIn(UserDirectory directory, SignInThrottle throttle, Duration failureTime, Clock clock) {
        this.directory = directory;
        this.throttle = throttle;
        this.failureTime = failureTime;
        this.clock = clock;
    }

    @Override
    public Authentication authenticate(Authentication authentication) {
        String userName = authentication.getName().strip();
        String password = String.valueOf(authentication.getCredentials());
        String address = authentication.getDetails() instanceof WebAuthenticationDetails details
                ? details.getRemoteAddress()
                : "";

        Duration waitingTime = throttle.waitingTime(userName, address);
        if (!waitingTime.isZero()) {
            throw new TooManyAttemptsException(waitingTime);
        }
        long started = System.nanoTime();
        Optional<DirectoryUser> user = find(userName, password);
        if (user.isEmpty()) {
            throttle.failed(userName, address);
            waitUntil(started + failureTime.toNanos());
            throw new BadCredentialsException("Unknown user or wrong password");
        }
        throttle.succeeded(userName);
        UsernamePasswordAuthenticationToken signedIn = SignIn.of(user.get(), clock.instant());
        signedIn.setDetails(authentication.getDetails());
        return signedIn;
    }

    private Optional<DirectoryUser> find(String userName, String password) {
        if (userName.isEmpty() || userName.length() > MAX_LENGTH || password.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        try {
            return directory.authenticate(userName, password);
        } catch (UserDirectoryUnavailableException e) {
            LOG.error("No user can sign in: {}", e.getMessage());
            throw new AuthenticationServiceException("The user directory is unavailable");
        }
    }

    private static void waitUntil(long nanoTime) {
        for (long left = nanoTime - System.nanoTime();
                left > 0 && !Thread.currentThread().isInterrupted();
                left = nanoTime - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return UsernamePasswordAuthenticationToken.class.equals(authentication);
    }
}
