package com.books.bookstore.mediator.answer;

import com.books.bookstore.mediator.message.Response;

/** Makes the answer to one operation's requests. Implementations have no state: one instance serves all threads. */
@FunctionalInterface
public interface OperationAnswer {

    /** @throws com.books.bookstore.problem.ProblemException if the data service reported a problem */
    Response of(ServiceResult result);
}
