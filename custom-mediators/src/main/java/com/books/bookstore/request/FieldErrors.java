package com.books.bookstore.request;

import com.books.bookstore.problem.FieldError;
import com.books.bookstore.problem.Problem;
import com.books.bookstore.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;

/** Collects all that is wrong with a request, so that the caller hears of everything at once. For one request on one thread. */
final class FieldErrors {

    /** The API promises at most this number. */
    private static final int MAX_ERRORS = 1000;

    private final List<FieldError> errors = new ArrayList<>(0);
    private int count;

    void add(String field, String message) {
        count++;
        if (count <= MAX_ERRORS) {
            errors.add(new FieldError(field, message));
        }
    }

    /** How many errors there were, also those beyond the limit. */
    int count() {
        return count;
    }

    /** The errors, up to the limit. */
    List<FieldError> list() {
        return List.copyOf(errors);
    }

    /** @throws ProblemException {@code invalid_request} with every error, if there is one */
    void throwIfAny() {
        if (!errors.isEmpty()) {
            throw new ProblemException(Problem.invalidRequest(errors));
        }
    }
}
