package com.books.bookstore.mediator.registration;

import com.books.bookstore.identity.TokenRefusedException;
import org.apache.synapse.MessageContext;

/** One thing that is asked of the identity server about registrations. Thread-safe. */
public interface RegistrationStep {

    /**
     * Takes what it needs from the message and leaves its result there.
     *
     * @throws com.books.bookstore.problem.ProblemException      what the caller is told
     * @throws TokenRefusedException if the identity server does not accept the caller's own token
     * @throws com.books.bookstore.identity.IdentityServerException if the identity server cannot be asked
     */
    void take(MessageContext message, RegistrationServices services) throws TokenRefusedException;
}
