package com.books.bookstore.identity.oauth.users;

import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * A user as the user store knows them at this moment.
 *
 * @param id         never changes and is never given to another user: the subject of tokens
 * @param userName   what the user signs in with
 * @param email      in lower case, as the bookstore compares email addresses exactly; empty when there is none
 * @param givenName  may be empty
 * @param familyName may be empty
 * @param roles      names as in {@code access-levels.yaml}; others are kept but allow nothing
 * @param active     whether the user may sign in
 * @param stamp      another text after each change of password, roles, email or state: sign-ins with an older stamp have ended
 */
public record DirectoryUser(
        String id,
        String userName,
        String email,
        String givenName,
        String familyName,
        List<String> roles,
        boolean active,
        String stamp) {

    public DirectoryUser {
        if (id == null || id.isBlank()) {
            throw new IllegalArgumentException("A user needs an id");
        }
        Objects.requireNonNull(userName, "userName");
        Objects.requireNonNull(stamp, "stamp");
        email = email == null ? "" : email.toLowerCase(Locale.ROOT);
        givenName = Objects.requireNonNullElse(givenName, "");
        familyName = Objects.requireNonNullElse(familyName, "");
        roles = roles == null ? List.of() : List.copyOf(roles);
    }
}
