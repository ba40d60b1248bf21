package com.books.bookstore.it.support;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.UUID;

/** The users of the tests: one for each role, and a second customer. */
public enum User {
    CUSTOMER("customer", "orders:create orders:read"),
    OTHER_CUSTOMER("reader", "orders:create orders:read"),
    STAFF("staff", "inventory:write orders:read orders:read_all orders:process"),
    ADMIN(
            "admin",
            "inventory:write orders:read orders:read_all orders:process registrations:approve reports:read prices:manage mails:manage");

    private final String login;
    private final String scopes;

    User(String login, String scopes) {
        this.login = login;
        this.scopes = scopes;
    }

    public String login() {
        return login;
    }

    /** The user's ID in the identity provider: {@code sub} of the tokens, which is no name and no address. */
    public String subject() {
        return UUID.nameUUIDFromBytes(login.getBytes(StandardCharsets.UTF_8)).toString();
    }

    public String email() {
        return BookstoreSystem.deployment()
                .map(deployment -> deployment.email(this))
                .orElse(login + "@books.com");
    }

    /** What tokens of this user's role may do. */
    public Set<String> scopes() {
        return Set.of(scopes.split(" "));
    }

    public static User of(String login) {
        return Arrays.stream(values())
                .filter(user -> user.login.equals(login))
                .findFirst()
                .orElseThrow();
    }
}
