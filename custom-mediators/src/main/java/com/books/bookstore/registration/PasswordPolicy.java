package com.books.bookstore.registration;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * What a password needs: a length, an uppercase and a lowercase letter, a digit and another character. The same rules are set on the identity server
 * ({@code scim-workflows/identity-server/password-policy.json}), where they hold for every other way to set a password. Checked here so that an
 * applicant hears of everything at once; the identity server has the last word. Immutable.
 */
public final class PasswordPolicy {

    /** Identity Server's default. */
    public static final int DEFAULT_MINIMUM_LENGTH = 8;

    public static final int MAXIMUM_LENGTH = 64;

    private static final int LINE_SEPARATOR = 0x2028;
    private static final int PARAGRAPH_SEPARATOR = 0x2029;

    private final int minimumLength;

    /**
     * @param minimumLength characters at least, 1 to {@value #MAXIMUM_LENGTH}
     * @throws IllegalArgumentException if it is something else
     */
    public PasswordPolicy(int minimumLength) {
        if (minimumLength < 1 || minimumLength > MAXIMUM_LENGTH) {
            throw new IllegalArgumentException("The minimum length of passwords must be from 1 to " + MAXIMUM_LENGTH);
        }
        this.minimumLength = minimumLength;
    }

    /**
     * What is wrong with a password, one sentence each; none of them quotes it. Looked at in Unicode form NFC, in which identity servers should
     * compare passwords; it is not changed, since Identity Server itself compares what was typed.
     */
    public List<String> violations(String text) {
        String password = Normalizer.normalize(text, Normalizer.Form.NFC);
        List<String> violations = new ArrayList<>();
        int length = password.codePointCount(0, password.length());
        if (length < minimumLength || length > MAXIMUM_LENGTH) {
            violations.add("must have " + minimumLength + " to " + MAXIMUM_LENGTH + " characters");
        }
        demand(password, PasswordPolicy::isUppercase, "must contain an uppercase letter (A to Z)", violations);
        demand(password, PasswordPolicy::isLowercase, "must contain a lowercase letter (a to z)", violations);
        demand(password, PasswordPolicy::isDigit, "must contain a digit (0 to 9)", violations);
        demand(
                password,
                c -> !isUppercase(c) && !isLowercase(c) && !isDigit(c),
                "must contain a symbol or another character besides A to Z, a to z and 0 to 9",
                violations);
        if (password.startsWith(" ") || password.endsWith(" ")) {
            violations.add("must not begin or end with a space");
        }
        if (password.codePoints()
                .anyMatch(c -> Character.isISOControl(c) || c == LINE_SEPARATOR || c == PARAGRAPH_SEPARATOR)) {
            violations.add("must not contain control characters");
        }
        return violations;
    }

    private static boolean isUppercase(int character) {
        return character >= 'A' && character <= 'Z';
    }

    private static boolean isLowercase(int character) {
        return character >= 'a' && character <= 'z';
    }

    private static boolean isDigit(int character) {
        return character >= '0' && character <= '9';
    }

    private static void demand(String password, IntPredicate character, String violation, List<String> violations) {
        if (password.codePoints().noneMatch(character)) {
            violations.add(violation);
        }
    }
}
