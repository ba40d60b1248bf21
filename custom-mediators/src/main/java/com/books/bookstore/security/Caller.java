package com.books.bookstore.security;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Who sent a request, as a verified token says. Immutable. */
public final class Caller {

    private final String subject;
    private final String email;
    private final Set<String> scopes;
    private final String scopeText;
    private final String client;
    private final boolean application;

    /**
     * @param subject the identity provider's name for the caller
     * @param email   the caller's email address in any case, or null if the token has none
     * @param scopes  what the token allows
     */
    public Caller(String subject, String email, Set<String> scopes) {
        this(subject, email, scopes, null);
    }

    /** @param client the application that the token was issued to, or null if the token does not say */
    public Caller(String subject, String email, Set<String> scopes, String client) {
        this(subject, email, scopes, client, false);
    }

    private Caller(String subject, String email, Set<String> scopes, String client, boolean application) {
        this.subject = subject;
        this.email = email == null ? null : email.toLowerCase(Locale.ROOT);
        this.scopes = Set.copyOf(scopes);
        this.scopeText = String.join(" ", new TreeSet<>(scopes));
        this.client = client;
        this.application = application;
    }

    /** An application that acts for itself and for no user. */
    static Caller application(String subject, Set<String> scopes, String client) {
        return new Caller(subject, null, scopes, client, true);
    }

    public String subject() {
        return subject;
    }

    /** In lower case: that is how orders name their owners. */
    public Optional<String> email() {
        return Optional.ofNullable(email);
    }

    /** The application that acts for the caller. */
    public Optional<String> client() {
        return Optional.ofNullable(client);
    }

    /** Whether an application acts for itself, and for no user. */
    public boolean isApplication() {
        return application;
    }

    public Set<String> scopes() {
        return scopes;
    }

    /** The scopes in alphabetical order, separated by blanks. */
    public String scopeText() {
        return scopeText;
    }

    public boolean hasScope(String scope) {
        return scopes.contains(scope);
    }

    public boolean hasOneOf(List<String> wanted) {
        for (String scope : wanted) {
            if (hasScope(scope)) {
                return true;
            }
        }
        return false;
    }
}
