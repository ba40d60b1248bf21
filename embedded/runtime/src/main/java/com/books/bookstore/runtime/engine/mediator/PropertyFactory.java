package com.books.bookstore.runtime.engine.mediator;

import com.books.bookstore.runtime.engine.Expression;
import java.util.Properties;
import java.util.regex.Pattern;
import javax.xml.namespace.QName;
import org.apache.axiom.om.OMElement;
import org.apache.synapse.Mediator;
import org.apache.synapse.config.xml.AbstractMediatorFactory;

/** Builds {@code <property>}. */
public final class PropertyFactory extends AbstractMediatorFactory {

    private static final QName PATTERN = new QName("pattern");
    private static final QName GROUP = new QName("group");

    @Override
    public QName getTagQName() {
        return AttributeNames.element("property");
    }

    @Override
    protected Mediator createSpecificMediator(OMElement element, Properties properties) {
        String name = element.getAttributeValue(AttributeNames.NAME);
        PropertyMediator.Scope scope = PropertyMediator.Scope.of(element.getAttributeValue(AttributeNames.SCOPE));
        if ("remove".equals(element.getAttributeValue(AttributeNames.ACTION))) {
            return PropertyMediator.remove(name, scope);
        }
        String typeName = element.getAttributeValue(AttributeNames.TYPE);
        PropertyMediator.Type type =
                typeName == null ? PropertyMediator.Type.STRING : PropertyMediator.Type.valueOf(typeName);
        return PropertyMediator.set(name, scope, source(element, type));
    }

    private static PropertyMediator.Source source(OMElement element, PropertyMediator.Type type) {
        PropertyMediator.Match match = match(element);
        String value = element.getAttributeValue(AttributeNames.VALUE);
        if (value != null) {
            Object constant = match == null ? type.convert(value) : match.apply(value);
            return constant instanceof OMElement
                    ? message -> ((OMElement) constant).cloneOMElement()
                    : message -> constant;
        }
        if (element.getFirstElement() != null) {
            OMElement inline = element.getFirstElement().cloneOMElement();
            // Each message gets its own copy: mediators may change it.
            return message -> inline.cloneOMElement();
        }
        Expression expression = Expression.of(element, AttributeNames.EXPRESSION);
        return message -> {
            Object result = type.convertResult(expression.stringValueOf(message));
            return match != null && result instanceof String ? match.apply((String) result) : result;
        };
    }

    private static PropertyMediator.Match match(OMElement element) {
        String pattern = element.getAttributeValue(PATTERN);
        String group = element.getAttributeValue(GROUP);
        if (pattern == null) {
            return null;
        }
        return new PropertyMediator.Match(Pattern.compile(pattern), group == null ? 0 : Integer.parseInt(group));
    }
}
