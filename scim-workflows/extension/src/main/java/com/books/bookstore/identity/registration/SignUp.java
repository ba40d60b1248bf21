package com.books.bookstore.identity.registration;

import java.util.Locale;

/**
 * A user about to be created, as far as the decision whether it waits needs to know it. Holds no password.
 * Immutable.
 */
public final class SignUp {

    private final boolean registering;
    private final String client;
    private final String tenantDomain;
    private final String userStore;
    private final String userName;
    private final String mail;
    private final int requestedRoles;

    /**
     * @param registering    whether the server is in the flow REGISTER (a user is created from outside)
     * @param client         name of the application or client that asks, or null when a person does
     * @param tenantDomain   tenant of the new user
     * @param userStore      domain of the user store, or null for the primary one
     * @param userName       name asked for, without a domain
     * @param mail           mail address, or null
     * @param requestedRoles number of roles asked for
     */
    public SignUp(
            boolean registering,
            String client,
            String tenantDomain,
            String userStore,
            String userName,
            String mail,
            int requestedRoles) {
        this.registering = registering;
        this.client = client;
        this.tenantDomain = tenantDomain;
        this.userStore = userStore == null || userStore.isEmpty() ? "PRIMARY" : userStore.toUpperCase(Locale.ROOT);
        this.userName = userName;
        this.mail = mail;
        this.requestedRoles = requestedRoles;
    }

    public boolean isRegistering() {
        return registering;
    }

    public String client() {
        return client;
    }

    public String tenantDomain() {
        return tenantDomain;
    }

    public String userStore() {
        return userStore;
    }

    public String userName() {
        return userName;
    }

    public String mail() {
        return mail;
    }

    public int requestedRoles() {
        return requestedRoles;
    }
}
