package com.books.bookstore.runtime.engine;

import com.books.bookstore.runtime.artifact.ArtifactXml;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.xml.namespace.QName;
import org.apache.synapse.MessageContext;
import org.apache.synapse.util.xpath.ext.SynapseXpathFunctionContextProvider;
import org.jaxen.Context;
import org.jaxen.Function;
import org.jaxen.FunctionCallException;
import org.jaxen.function.StringFunction;

/**
 * {@code json-eval('path')} inside the XPath expressions of Synapse's own mediators. {@link ArtifactXml} puts the quotes there that
 * Micro Integrator's syntax does without.
 */
final class JsonEvalFunction implements SynapseXpathFunctionContextProvider {

    private static final QName NAME = new QName("json-eval");

    private final Map<String, Expression> compiled = new ConcurrentHashMap<>();

    @Override
    public QName getResolvingQName() {
        return NAME;
    }

    @Override
    public Function getInitializedExtFunction(MessageContext message) {
        return new Function() {
            @Override
            public Object call(Context context, @SuppressWarnings("rawtypes") List arguments)
                    throws FunctionCallException {
                if (arguments.size() != 1) {
                    throw new FunctionCallException("json-eval takes one argument");
                }
                String path = StringFunction.evaluate(arguments.get(0), context.getNavigator());
                return compiled.computeIfAbsent(path, Expression::jsonPath).stringValueOf(message);
            }
        };
    }
}
