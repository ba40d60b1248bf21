package com.books.bookstore.runtime.engine.mediator;

import java.util.Properties;
import javax.xml.namespace.QName;
import org.apache.axiom.om.OMElement;
import org.apache.axis2.AxisFault;
import org.apache.synapse.Mediator;
import org.apache.synapse.MessageContext;
import org.apache.synapse.SynapseConstants;
import org.apache.synapse.SynapseException;
import org.apache.synapse.config.xml.AbstractMediatorFactory;
import org.apache.synapse.core.axis2.Axis2MessageContext;
import org.apache.synapse.core.axis2.Axis2Sender;
import org.apache.synapse.mediators.AbstractMediator;

/**
 * Builds {@code <respond/>}, which gives the message to the transport. Synapse's own sends it through Axis2's phases, which are empty here,
 * and removes addressing headers, of which no answer tells.
 */
public final class RespondFactory extends AbstractMediatorFactory {

    @Override
    public QName getTagQName() {
        return AttributeNames.element("respond");
    }

    @Override
    protected Mediator createSpecificMediator(OMElement element, Properties properties) {
        Mediator mediator = new RespondMediator();
        processAuditStatus(mediator, element);
        return mediator;
    }

    private static final class RespondMediator extends AbstractMediator {

        @Override
        public boolean isContentAware() {
            return false;
        }

        /** @return false: the flow ends */
        @Override
        public boolean mediate(MessageContext message) {
            message.setTo(null);
            message.setResponse(true);
            org.apache.axis2.context.MessageContext axis2 = ((Axis2MessageContext) message).getAxis2MessageContext();
            if (axis2.getEnvelope().hasFault()) {
                Axis2Sender.sendBack(message);
                return false;
            }
            axis2.setProperty(SynapseConstants.ISRESPONSE_PROPERTY, Boolean.TRUE);
            try {
                axis2.getTransportOut().getSender().invoke(axis2);
            } catch (AxisFault e) {
                throw new SynapseException("Unexpected error sending message back", e);
            }
            return false;
        }
    }
}
