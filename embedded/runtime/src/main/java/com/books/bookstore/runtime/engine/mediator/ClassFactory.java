package com.books.bookstore.runtime.engine.mediator;

import com.books.bookstore.runtime.engine.DeploymentScope;
import com.books.bookstore.runtime.engine.MessageBodies;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Iterator;
import java.util.Properties;
import javax.xml.namespace.QName;
import org.apache.axiom.om.OMElement;
import org.apache.synapse.Mediator;
import org.apache.synapse.MessageContext;
import org.apache.synapse.SynapseException;
import org.apache.synapse.config.xml.AbstractMediatorFactory;
import org.apache.synapse.core.axis2.Axis2MessageContext;
import org.apache.synapse.mediators.ext.ClassMediator;

/**
 * Builds {@code <class>}: loads the class from the CAR's own mediator jars and gives it its properties once, by their setters. It takes the
 * place of Synapse's own factory, which cannot call a boolean setter and writes a stack trace to the log for every mistake.
 */
public final class ClassFactory extends AbstractMediatorFactory {

    @Override
    public QName getTagQName() {
        return AttributeNames.element("class");
    }

    @Override
    protected Mediator createSpecificMediator(OMElement element, Properties properties) {
        String className = element.getAttributeValue(AttributeNames.NAME);
        Mediator mediator =
                instantiate(className, DeploymentScope.of(properties).classLoader());
        ClassMediator classMediator = new BodyBuildingMediator();
        classMediator.setMediator(mediator);
        for (Iterator<?> children = element.getChildrenWithName(PROP_Q); children.hasNext(); ) {
            setProperty(classMediator, (OMElement) children.next());
        }
        processAuditStatus(classMediator, element);
        return classMediator;
    }

    /** Has the body built first for a mediator that needs it, as Micro Integrator does, which ends the flow if it cannot. */
    private static final class BodyBuildingMediator extends ClassMediator {

        /** Null before the first message: the answer may depend on properties, which are set later than the class. */
        private volatile Boolean needsBody;

        /** The body is built here: what Synapse cannot build for its list of mediators, it logs with a stack trace. */
        @Override
        public boolean isContentAware() {
            return false;
        }

        @Override
        public boolean mediate(MessageContext message) {
            if (needsBody == null) {
                needsBody = needsBody(getMediator());
            }
            if (needsBody) {
                MessageBodies.buildUnread(((Axis2MessageContext) message).getAxis2MessageContext());
            }
            return super.mediate(message);
        }

        /** {@code isContentAware()} is a method of Micro Integrator's AbstractMediator, which answers true unless it is overridden. */
        private static boolean needsBody(Mediator mediator) {
            try {
                return !Boolean.FALSE.equals(
                        mediator.getClass().getMethod("isContentAware").invoke(mediator));
            } catch (NoSuchMethodException e) {
                return true;
            } catch (IllegalAccessException | InvocationTargetException e) {
                throw new SynapseException(mediator.getClass().getName() + ".isContentAware() failed", e);
            }
        }
    }

    private static Mediator instantiate(String className, ClassLoader classLoader) {
        try {
            Class<?> type = Class.forName(className, true, classLoader);
            if (!Mediator.class.isAssignableFrom(type)) {
                throw new SynapseException("The class " + className + " is not a Synapse mediator");
            }
            return (Mediator) type.getConstructor().newInstance();
        } catch (ClassNotFoundException e) {
            throw new SynapseException("The mediator class " + className + missingFrom(classLoader), e);
        } catch (LinkageError | NoSuchMethodException | InstantiationException | IllegalAccessException e) {
            throw new SynapseException("The mediator class " + className + " cannot be instantiated: " + e, e);
        } catch (InvocationTargetException e) {
            throw new SynapseException("The constructor of " + className + " failed: " + e.getCause(), e.getCause());
        }
    }

    /** A connector's class loader has the name of its file. */
    private static String missingFrom(ClassLoader classLoader) {
        String file = String.valueOf(classLoader.getName());
        return file.endsWith(".zip")
                ? " is neither in a jar in lib/ nor at the root of the connector " + file
                : " is in no mediator jar of this CAR";
    }

    private static void setProperty(ClassMediator classMediator, OMElement property) {
        String name = property.getAttributeValue(AttributeNames.NAME);
        String value = property.getAttributeValue(AttributeNames.VALUE);
        Object content = value != null ? value : property.getFirstElement();
        if (content == null) {
            throw new SynapseException("The property " + name + " of a class mediator needs a value or an XML child");
        }
        Mediator mediator = classMediator.getMediator();
        String setterName = "set" + Character.toUpperCase(name.charAt(0)) + name.substring(1);
        for (Method method : mediator.getClass().getMethods()) {
            if (method.getName().equals(setterName) && method.getParameterCount() == 1) {
                Object argument = argument(content, method.getParameterTypes()[0]);
                if (argument != null) {
                    invoke(mediator, method, argument);
                    classMediator.addProperty(name, content);
                    return;
                }
            }
        }
        throw new SynapseException(mediator.getClass().getName() + " has no " + setterName
                + "() that takes a String, int, long, float, double, boolean or OMElement");
    }

    /** The value as the setter's parameter type, or null if that is none of the types Synapse knows. */
    private static Object argument(Object content, Class<?> type) {
        if (content instanceof OMElement) {
            return type == OMElement.class ? content : null;
        }
        String text = (String) content;
        try {
            if (type == String.class) {
                return text;
            } else if (type == int.class) {
                return Integer.valueOf(text);
            } else if (type == long.class) {
                return Long.valueOf(text);
            } else if (type == float.class) {
                return Float.valueOf(text);
            } else if (type == double.class) {
                return Double.valueOf(text);
            }
            return type == boolean.class ? Boolean.valueOf(text) : null;
        } catch (NumberFormatException e) {
            throw new SynapseException("\"" + text + "\" is not a valid " + type.getName(), e);
        }
    }

    private static void invoke(Mediator mediator, Method setter, Object argument) {
        try {
            setter.invoke(mediator, argument);
        } catch (IllegalAccessException e) {
            throw new SynapseException(setter + " cannot be called", e);
        } catch (InvocationTargetException e) {
            throw new SynapseException(
                    mediator.getClass().getName() + "." + setter.getName() + "(\"" + argument + "\") failed: "
                            + e.getCause().getMessage(),
                    e.getCause());
        }
    }
}
