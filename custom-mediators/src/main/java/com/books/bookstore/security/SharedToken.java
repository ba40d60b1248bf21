package com.books.bookstore.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** A bearer token that both sides know from their configuration. Immutable; its text form does not show it. */
public final class SharedToken {

    private static final String SCHEME = "Bearer ";

    private final byte[] token;

    /** @param token the configured token; empty for none, which nothing matches */
    public SharedToken(String token) {
        this.token = token.strip().getBytes(StandardCharsets.UTF_8);
    }

    public boolean isConfigured() {
        return token.length > 0;
    }

    /**
     * Compares in the same time whatever is sent, so that the token cannot be guessed character by character.
     *
     * @param authorization the header of a request, or null
     */
    public boolean matches(String authorization) {
        if (!isConfigured()
                || authorization == null
                || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return false;
        }
        byte[] sent = authorization.substring(SCHEME.length()).strip().getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(token, sent);
    }
}
