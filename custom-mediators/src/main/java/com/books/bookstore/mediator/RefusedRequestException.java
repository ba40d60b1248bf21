package com.books.bookstore.mediator;

import com.books.bookstore.problem.Problem;
import org.apache.synapse.SynapseException;

/**
 * Ends the mediation of a request with a {@link Problem}. It has no stack trace: a caller's mistake is an ordinary outcome, and filling in
 * stack traces would let callers waste the server's time.
 */
public final class RefusedRequestException extends SynapseException {

    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    public RefusedRequestException(Problem problem) {
        super(problem.type().title());
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
