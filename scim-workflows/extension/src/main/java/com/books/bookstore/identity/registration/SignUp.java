package com.books.bookstore.identity.registration;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A user about to be created, as far as the decision whether it waits needs to know it. Contains no password.
 * Immutable.
 */
public final class SignUp {

    /** Who creates the user. */
    public enum Origin {
        /** An application with its own credentials. */
        APPLICATION,
        /** A new user on the server's own registration page. */
        REGISTRATION_PAGE,
        /** A user who is signed in and creates another one, for which the server requires the right. */
        ADMINISTRATOR,
        /** The server itself: a user of another identity provider signs in for the first time. */
        SERVER,
        /** The server does not say. */
        UNKNOWN
    }

    private final Origin origin;
    private final Set<String> clients;
    private final String tenantDomain;
    private final String userStore;
    private final String userName;
    private final String mail;
    private final List<String> personNames;
    private final int requestedRoles;

    /**
     * @param origin         who creates the user
     * @param clients        all names by which the server knows the calling application: client id and application name; empty when it
     *                       knows none
     * @param tenantDomain   tenant of the new user
     * @param userStore      domain of the user store, or null for the primary one
     * @param userName       requested name, without a domain
     * @param mail           email address, or null
     * @param personNames    given and family name, as far as they are sent
     * @param requestedRoles number of requested roles
     */
    public SignUp(
            Origin origin,
            Set<String> clients,
            String tenantDomain,
            String userStore,
            String userName,
            String mail,
            List<String> personNames,
            int requestedRoles) {
        this.origin = origin;
        this.clients = Collections.unmodifiableSet(new LinkedHashSet<>(clients));
        this.tenantDomain = tenantDomain;
        this.userStore = userStore == null || userStore.isEmpty() ? "PRIMARY" : userStore.toUpperCase(Locale.ROOT);
        this.userName = userName;
        this.mail = mail;
        this.personNames = Collections.unmodifiableList(new ArrayList<>(personNames));
        this.requestedRoles = requestedRoles;
    }

    public Origin origin() {
        return origin;
    }

    public Set<String> clients() {
        return clients;
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

    public List<String> personNames() {
        return personNames;
    }

    public int requestedRoles() {
        return requestedRoles;
    }
}
