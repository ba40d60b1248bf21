package com.books.bookstore.mediator.message;

import com.books.bookstore.failure.ForOperators;
import org.apache.synapse.SynapseException;

/**
 * A sequence or a setting is wrong: a mediator is missing before another, a setting is missing or invalid, a procedure answers what no mediator
 * knows. Its message is written for the log: it names what is wrong, and holds nothing of a request.
 */
public final class WrongArtifactException extends SynapseException implements ForOperators {

    private static final long serialVersionUID = 1L;

    public WrongArtifactException(String message) {
        super(message);
    }

    public WrongArtifactException(String message, Throwable cause) {
        super(message, cause);
    }
}
