package com.books.bookstore.mediator.check;

/** The check of one operation's requests. Implementations have no state: one instance serves all threads. */
@FunctionalInterface
public interface RequestCheck {

    /**
     * Checks path, query, headers and body, and leaves what the data services need in message properties, as text.
     *
     * @throws com.books.bookstore.problem.ProblemException if the request is not valid
     */
    void check(CheckedRequest request);

    /** Whether the operation has a body. The engine parses it before the check; any other body is dropped unread. */
    default boolean readsBody() {
        return false;
    }
}
