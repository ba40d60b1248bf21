package com.books.bookstore.identity.oauth.users;

import java.util.Optional;

/**
 * What users change in their own accounts. Callers make sure who the user is. Every method throws
 * {@link UserDirectoryUnavailableException} when the user store does not answer now. Implementations are thread safe and never log a
 * password.
 */
public interface Accounts {

    /** The user with this primary email address, active or not, whatever the address's case. */
    Optional<DirectoryUser> withEmail(String email);

    /**
     * Sets a password.
     *
     * @return what the password policy says, in one sentence, if it does not accept the password; nothing is changed then
     */
    Optional<String> setPassword(String id, String password);

    /** Sets first and last name. */
    void rename(String id, String givenName, String familyName);

    /** Deletes the user. */
    void delete(String id);
}
