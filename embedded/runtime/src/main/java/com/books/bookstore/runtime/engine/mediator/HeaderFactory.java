package com.books.bookstore.runtime.engine.mediator;

import com.books.bookstore.runtime.engine.Expression;
import java.util.Properties;
import javax.xml.namespace.QName;
import org.apache.axiom.om.OMElement;
import org.apache.synapse.Mediator;
import org.apache.synapse.config.xml.AbstractMediatorFactory;

/**
 * Builds {@code <header scope="transport">}, which is a property of the transport headers by another name, and {@code <header
 * name="To">}, the address to which the default endpoint sends.
 */
public final class HeaderFactory extends AbstractMediatorFactory {

    @Override
    public QName getTagQName() {
        return AttributeNames.element("header");
    }

    @Override
    protected Mediator createSpecificMediator(OMElement element, Properties properties) {
        String name = element.getAttributeValue(AttributeNames.NAME);
        PropertyMediator.Scope scope = "transport".equals(element.getAttributeValue(AttributeNames.SCOPE))
                ? PropertyMediator.Scope.TRANSPORT
                : PropertyMediator.Scope.ADDRESSING;
        if ("remove".equals(element.getAttributeValue(AttributeNames.ACTION))) {
            return PropertyMediator.remove(name, scope);
        }
        String value = element.getAttributeValue(AttributeNames.VALUE);
        if (value != null) {
            return PropertyMediator.set(name, scope, message -> value);
        }
        Expression expression = Expression.of(element, AttributeNames.EXPRESSION);
        return PropertyMediator.set(name, scope, expression::stringValueOf);
    }
}
