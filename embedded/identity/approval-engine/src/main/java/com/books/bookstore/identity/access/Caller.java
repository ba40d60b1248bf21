package com.books.bookstore.identity.access;

import java.util.Collections;
import java.util.Set;

/** Who sent a request, after the credentials were verified. Immutable. */
public final class Caller {

    private final String userId;
    private final String userName;
    private final Set<String> roles;
    private final String client;
    private final Set<String> scopes;
    private final boolean recent;

    Caller(String userId, String userName, Set<String> roles, String client, Set<String> scopes, boolean recent) {
        this.userId = userId;
        this.userName = userName;
        this.roles = Collections.unmodifiableSet(roles);
        this.client = client;
        this.recent = recent;
        this.scopes = scopes == null ? null : Collections.unmodifiableSet(scopes);
    }

    /** Id in the user store, or null when a client calls on its own behalf. */
    public String userId() {
        return userId;
    }

    /** Name in the user store, or null when a client calls on its own behalf. */
    public String userName() {
        return userName;
    }

    /** Roles in the user store, without a domain; empty for a client. */
    public Set<String> roles() {
        return roles;
    }

    /** The OAuth client that called, or null when the user sent a name and a password. */
    public String client() {
        return client;
    }

    public boolean isUser() {
        return userId != null;
    }

    /** Whether the token allows the scope. A password stands for all that the user's roles allow. */
    public boolean hasScope(String scope) {
        return scopes == null || scopes.contains(scope);
    }

    /** Whether the user has just shown the password: with the request, or when signing in a short time ago. */
    public boolean hasShownPassword() {
        return recent;
    }

    public boolean hasRole(String role) {
        return roles.contains(role);
    }
}
