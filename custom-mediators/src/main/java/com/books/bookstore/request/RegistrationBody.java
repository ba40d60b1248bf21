package com.books.bookstore.request;

import com.books.bookstore.registration.Applicant;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.regex.Pattern;

/** The body of a request for an account: who asks. The password comes later, see {@link ConfirmationBody}. */
public final class RegistrationBody {

    private static final int MAX_NAME = 100;
    private static final int MAX_EMAIL = 254;
    private static final int MAX_LOCAL_PART = 64;
    /**
     * Narrower than RFC 5321, because the address becomes a user name: / separates user stores there, *, ? and % match any name, and quotes,
     * brackets and characters outside ASCII are not safe everywhere.
     */
    private static final Pattern LOCAL_PART = Pattern.compile("[a-z0-9!#$&'+=^_~-]+(\\.[a-z0-9!#$&'+=^_~-]+)*");

    private static final Pattern DOMAIN =
            Pattern.compile("([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?");

    /** What the identity server takes: nothing that is not seen but the joiners within words. */
    private static final Pattern NAME = Pattern.compile("[\\P{C}\\u200C\\u200D&&[^\\p{Zl}\\p{Zp}]]*");

    private RegistrationBody() {}

    /**
     * @param body {@code {"email","givenName","familyName"}}; other members are ignored
     * @throws com.books.bookstore.problem.ProblemException {@code invalid_request} naming every wrong field
     */
    public static Applicant parse(JsonNode body) {
        FieldErrors errors = new FieldErrors();
        String email = email(body, errors);
        String givenName = name(body, "givenName", errors);
        String familyName = name(body, "familyName", errors);
        errors.throwIfAny();
        return new Applicant(email, givenName, familyName);
    }

    private static String email(JsonNode body, FieldErrors errors) {
        String email =
                Texts.clean(JsonFields.requiredText(body, "email", errors)).toLowerCase(Locale.ROOT);
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
        String name = JsonFields.visibleText(body.path(field), field, MAX_NAME, errors);
        if (!NAME.matcher(name).matches()) {
            errors.add(field, "must not contain invisible characters");
        }
        return name;
    }
}
