package com.books.bookstore.request;

import com.fasterxml.jackson.databind.JsonNode;

/** Why a request for an account is rejected. */
public final class RejectionBody {

    private static final int MAX_REASON = 500;

    private RejectionBody() {}

    /**
     * @param body {@code {"reason"}}; other members are ignored
     * @return the reason, 1 to 500 characters in one or more lines
     * @throws com.books.bookstore.problem.ProblemException {@code invalid_request} if it is wrong
     */
    public static String reason(JsonNode body) {
        FieldErrors errors = new FieldErrors();
        JsonNode node = body.path("reason");
        if (node.isMissingNode() || node.isNull()) {
            errors.add("reason", "is required");
        } else if (node.isTextual() && Texts.isBlank(node.textValue())) {
            errors.add("reason", "must not be blank");
        }
        String reason = JsonFields.lines(body, "reason", MAX_REASON, errors);
        errors.throwIfAny();
        return reason;
    }
}
