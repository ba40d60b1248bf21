package com.books.bookstore.runtime.engine;

import com.books.bookstore.runtime.artifact.ArtifactXml;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import javax.xml.namespace.QName;
import org.apache.synapse.MessageContext;
import org.apache.synapse.util.xpath.ext.SynapseXpathFunctionContextProvider;
import org.jaxen.Context;
import org.jaxen.FunctionCallException;
import org.jaxen.function.StringFunction;

/**
 * Expressions that are not XPath, as functions inside the XPath expressions of Synapse's own mediators: {@code json-eval('path')} and
 * <code>${..}</code>. {@link ArtifactXml} makes these calls of Micro Integrator's syntax.
 */
final class ExpressionFunction implements SynapseXpathFunctionContextProvider {

    private final QName name;
    private final Function<String, Expression> compiler;
    private final Map<String, Expression> compiled = new ConcurrentHashMap<>();

    private ExpressionFunction(String name, Function<String, Expression> compiler) {
        this.name = new QName(name);
        this.compiler = compiler;
    }

    static ExpressionFunction jsonEval() {
        return new ExpressionFunction("json-eval", Expression::jsonPath);
    }

    static ExpressionFunction braced() {
        return new ExpressionFunction(ArtifactXml.BRACED_FUNCTION, BracedExpression::parse);
    }

    @Override
    public QName getResolvingQName() {
        return name;
    }

    @Override
    public org.jaxen.Function getInitializedExtFunction(MessageContext message) {
        return new org.jaxen.Function() {
            @Override
            public Object call(Context context, @SuppressWarnings("rawtypes") List arguments)
                    throws FunctionCallException {
                if (arguments.size() != 1) {
                    throw new FunctionCallException(name + " takes one argument");
                }
                String expression = StringFunction.evaluate(arguments.get(0), context.getNavigator());
                return compiled.computeIfAbsent(expression, compiler).stringValueOf(message);
            }
        };
    }
}
