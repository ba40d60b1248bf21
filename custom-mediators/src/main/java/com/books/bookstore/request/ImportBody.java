package com.books.bookstore.request;

import com.fasterxml.jackson.databind.JsonNode;

/** The body of a request that applies an import. */
public final class ImportBody {

    private ImportBody() {}

    /**
     * @param body {@code {"lines"}}: how many lines the file has, without the header; other members are ignored
     * @throws com.books.bookstore.problem.ProblemException {@code invalid_request}
     */
    public static int lines(JsonNode body) {
        FieldErrors errors = new FieldErrors();
        int lines = JsonFields.integer(body, "lines", "lines", 1, 1_000_000, errors);
        errors.throwIfAny();
        return lines;
    }
}
