package com.books.bookstore.request;

import com.fasterxml.jackson.databind.JsonNode;

/** What staff note on an order. */
public final class NoteBody {

    private static final int MAX_NOTE = 500;

    private NoteBody() {}

    /**
     * @param body {@code {"note"}}; other members are ignored
     * @return the note, 1 to 500 characters
     * @throws com.books.bookstore.problem.ProblemException {@code invalid_request} if it is wrong
     */
    public static String note(JsonNode body) {
        FieldErrors errors = new FieldErrors();
        String note = JsonFields.visibleText(body.path("note"), "note", MAX_NOTE, errors);
        errors.throwIfAny();
        return note;
    }
}
