package com.books.bookstore.request;

import com.books.bookstore.registration.Applicant;
import com.books.bookstore.registration.PasswordPolicy;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.regex.Pattern;

/** The body of a request for an account. */
public final class RegistrationBody {

    private static final int MAX_NAME = 100;
    private static final int MAX_EMAIL = 254;
    private static final int MAX_LOCAL_PART = 64;
    /**
     * Narrower than RFC 5321, because the address becomes a user name: / separates user stores there, * and % match any name, and quotes,
     * brackets and characters outside ASCII are not safe everywhere.
     */
    private static final Pattern LOCAL_PART = Pattern.compile("[a-z0-9!#$&'+=?^_~-]+(\\.[a-z0-9!#$&'+=?^_~-]+)*");

    private static final Pattern DOMAIN =
            Pattern.compile("([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?");

    private RegistrationBody() {}

    /**
     * @param body {@code {"email","givenName","familyName","password"}}; other members are ignored
     * @throws com.books.bookstore.problem.ProblemException {@code invalid_request} naming every wrong field
     */
    public static Applicant parse(JsonNode body, PasswordPolicy policy) {
        FieldErrors errors = new FieldErrors();
        String email = email(body, errors);
        String givenName = name(body, "givenName", errors);
        String familyName = name(body, "familyName", errors);
        String password = password(body, policy, errors);
        errors.throwIfAny();
        return new Applicant(email, givenName, familyName, password);
    }

    private static String email(JsonNode body, FieldErrors errors) {
        String email = Texts.clean(requiredText(body, "email", errors)).toLowerCase(Locale.ROOT);
        int at = email.lastIndexOf('@');
        if (!email.isEmpty()
                && (email.length() > MAX_EMAIL
                        || at < 1
                        || at > MAX_LOCAL_PART
                        || !LOCAL_PART.matcher(email.substring(0, at)).matches()
                        || !DOMAIN.matcher(email.substring(at + 1)).matches())) {
            errors.add("email", "must be an email address");
        }
        return email;
    }

    private static String name(JsonNode body, String field, FieldErrors errors) {
        return requiredText(body, field, errors).isEmpty() ? "" : JsonFields.text(body, field, MAX_NAME, errors);
    }

    private static String password(JsonNode body, PasswordPolicy policy, FieldErrors errors) {
        JsonNode node = body.path("password");
        if (!node.isTextual()) {
            errors.add("password", node.isMissingNode() || node.isNull() ? "is required" : "must be text");
            return "";
        }
        // Taken as it is: blanks at its ends are part of it.
        String password = node.textValue();
        if (Texts.hasForbiddenCharacters(password)) {
            errors.add("password", "must not contain control characters");
        }
        policy.violations(password).forEach(violation -> errors.add("password", violation));
        return password;
    }

    /** A text that is not blank, or "" after reporting what is wrong. */
    private static String requiredText(JsonNode body, String field, FieldErrors errors) {
        JsonNode node = body.path(field);
        if (node.isMissingNode() || node.isNull()) {
            errors.add(field, "is required");
        } else if (!node.isTextual()) {
            errors.add(field, "must be text");
        } else if (Texts.isBlank(node.textValue())) {
            errors.add(field, "must not be blank");
        } else {
            return node.textValue();
        }
        return "";
    }
}
