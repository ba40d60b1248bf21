package com.books.bookstore.identity.oauth.users;

import java.util.Optional;

/** Where users and their passwords are kept. Implementations are thread safe and never log a password. */
public interface UserDirectory {

    /**
     * Checks a password.
     *
     * @return the user, or empty when there is no such user, the password is wrong or the user may not sign in (yet): callers
     *         are not told which
     * @throws UserDirectoryUnavailableException when the answer cannot be had now
     */
    Optional<DirectoryUser> authenticate(String userName, String password);
}
