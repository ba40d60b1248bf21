package com.books.bookstore.runtime.engine.mediator;

import java.util.Iterator;
import java.util.Properties;
import javax.xml.namespace.QName;
import org.apache.axiom.om.OMElement;
import org.apache.synapse.Mediator;
import org.apache.synapse.config.xml.AbstractMediatorFactory;
import org.apache.synapse.config.xml.InvokeMediatorFactory;
import org.apache.synapse.config.xml.ValueFactory;
import org.apache.synapse.mediators.Value;

/** Builds {@code <call-template>}. As on Micro Integrator, a parameter {@code responseVariable} names the variable that gets the answer. */
public final class CallTemplateFactory extends AbstractMediatorFactory {

    @Override
    public QName getTagQName() {
        return AttributeNames.element("call-template");
    }

    @Override
    protected Mediator createSpecificMediator(OMElement element, Properties properties) {
        Mediator call = new InvokeMediatorFactory().createMediator(element, properties);
        Value variable = parameter(element, "responseVariable");
        return variable == null
                ? call
                : new ResponseVariableMediator(call, variable, parameter(element, "overwriteBody"));
    }

    /** Null if there is no such parameter. */
    private static Value parameter(OMElement call, String name) {
        for (Iterator<?> children = call.getChildElements(); children.hasNext(); ) {
            OMElement parameter = (OMElement) children.next();
            if (name.equals(parameter.getAttributeValue(AttributeNames.NAME))) {
                return new ValueFactory().createValue("value", parameter);
            }
        }
        return null;
    }
}
