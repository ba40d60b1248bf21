package com.books.bookstore.runtime.engine.mediator;

import java.util.Properties;
import javax.xml.namespace.QName;
import org.apache.axiom.om.OMElement;
import org.apache.synapse.Mediator;
import org.apache.synapse.MessageContext;
import org.apache.synapse.SynapseConstants;
import org.apache.synapse.SynapseException;
import org.apache.synapse.config.xml.AbstractMediatorFactory;
import org.apache.synapse.config.xml.ValueFactory;
import org.apache.synapse.mediators.AbstractMediator;
import org.apache.synapse.mediators.Value;

/** Builds {@code <throwError>}, which makes the fault sequence run. */
public final class ThrowErrorFactory extends AbstractMediatorFactory {

    private static final String MESSAGE_ATTRIBUTE = "errorMessage";
    private static final String DEFAULT_TYPE = "ANY";
    private static final String DEFAULT_MESSAGE = "Error occurred in the mediation flow";

    @Override
    public QName getTagQName() {
        return AttributeNames.element("throwError");
    }

    @Override
    protected Mediator createSpecificMediator(OMElement element, Properties properties) {
        String type = element.getAttributeValue(AttributeNames.TYPE);
        String message = element.getAttributeValue(new QName(MESSAGE_ATTRIBUTE));
        return new ThrowErrorMediator(
                type == null || type.isEmpty() ? DEFAULT_TYPE : type,
                message == null || message.isEmpty()
                        ? new Value(DEFAULT_MESSAGE)
                        : new ValueFactory().createValue(MESSAGE_ATTRIBUTE, element));
    }

    private static final class ThrowErrorMediator extends AbstractMediator {

        private final String type;
        private final Value errorMessage;

        ThrowErrorMediator(String type, Value errorMessage) {
            this.type = type;
            this.errorMessage = errorMessage;
        }

        @Override
        public boolean mediate(MessageContext message) {
            String text = errorMessage.evaluateValue(message);
            message.setProperty(SynapseConstants.ERROR_CODE, type);
            message.setProperty(SynapseConstants.ERROR_MESSAGE, text);
            throw new SynapseException(text);
        }
    }
}
