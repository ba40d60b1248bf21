package com.books.bookstore.runtime.engine.mediator;

import com.books.bookstore.runtime.engine.BracedExpression;
import com.books.bookstore.runtime.engine.Expression;
import com.books.bookstore.runtime.engine.MessageVariables;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.google.gson.JsonSyntaxException;
import java.util.Properties;
import javax.xml.namespace.QName;
import org.apache.axiom.om.OMElement;
import org.apache.synapse.Mediator;
import org.apache.synapse.MessageContext;
import org.apache.synapse.SynapseException;
import org.apache.synapse.config.xml.AbstractMediatorFactory;
import org.apache.synapse.mediators.AbstractMediator;

/** Builds {@code <variable>}, which Micro Integrator has since 4.4. */
public final class VariableFactory extends AbstractMediatorFactory {

    @Override
    public QName getTagQName() {
        return AttributeNames.element("variable");
    }

    @Override
    protected Mediator createSpecificMediator(OMElement element, Properties properties) {
        String name = element.getAttributeValue(AttributeNames.NAME);
        if ("remove".equals(element.getAttributeValue(AttributeNames.ACTION))) {
            return new VariableMediator(name, null);
        }
        String typeName = element.getAttributeValue(AttributeNames.TYPE);
        Type type = typeName == null ? Type.NONE : Type.valueOf(typeName);
        String value = element.getAttributeValue(AttributeNames.VALUE);
        if (value != null) {
            Object constant = type.ofText(value);
            return new VariableMediator(name, message -> constant);
        }
        Expression expression = Expression.of(element, AttributeNames.EXPRESSION);
        String text = element.getAttributeValue(AttributeNames.EXPRESSION);
        return new VariableMediator(name, message -> type.ofResult(expression, message, text));
    }

    /** What a variable holds. */
    private enum Type {
        /** Whatever the expression gives. */
        NONE(PropertyMediator.Type.STRING),
        STRING(PropertyMediator.Type.STRING),
        BOOLEAN(PropertyMediator.Type.BOOLEAN),
        INTEGER(PropertyMediator.Type.INTEGER),
        LONG(PropertyMediator.Type.LONG),
        DOUBLE(PropertyMediator.Type.DOUBLE),
        XML(PropertyMediator.Type.OM),
        JSON(null);

        /** The type of a property with the same values; null if there is none. */
        private final PropertyMediator.Type ofProperties;

        Type(PropertyMediator.Type ofProperties) {
            this.ofProperties = ofProperties;
        }

        /** @throws SynapseException if the text is not such a value */
        Object ofText(String text) {
            return ofProperties == null ? json(text) : ofProperties.convert(text);
        }

        /** As on Micro Integrator, a text that is not JSON becomes a JSON string. */
        private static JsonElement json(String text) {
            try {
                return JsonParser.parseString(text);
            } catch (JsonSyntaxException e) {
                return new JsonPrimitive(text);
            }
        }

        /** @throws SynapseException if the result is of another type: only texts are converted */
        Object ofResult(Expression expression, MessageContext message, String text) {
            if (this == XML || this == STRING || !(expression instanceof BracedExpression)) {
                return converted(expression.stringValueOf(message));
            }
            Object value = ((BracedExpression) expression).valueOf(message);
            boolean fits;
            switch (this) {
                case BOOLEAN:
                    fits = value instanceof JsonPrimitive primitive ? primitive.isBoolean() : value instanceof Boolean;
                    break;
                case INTEGER:
                case LONG:
                case DOUBLE:
                    fits = value instanceof JsonPrimitive primitive ? primitive.isNumber() : value instanceof Number;
                    break;
                case JSON:
                    fits = value instanceof JsonElement;
                    break;
                default:
                    return value;
            }
            if (!fits) {
                throw new SynapseException(
                        "Expression '" + text + "' result does not match the expected data type '" + this + "'");
            }
            return this == JSON ? value : ofNumber(value);
        }

        private Object converted(String text) {
            return text == null ? null : ofText(text);
        }

        private Object ofNumber(Object value) {
            JsonPrimitive primitive = value instanceof JsonPrimitive json ? json : primitive(value);
            switch (this) {
                case BOOLEAN:
                    return primitive.getAsBoolean();
                case INTEGER:
                    return primitive.getAsBigDecimal().intValue();
                case LONG:
                    return primitive.getAsBigDecimal().longValue();
                default:
                    return primitive.getAsDouble();
            }
        }

        private static JsonPrimitive primitive(Object value) {
            return value instanceof Boolean flag ? new JsonPrimitive(flag) : new JsonPrimitive((Number) value);
        }
    }

    private static final class VariableMediator extends AbstractMediator {

        private final String name;
        private final PropertyMediator.Source source;

        /** @param source null: removes the variable */
        VariableMediator(String name, PropertyMediator.Source source) {
            this.name = name;
            this.source = source;
        }

        @Override
        public boolean isContentAware() {
            return false;
        }

        @Override
        public boolean mediate(MessageContext message) {
            if (source == null) {
                MessageVariables.getVariableKeySet(message).remove(name);
            } else {
                Object value = source.value(message);
                // Each message has its own XML.
                MessageVariables.setVariable(
                        message, name, value instanceof OMElement xml ? xml.cloneOMElement() : value);
            }
            return true;
        }
    }
}
