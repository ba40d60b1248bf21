package com.books.bookstore.runtime.engine.mediator;

import com.books.bookstore.runtime.engine.DeploymentScope;
import com.books.bookstore.runtime.engine.Expression;
import com.books.bookstore.runtime.engine.InlineText;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Properties;
import javax.xml.namespace.QName;
import org.apache.axiom.om.OMElement;
import org.apache.synapse.Mediator;
import org.apache.synapse.config.xml.AbstractMediatorFactory;
import org.slf4j.event.Level;

/** Builds {@code <log>}, also with the {@code <message>} that Micro Integrator has since 4.3. */
public final class LogFactory extends AbstractMediatorFactory {

    @Override
    public QName getTagQName() {
        return AttributeNames.element("log");
    }

    @Override
    protected Mediator createSpecificMediator(OMElement element, Properties properties) {
        OMElement message = element.getFirstChildWithName(AttributeNames.element("message"));
        String separator = element.getAttributeValue(new QName("separator"));
        return new LogMediator(
                content(element, message != null),
                level(element.getAttributeValue(new QName("category"))),
                separator == null ? ", " : separator,
                isTrue(element, "logMessageID"),
                new InlineText(message == null ? "" : message.getText()),
                fields(element),
                DeploymentScope.of(properties).flowLog());
    }

    private static LogMediator.Content content(OMElement element, boolean withMessage) {
        String level = element.getAttributeValue(new QName("level"));
        if (isTrue(element, "logFullPayload")) {
            return LogMediator.Content.FULL;
        }
        if (level == null) {
            return withMessage ? LogMediator.Content.CUSTOM : LogMediator.Content.SIMPLE;
        }
        return LogMediator.Content.of(level);
    }

    private static boolean isTrue(OMElement element, String attribute) {
        return Boolean.parseBoolean(element.getAttributeValue(new QName(attribute)));
    }

    private static Level level(String category) {
        if (category == null) {
            return Level.INFO;
        }
        return "FATAL".equals(category) ? Level.ERROR : Level.valueOf(category);
    }

    private static List<LogMediator.Field> fields(OMElement element) {
        List<LogMediator.Field> fields = new ArrayList<>();
        for (Iterator<?> children = element.getChildrenWithName(AttributeNames.element("property"));
                children.hasNext(); ) {
            OMElement property = (OMElement) children.next();
            String value = property.getAttributeValue(AttributeNames.VALUE);
            Expression expression = value == null ? Expression.of(property, AttributeNames.EXPRESSION) : null;
            fields.add(new LogMediator.Field(
                    property.getAttributeValue(AttributeNames.NAME),
                    value == null ? expression::stringValueOf : message -> value));
        }
        return fields;
    }
}
