package com.books.bookstore.identity.oauth.signin;

import com.books.bookstore.identity.oauth.users.DirectoryUser;
import com.books.bookstore.identity.oauth.users.UserDirectory;
import java.util.Optional;
import org.springframework.security.core.Authentication;

/**
 * Asks the user store whether a sign-in is still good: the user exists, is active, and neither password, roles, email nor state have
 * changed since. Asked for every authorization, exchange and use of a token at this server. Thread safe.
 */
public final class CurrentUsers {

    private final UserDirectory directory;

    public CurrentUsers(UserDirectory directory) {
        this.directory = directory;
    }

    /**
     * The user of this sign-in, as the user store knows them now.
     *
     * @return empty when the sign-in has ended
     * @throws com.books.bookstore.identity.oauth.users.UserDirectoryUnavailableException when the user store does not answer
     */
    public Optional<DirectoryUser> of(Authentication signIn) {
        return SignIn.stamp(signIn)
                .flatMap(stamp -> directory
                        .find(signIn.getName())
                        .filter(DirectoryUser::active)
                        .filter(user -> user.stamp().equals(stamp)));
    }
}
