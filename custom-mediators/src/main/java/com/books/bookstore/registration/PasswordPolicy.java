package com.books.bookstore.registration;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * What a password needs, as Identity Server demands by default: a length, an upper case and a lower case letter, a digit and a symbol.
 * Checked here so that an applicant hears of everything at once; the identity server has the last word. Immutable.
 */
public final class PasswordPolicy {

    /** Identity Server's default. */
    public static final int DEFAULT_MINIMUM_LENGTH = 8;

    public static final int MAXIMUM_LENGTH = 64;

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

    /** What is wrong with a password, one sentence each; none of them quotes it. */
    public List<String> violations(String password) {
        List<String> violations = new ArrayList<>();
        int length = password.codePointCount(0, password.length());
        if (length < minimumLength || length > MAXIMUM_LENGTH) {
            violations.add("must have " + minimumLength + " to " + MAXIMUM_LENGTH + " characters");
        }
        demand(password, Character::isUpperCase, "must contain an uppercase letter", violations);
        demand(password, Character::isLowerCase, "must contain a lowercase letter", violations);
        demand(password, c -> c >= '0' && c <= '9', "must contain a digit", violations);
        demand(
                password,
                c -> !Character.isLetterOrDigit(c) && !Character.isWhitespace(c) && !Character.isISOControl(c),
                "must contain a symbol",
                violations);
        return violations;
    }

    private static void demand(String password, IntPredicate character, String violation, List<String> violations) {
        if (password.codePoints().noneMatch(character)) {
            violations.add(violation);
        }
    }
}
