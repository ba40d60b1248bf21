package com.books.bookstore.problem;

/** What is wrong with one field, parameter or header of a request. Immutable. */
public final class FieldError {

    private final String field;
    private final String message;

    /**
     * @param field   where: {@code items[0].quantity}, {@code limit}
     * @param message what: {@code must be a whole number from 1 to 999}
     */
    public FieldError(String field, String message) {
        this.field = field;
        this.message = message;
    }

    public String field() {
        return field;
    }

    public String message() {
        return message;
    }

    @Override
    public String toString() {
        return field + " " + message;
    }
}
