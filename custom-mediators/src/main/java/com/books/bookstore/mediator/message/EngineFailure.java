package com.books.bookstore.mediator.message;

import org.apache.synapse.SynapseException;

/** Failures of engine methods that are called through method handles. */
final class EngineFailure {

    private EngineFailure() {}

    /** @return what to throw: the failure itself if it is unchecked, else a {@link SynapseException} with the given message */
    static RuntimeException of(String message, Throwable failure) {
        if (failure instanceof Error) {
            throw (Error) failure;
        }
        return failure instanceof RuntimeException
                ? (RuntimeException) failure
                : new SynapseException(message, failure);
    }
}
