package com.books.bookstore.identity.access;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;

/** What the starter of the kernel tells it about the OAuth server, as system properties. Immutable. */
public final class AccessSettings {

    /** Value of {@code iss} in the tokens to accept. Without it no token is accepted. */
    public static final String ISSUER = "bookstore.oauth.issuer";
    /** Address of the OAuth server's key set. */
    public static final String JWKS_URL = "bookstore.oauth.jwks";
    /** Value that {@code aud} must hold, or empty for any. */
    public static final String AUDIENCE = "bookstore.oauth.audience";
    /** File with the secret that the OAuth server shows at /internal/authenticate. */
    public static final String SECRET_FILE = "bookstore.internal.secretFile";

    private AccessSettings() {}

    static String issuer() {
        return System.getProperty(ISSUER, "");
    }

    static String jwksUrl() {
        return System.getProperty(JWKS_URL, "");
    }

    static String audience() {
        return System.getProperty(AUDIENCE, "");
    }

    /** @return the secret, or an empty text when none is set up */
    public static String internalSecret() throws IOException {
        String file = System.getProperty(SECRET_FILE, "");
        if (file.isEmpty()) {
            return "";
        }
        Path path = Paths.get(file);
        return new String(Files.readAllBytes(path), StandardCharsets.UTF_8).trim();
    }
}
