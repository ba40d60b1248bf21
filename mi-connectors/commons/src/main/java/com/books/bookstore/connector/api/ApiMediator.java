package com.books.bookstore.connector.api;

import com.books.bookstore.connector.message.Parameters;
import org.apache.synapse.MessageContext;
import org.apache.synapse.SynapseConstants;
import org.apache.synapse.SynapseException;
import org.apache.synapse.mediators.AbstractMediator;

/**
 * A template's class. A failure leaves {@code ERROR_CODE}, {@code ERROR_MESSAGE} and {@code ERROR_DETAIL}, and ends the flow so that its
 * fault sequence runs. Keeps nothing of a message: thread-safe.
 */
abstract class ApiMediator extends AbstractMediator {

    /**
     * @return true: mediation goes on
     * @throws SynapseException if the call fails
     */
    @Override
    public final boolean mediate(MessageContext message) {
        try {
            execute(message, Parameters.of(message));
            return true;
        } catch (ApiException e) {
            message.setProperty(SynapseConstants.ERROR_CODE, e.errorCode());
            message.setProperty(SynapseConstants.ERROR_MESSAGE, e.errorMessage());
            message.setProperty(SynapseConstants.ERROR_DETAIL, e.getMessage());
            throw new SynapseException(e.errorMessage(), e);
        }
    }

    /** @throws ApiException if it fails */
    abstract void execute(MessageContext message, Parameters parameters);
}
