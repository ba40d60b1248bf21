package com.books.bookstore.runtime.engine;

import com.books.bookstore.runtime.artifact.ArtifactXml;
import java.util.List;
import java.util.Map;
import javax.xml.namespace.QName;
import org.apache.synapse.MessageContext;
import org.apache.synapse.core.axis2.Axis2MessageContext;
import org.apache.synapse.util.xpath.ext.SynapseXpathFunctionContextProvider;
import org.jaxen.Context;
import org.jaxen.Function;
import org.jaxen.FunctionCallException;
import org.jaxen.function.StringFunction;

/**
 * {@code get-property()} with the scopes of Micro Integrator that Synapse 3.0.1 does not know: {@code env}, {@code system} and {@code
 * operation}. All others are left to Synapse.
 */
final class GetPropertyFunction implements SynapseXpathFunctionContextProvider {

    private static final QName NAME = new QName(ArtifactXml.TRANSLATED_PREFIX + "get-property");

    private static final Map<String, Scope> SCOPES = Map.of(
            "env", (message, name) -> environment(name),
            "system", (message, name) -> System.getProperty(name),
            "operation",
                    (message, name) -> ((Axis2MessageContext) message)
                            .getAxis2MessageContext()
                            .getOperationContext()
                            .getProperty(name));

    /** Tests cannot set the environment of their own process: a system property of the name stands before it. */
    private static String environment(String name) {
        String property = System.getProperty(name);
        return property == null ? System.getenv(name) : property;
    }

    /** Where a property is looked up. */
    @FunctionalInterface
    private interface Scope {

        /** Null if there is none. */
        Object value(MessageContext message, String name);
    }

    @Override
    public QName getResolvingQName() {
        return NAME;
    }

    @Override
    public Function getInitializedExtFunction(MessageContext message) {
        Function other = new org.apache.synapse.mediators.GetPropertyFunction(message);
        return new Function() {
            @Override
            public Object call(Context context, @SuppressWarnings("rawtypes") List arguments)
                    throws FunctionCallException {
                Scope scope = arguments.size() < 2
                        ? null
                        : SCOPES.get(StringFunction.evaluate(arguments.get(0), context.getNavigator()));
                if (scope == null) {
                    return other.call(context, arguments);
                }
                Object value = scope.value(message, StringFunction.evaluate(arguments.get(1), context.getNavigator()));
                return value == null ? "" : value;
            }
        };
    }
}
