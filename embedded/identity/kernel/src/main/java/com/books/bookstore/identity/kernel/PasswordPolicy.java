package com.books.bookstore.identity.kernel;

import java.security.SecureRandom;
import java.util.Base64;

/**
 * What every password set on this server needs, in the form in which WSO2's user stores take a policy: a regular expression and a
 * sentence for people. The registration API has the same rules, and {@code scim-workflows/identity-server/password-policy.json} sets
 * them on Identity Server; one table of examples holds all of them together.
 *
 * @param minimumLength characters at least, 1 to {@value #MAXIMUM_LENGTH}
 */
public record PasswordPolicy(int minimumLength) {

    /** As many as Identity Server demands by default. */
    public static final int DEFAULT_MINIMUM_LENGTH = 8;

    public static final int MAXIMUM_LENGTH = 64;

    public PasswordPolicy {
        if (minimumLength < 1 || minimumLength > MAXIMUM_LENGTH) {
            throw new IllegalArgumentException("The minimum length of passwords must be from 1 to " + MAXIMUM_LENGTH);
        }
    }

    /** In a form that Java and browsers read alike, since Identity Server's pages check it too. */
    public String pattern() {
        return "^(?! )(?!.* $)(?=.*[A-Z])(?=.*[a-z])(?=.*[0-9])(?=.*[^A-Za-z0-9])"
                + "[^\\u0000-\\u001f\\u007f-\\u009f\\u2028\\u2029\\ufffe\\uffff]{" + minimumLength + ","
                + MAXIMUM_LENGTH + "}$";
    }

    /** One sentence, without the password. */
    public String description() {
        return "The password needs " + minimumLength + " to " + MAXIMUM_LENGTH
                + " characters, among them an uppercase letter (A to Z),"
                + " a lowercase letter (a to z), a digit (0 to 9) and a character that is none of these; no control characters,"
                + " and no space at either end.";
    }

    /** A new random password that every policy accepts. */
    public static String password() {
        byte[] random = new byte[45];
        new SecureRandom().nextBytes(random);
        // 60 characters, which may lack one that is needed.
        return "Aa1-" + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    /** Whether the policy accepts a password. */
    public boolean accepts(String password) {
        return password.matches(pattern());
    }
}
