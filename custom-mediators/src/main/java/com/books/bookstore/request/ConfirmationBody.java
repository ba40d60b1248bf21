package com.books.bookstore.request;

import com.books.bookstore.registration.Confirmation;
import com.books.bookstore.registration.PasswordPolicy;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

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
        // Taken as it is, never trimmed.
        String password = node.textValue();
        List<String> violations = policy.violations(password);
        if (violations.isEmpty() && Texts.hasForbiddenCharacters(password)) {
            violations = List.of("must not contain invalid characters");
        }
        violations.forEach(violation -> errors.add("password", violation));
        return password;
    }
}
