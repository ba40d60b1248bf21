package com.books.bookstore.mediator;

import com.books.bookstore.mediator.message.MessageProperties;
import com.books.bookstore.problem.ProblemException;
import java.util.Set;
import org.apache.synapse.MessageContext;
import org.apache.synapse.SynapseConstants;
import org.apache.synapse.mediators.AbstractMediator;

/** What the mediators have in common: a problem ends the mediation and is left in the message for the fault sequence. */
abstract class BookstoreMediator extends AbstractMediator {

    /**
     * @return true: mediation goes on
     * @throws RefusedRequestException after leaving the problem in {@link MessageProperties#PROBLEM}
     */
    @Override
    public final boolean mediate(MessageContext message) {
        try {
            handle(message);
            return true;
        } catch (ProblemException e) {
            message.setProperty(MessageProperties.PROBLEM, e.problem());
            // With a code set, the engines' fault handlers do not write stack traces into the message.
            message.setProperty(SynapseConstants.ERROR_CODE, e.problem().type().code());
            message.setProperty(
                    SynapseConstants.ERROR_MESSAGE, e.problem().type().title());
            throw new RefusedRequestException(e.problem());
        }
    }

    /**
     * Micro Integrator reads the body before the first mediator of a sequence that says it needs it, and ends the flow if it cannot. None does
     * unless it says so: callers without the right to ask are refused first, and their bodies are not parsed.
     *
     * <p>It is a method of Micro Integrator's {@link AbstractMediator}, where it returns true; Apache Synapse has none, hence no annotation.
     */
    @SuppressWarnings("MissingOverride")
    public boolean isContentAware() {
        return false;
    }

    /** Does the work. Everything about the request is in the message. */
    abstract void handle(MessageContext message);

    /** Forgets a failure. As long as a code is set, the engines' fault handlers keep the first failure instead of the next. */
    static void forgetFailure(MessageContext message) {
        Set<?> properties = message.getPropertyKeySet();
        properties.remove(SynapseConstants.ERROR_CODE);
        properties.remove(SynapseConstants.ERROR_MESSAGE);
        properties.remove(SynapseConstants.ERROR_DETAIL);
        properties.remove(SynapseConstants.ERROR_EXCEPTION);
    }
}
