package com.books.bookstore.mediator;

import com.books.bookstore.identity.IdentityServerException;
import com.books.bookstore.problem.Problem;
import com.books.bookstore.problem.ProblemException;
import com.books.bookstore.problem.ProblemType;
import org.apache.synapse.MessageContext;
import org.apache.synapse.SynapseConstants;

/** What callers are told when the identity server does not do its part. */
final class IdentityServerProblems {

    private IdentityServerProblems() {}

    static ProblemException unavailable(MessageContext message, IdentityServerException failure) {
        // For the line that the fault sequence logs.
        message.setProperty(SynapseConstants.ERROR_EXCEPTION, failure);
        return new ProblemException(
                Problem.of(ProblemType.IDENTITY_PROVIDER_UNAVAILABLE).withHeader("Retry-After", "10"));
    }
}
