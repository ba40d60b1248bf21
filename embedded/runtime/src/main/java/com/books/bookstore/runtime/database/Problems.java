package com.books.bookstore.runtime.database;

/** Makes one line for a person out of a chain of exceptions. */
final class Problems {

    private Problems() {}

    /** The first line of what the innermost exception says: the cause, without what the layers above made of it. */
    static String firstLine(Throwable problem) {
        Throwable cause = problem;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage())
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .findFirst()
                .orElse(cause.getClass().getSimpleName());
    }
}
