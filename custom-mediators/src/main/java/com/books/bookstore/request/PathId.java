package com.books.bookstore.request;

import com.books.bookstore.problem.FieldError;
import com.books.bookstore.problem.Problem;
import com.books.bookstore.problem.ProblemException;
import com.books.bookstore.problem.ProblemType;
import java.util.List;

/** A book's or an order's number in a path. */
public final class PathId {

    /** Digits of the largest number that the database can give. */
    private static final int MAX_DIGITS = 10;

    private PathId() {}

    /**
     * @param name     the variable of the path, named in errors
     * @param text     its value, or null
     * @param notFound the problem if no such number can exist
     * @return the number, 1 to 2147483647
     * @throws ProblemException {@code invalid_request} if it is not a number, notFound if it is zero or too large
     */
    public static int parse(String name, String text, ProblemType notFound) {
        if (text == null || !Texts.isDigits(text)) {
            throw new ProblemException(Problem.invalidRequest(List.of(new FieldError(name, "must be a whole number"))));
        }
        long id = text.length() > MAX_DIGITS ? Long.MAX_VALUE : Long.parseLong(text);
        if (id < 1 || id > Integer.MAX_VALUE) {
            throw new ProblemException(notFound);
        }
        return (int) id;
    }
}
