package com.books.bookstore.identity.oauth.users;

import java.util.Optional;

/** Where users and their passwords are kept. Implementations are thread safe and never log a password. */
public interface UserDirectory {

    /**
     * Checks a password.
     *
     * @return the user, or empty when there is no such user, the password is wrong or the user may not sign in (yet): callers
     *         are not told which
     * @throws UserDirectoryUnavailableException when the user store does not answer now
     */
    Optional<DirectoryUser> authenticate(String userName, String password);

    /**
     * The present state of a user, active or not. By id and never by name: another user may have the name later.
     *
     * @return empty when there is no user with this id (any more)
     * @throws UserDirectoryUnavailableException when the user store does not answer now
     */
    Optional<DirectoryUser> find(String id);
}
