package com.books.bookstore.identity.oauth.signin;

import com.books.bookstore.identity.oauth.users.DirectoryUser;
import com.books.bookstore.identity.oauth.users.UserDirectory;
import com.books.bookstore.identity.oauth.users.UserDirectoryUnavailableException;
import com.books.bookstore.identity.throttle.SignInThrottle;
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

    /** Counts the names that no user can have; a name has no space. */
    private static final String NO_ACCOUNT = "no account";

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
        Optional<String> userName = UserNames.normalize(authentication.getName());
        String password = String.valueOf(authentication.getCredentials());
        String address = authentication.getDetails() instanceof WebAuthenticationDetails details
                ? details.getRemoteAddress()
                : "";
        String account = userName.map(UserNames::account).orElse(NO_ACCOUNT);

        Duration waitingTime = throttle.begin(account, address);
        if (!waitingTime.isZero()) {
            throw new TooManyAttemptsException(waitingTime);
        }
        long started = System.nanoTime();
        Optional<DirectoryUser> user;
        try {
            user = userName.flatMap(name -> find(name, password));
        } catch (UserDirectoryUnavailableException e) {
            throttle.cancelled(account, address);
            LOG.error("No user can sign in: {}", e.getMessage());
            throw new AuthenticationServiceException("The user directory is unavailable");
        } catch (RuntimeException e) {
            throttle.cancelled(account, address);
            throw e;
        }
        if (user.isEmpty()) {
            throttle.refused(account, address);
            waitUntil(started + failureTime.toNanos());
            throw new BadCredentialsException("Unknown user or wrong password");
        }
        throttle.accepted(account, address);
        UsernamePasswordAuthenticationToken signedIn = SignIn.of(user.get(), clock.instant());
        signedIn.setDetails(authentication.getDetails());
        return signedIn;
    }

    private Optional<DirectoryUser> find(String userName, String password) {
        return password.length() > MAX_LENGTH
                ? Optional.empty()
                : directory.authenticate(userName, password).filter(DirectoryUser::active);
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
