package com.books.bookstore.runtime.engine;

import org.apache.synapse.SynapseException;

/** The body of a request could not be built. Its message begins as that of Micro Integrator does. */
final class UnreadableBodyException extends SynapseException {

    private static final long serialVersionUID = 1L;

    UnreadableBodyException(SynapseException cause) {
        super("Error while building message. " + cause.getMessage(), cause);
    }
}
