package com.books.bookstore.runtime.identity;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The users of the demo, with the scopes that the APIs ask for. */
public enum DemoUser {

    CUSTOMER("orders:create orders:read"),
    STAFF("inventory:write orders:read orders:read_all orders:process"),
    ADMIN("inventory:write orders:read orders:read_all orders:process registrations:approve");

    private final String scope;

    DemoUser(String scope) {
        this.scope = scope;
    }

    public static Optional<DemoUser> named(String userName) {
        return Arrays.stream(values()).filter(user -> user.userName().equals(userName)).findFirst();
    }

    public String userName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String email() {
        return userName() + "@books.com";
    }

    /** Separated by spaces. */
    public String scope() {
        return scope;
    }

    /**
     * The user's own name, unless the environment variable {@code BOOKSTORE_PASSWORD_<USER>} says otherwise. Demo users exist only on the
     * machine that runs the demo.
     */
    String password() {
        String password = System.getenv("BOOKSTORE_PASSWORD_" + name());
        return password == null || password.isEmpty() ? userName() : password;
    }
}
