package com.books.bookstore.request;

import com.books.bookstore.registration.Confirmation;
import com.books.bookstore.registration.PasswordPolicy;
import com.fasterxml.jackson.databind.JsonNode;

/** The body with which an applicant proves an address and chooses a password. */
public final class ConfirmationBody {

    private ConfirmationBody() {}

    /**
     * @param body {@code {"token","password"}}; other members are ignored
     * @throws com.books.bookstore.problem.ProblemException {@code invalid_request} naming every wrong field
     */
    public static Confirmation parse(JsonNode body, PasswordPolicy policy) {
        FieldErrors errors = new FieldErrors();
        String token = Texts.clean(JsonFields.requiredText(body, "token", errors));
        String password = password(body, policy, errors);
        errors.throwIfAny();
        return new Confirmation(token, password);
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
}
