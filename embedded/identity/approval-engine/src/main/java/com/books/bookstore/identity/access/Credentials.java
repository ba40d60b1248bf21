package com.books.bookstore.identity.access;

import java.text.Normalizer;
import java.util.regex.Pattern;

/**
 * What every door of this server does with user names and passwords before it looks at them, so that no door accepts what
 * another refuses: SCIM, sign-up, Basic authentication and the authorization server's question.
 */
public final class Credentials {

    /**
     * No separators of user stores ({@code /}, {@code \\}), no patterns ({@code * ? %}), no list or quote characters, no spaces and
     * no control or format characters: a name must mean one user and fit on one line of a log.
     */
    private static final Pattern NAME = Pattern.compile("[^\\s\\p{Cc}\\p{Cf}\\p{Cs}\\p{Z}/\\\\,;\"%*?<>]{3,254}");

    private Credentials() {}

    /** Whether a user may have this name. A name that no user may have is never looked up and never logged. */
    public static boolean isUserName(String name) {
        return name != null && NAME.matcher(name).matches();
    }

    /**
     * The form in which a password is stored and compared (RFC 8265: NFC), so that the same keys on another keyboard give the same
     * password. Nothing is trimmed.
     */
    public static String normalize(String password) {
        return Normalizer.normalize(password, Normalizer.Form.NFC);
    }
}
