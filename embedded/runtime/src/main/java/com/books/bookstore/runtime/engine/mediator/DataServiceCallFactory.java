package com.books.bookstore.runtime.engine.mediator;

import com.books.bookstore.runtime.dataservice.DataServiceEngine;
import com.books.bookstore.runtime.dataservice.OperationCall;
import com.books.bookstore.runtime.engine.DeploymentScope;
import com.books.bookstore.runtime.engine.Expression;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import javax.xml.namespace.QName;
import org.apache.axiom.om.OMElement;
import org.apache.synapse.Mediator;
import org.apache.synapse.MessageContext;
import org.apache.synapse.SynapseException;
import org.apache.synapse.commons.json.JsonUtil;
import org.apache.synapse.config.xml.AbstractMediatorFactory;
import org.apache.synapse.core.axis2.Axis2MessageContext;
import org.apache.synapse.mediators.AbstractMediator;

/** Builds {@code <dataServiceCall>} with inline operations, single or in a request box. */
public final class DataServiceCallFactory extends AbstractMediatorFactory {

    @Override
    public QName getTagQName() {
        return AttributeNames.element("dataServiceCall");
    }

    @Override
    protected Mediator createSpecificMediator(OMElement element, Properties properties) {
        String service = element.getAttributeValue(new QName("serviceName"));
        OMElement operationsElement = element.getFirstChildWithName(AttributeNames.element("operations"));
        boolean box = "request-box".equals(operationsElement.getAttributeValue(AttributeNames.TYPE));
        List<Operation> operations = new ArrayList<>();
        for (Iterator<?> children = operationsElement.getChildElements(); children.hasNext(); ) {
            operations.add(operation((OMElement) children.next()));
        }
        OMElement target = element.getFirstChildWithName(AttributeNames.element("target"));
        String targetProperty = "property".equals(target.getAttributeValue(AttributeNames.TYPE))
                ? target.getAttributeValue(AttributeNames.NAME)
                : null;
        return new DataServiceCallMediator(
                DeploymentScope.of(properties).dataServices(), service, box, operations, targetProperty);
    }

    private static Operation operation(OMElement element) {
        Map<String, PropertyMediator.Source> params = new LinkedHashMap<>();
        for (Iterator<?> children = element.getChildElements(); children.hasNext(); ) {
            OMElement param = (OMElement) children.next();
            String value = param.getAttributeValue(AttributeNames.VALUE);
            Expression expression = value == null ? Expression.of(param, AttributeNames.EXPRESSION) : null;
            params.put(
                    param.getAttributeValue(AttributeNames.NAME),
                    value == null ? expression::stringValueOf : message -> value);
        }
        return new Operation(element.getAttributeValue(AttributeNames.NAME), params);
    }

    private record Operation(String name, Map<String, PropertyMediator.Source> params) {

        /** An expression without a value gives an empty text: Micro Integrator sends an empty element. */
        Map<String, String> values(MessageContext message) {
            Map<String, String> values = new LinkedHashMap<>();
            params.forEach((param, source) -> {
                Object value = source.value(message);
                values.put(param, value == null ? "" : value.toString());
            });
            return values;
        }
    }

    private static final class DataServiceCallMediator extends AbstractMediator {

        private final DataServiceEngine dataServices;
        private final String service;
        private final boolean box;
        private final List<Operation> operations;
        /** Null: the result becomes the body. */
        private final String targetProperty;

        DataServiceCallMediator(
                DataServiceEngine dataServices,
                String service,
                boolean box,
                List<Operation> operations,
                String targetProperty) {
            this.dataServices = dataServices;
            this.service = service;
            this.box = box;
            this.operations = List.copyOf(operations);
            this.targetProperty = targetProperty;
        }

        /** The body is built here: what Synapse cannot build for its list of mediators, it logs with a stack trace. */
        @Override
        public boolean isContentAware() {
            return false;
        }

        @Override
        public boolean mediate(MessageContext message) {
            if (!dataServices.isDeployed(service)) {
                // The words of Micro Integrator, by which flows tell this from other failures.
                throw new SynapseException("The data service,  named '" + service + "' does not exist. ");
            }
            // As on Micro Integrator, which copies the whole message for the call.
            message.getEnvelope();
            OMElement result;
            try {
                result = call(message);
            } catch (RuntimeException e) {
                // The words of Micro Integrator; what went wrong is in the cause chain.
                throw new SynapseException(
                        "DataService exception occurred while accessing the dataservice to do the operation", e);
            }
            if (targetProperty == null) {
                setBody(((Axis2MessageContext) message).getAxis2MessageContext(), result);
            } else {
                message.setProperty(targetProperty, result);
            }
            return true;
        }

        /** Null if there is no result. */
        private OMElement call(MessageContext message) {
            ElementWriter result = new ElementWriter();
            if (!box) {
                Operation operation = operations.get(0);
                return dataServices.call(service, operation.name(), operation.values(message), result)
                        ? result.element()
                        : null;
            }
            List<OperationCall> calls = new ArrayList<>(operations.size());
            for (Operation operation : operations) {
                calls.add(new OperationCall(operation.name(), operation.values(message)));
            }
            return dataServices.callBox(service, calls, result) ? result.element() : null;
        }

        private static void setBody(org.apache.axis2.context.MessageContext axis2, OMElement result) {
            JsonUtil.removeJsonPayload(axis2);
            if (result == null) {
                axis2.setProperty(org.apache.axis2.Constants.Configuration.MESSAGE_TYPE, "application/xml");
                axis2.setProperty(org.apache.axis2.Constants.Configuration.CONTENT_TYPE, "application/xml");
            } else {
                axis2.getEnvelope().getBody().addChild(result);
                axis2.removeProperty("NO_ENTITY_BODY");
            }
        }
    }
}
