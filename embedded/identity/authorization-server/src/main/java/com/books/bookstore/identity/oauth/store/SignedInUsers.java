package com.books.bookstore.identity.oauth.store;

import com.books.bookstore.identity.oauth.users.DirectoryUser;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcOperations;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the user store said of each user when they last signed in, by user id. Tokens are made from it, so a new sign-in with
 * fewer roles also narrows the refresh tokens of earlier ones. Thread safe.
 */
public final class SignedInUsers {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final JdbcOperations jdbc;

    public SignedInUsers(JdbcOperations jdbc) {
        this.jdbc = jdbc;
    }

    public void remember(DirectoryUser user) {
        jdbc.update(
                "MERGE INTO signed_in_user (id, profile) KEY (id) VALUES (?, ?)",
                user.id(),
                JSON.writeValueAsString(user));
    }

    public Optional<DirectoryUser> find(String id) {
        return jdbc.queryForList("SELECT profile FROM signed_in_user WHERE id = ?", String.class, id).stream()
                .findFirst()
                .map(profile -> JSON.readValue(profile, DirectoryUser.class));
    }
}
