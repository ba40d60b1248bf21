package com.books.bookstore.runtime.engine;

import com.books.bookstore.runtime.http.HttpExchange;
import com.books.bookstore.runtime.http.Problem;
import org.apache.axis2.Constants;
import org.apache.synapse.MessageContext;
import org.apache.synapse.SynapseConstants;
import org.apache.synapse.core.axis2.Axis2MessageContext;
import org.apache.synapse.mediators.AbstractMediator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The default fault sequence: says that something failed, and to the caller nothing else. */
final class UnhandledFaultMediator extends AbstractMediator {

    private static final Logger LOG = LoggerFactory.getLogger(SynapseEngine.class);

    @Override
    public boolean mediate(MessageContext message) {
        org.apache.axis2.context.MessageContext axis2 = ((Axis2MessageContext) message).getAxis2MessageContext();
        LOG.error(
                "No fault sequence handled the error in {}: {} {}",
                message.getProperty("SYNAPSE_REST_API"),
                message.getProperty(SynapseConstants.ERROR_CODE),
                message.getProperty(SynapseConstants.ERROR_MESSAGE));
        Object exchange = axis2.getProperty(Constants.OUT_TRANSPORT_INFO);
        if (exchange instanceof HttpExchange) {
            ((HttpExchange) exchange).answerProblem(Problem.INTERNAL_ERROR);
        }
        return true;
    }
}
