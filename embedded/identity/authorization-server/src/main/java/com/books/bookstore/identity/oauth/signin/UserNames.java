package com.books.bookstore.identity.oauth.signin;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What is done with a typed user name before it is counted or looked up, so that one account has one name. */
final class UserNames {

    private static final String PRIMARY_DOMAIN = "PRIMARY/";

    /**
     * No separators of user stores, no patterns, no list or quote characters, no spaces, no control or format characters: a name means
     * one user and fits on one line of a log. The user store has the same rule.
     */
    private static final Pattern NAME = Pattern.compile("[^\\s\\p{Cc}\\p{Cf}\\p{Cs}\\p{Z}/\\\\,;\"%*?<>]{1,254}");

    private UserNames() {}

    /**
     * The name without its user-store domain, in Unicode's composed form.
     *
     * @return empty when no user can have this name
     */
    static Optional<String> normalize(String typed) {
        String name = Normalizer.normalize(typed.strip(), Normalizer.Form.NFC);
        while (name.regionMatches(true, 0, PRIMARY_DOMAIN, 0, PRIMARY_DOMAIN.length())) {
            name = name.substring(PRIMARY_DOMAIN.length());
        }
        return NAME.matcher(name).matches() ? Optional.of(name) : Optional.empty();
    }

    /** The account that a normalized name belongs to: the user store ignores case. */
    static String account(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
