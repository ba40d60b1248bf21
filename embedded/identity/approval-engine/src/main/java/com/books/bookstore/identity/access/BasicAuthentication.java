package com.books.bookstore.identity.access;

import com.books.bookstore.identity.throttle.SignInThrottle;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import org.wso2.carbon.user.api.UserStoreException;

/** Users who show their name and password with a request (RFC 7617). Wrong ones are slowed down. Thread-safe. */
final class BasicAuthentication {

    private static final String WRONG = "User name or password is wrong.";

    /** The user store's answer about one name and password. */
    @FunctionalInterface
    interface Passwords {

        /** @return id of the active user, or null when name or password is wrong, or the user is not active */
        String check(String userName, String password) throws UserStoreException;
    }

    private final Passwords passwords;
    private final SignInThrottle throttle;

    BasicAuthentication(Passwords passwords, SignInThrottle throttle) {
        this.passwords = passwords;
        this.throttle = throttle;
    }

    /**
     * Finds the user whose name and password a request shows.
     *
     * @param encoded what follows {@code Basic} in the header
     * @param address where the request comes from
     * @return the user's id
     * @throws AccessDeniedException 401 when name or password is wrong, 429 when this has to wait
     * @throws UserStoreException when the password could not be checked; that is no wrong password
     */
    String authenticate(String encoded, String address) throws AccessDeniedException, UserStoreException {
        String decoded;
        try {
            decoded = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notBase64) {
            throw AccessDeniedException.unauthenticated("The credentials are malformed.");
        }
        int colon = decoded.indexOf(':');
        String userName = decoded.substring(0, Math.max(0, colon));
        if (!Credentials.isUserName(userName)) {
            throw AccessDeniedException.unauthenticated(WRONG);
        }
        String account = userName.toLowerCase(Locale.ROOT);
        Duration wait = throttle.begin(account, address);
        if (!wait.isZero()) {
            throw AccessDeniedException.tooManyAttempts(wait);
        }
        String id;
        try {
            id = passwords.check(userName, decoded.substring(colon + 1));
        } catch (UserStoreException | RuntimeException unchecked) {
            throttle.cancelled(account, address);
            throw unchecked;
        }
        if (id == null) {
            throttle.refused(account, address);
            throw AccessDeniedException.unauthenticated(WRONG);
        }
        throttle.accepted(account, address);
        return id;
    }
}
