package com.books.bookstore.benchmark;

import com.books.bookstore.mediator.OrderTotalsMediator;
import com.books.bookstore.mediator.PricingMediator;
import com.books.bookstore.mediator.StockValidationMediator;
import com.books.bookstore.mediator.message.MessageProperties;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import javax.script.Invocable;
import javax.script.ScriptEngine;
import javax.script.ScriptException;
import org.apache.axiom.om.OMAbstractFactory;
import org.apache.axis2.AxisFault;
import org.apache.axis2.context.ConfigurationContext;
import org.apache.axis2.engine.AxisConfiguration;
import org.apache.synapse.Mediator;
import org.apache.synapse.MessageContext;
import org.apache.synapse.config.SynapseConfiguration;
import org.apache.synapse.core.axis2.Axis2MessageContext;
import org.apache.synapse.core.axis2.Axis2SynapseEnvironment;
import org.apache.synapse.mediators.AbstractMediator;
import org.apache.synapse.mediators.base.SequenceMediator;
import org.apache.synapse.mediators.bsf.ScriptMediator;
import org.apache.synapse.mediators.ext.ClassMediator;
import org.openjdk.nashorn.api.scripting.NashornScriptEngineFactory;

/**
 * An order in a Synapse message, and the sequence that prices it, checks its stock and adds it up. The message is made once: it may be
 * mediated any number of times, as only its output properties are written. Not thread-safe.
 */
final class MediatedOrder {

    private static final String SCRIPT = "price-order.js";

    private final SequenceMediator sequence;
    private final Axis2MessageContext message;

    private MediatedOrder(Mediator... mediators) {
        AxisConfiguration axis2 = new AxisConfiguration();
        SynapseConfiguration configuration = new SynapseConfiguration();
        configuration.setAxisConfiguration(axis2);
        Axis2SynapseEnvironment environment =
                new Axis2SynapseEnvironment(new ConfigurationContext(axis2), configuration);
        sequence = new SequenceMediator();
        for (Mediator mediator : mediators) {
            sequence.addChild(mediator);
        }
        sequence.init(environment);
        message = new Axis2MessageContext(emptyAxis2Message(), configuration, environment);
        message.setProperty(MessageProperties.ORDER_REQUEST, SampleOrder.request());
        message.setProperty(MessageProperties.CATALOG, SampleOrder.catalog());
    }

    private static org.apache.axis2.context.MessageContext emptyAxis2Message() {
        org.apache.axis2.context.MessageContext axis2 = new org.apache.axis2.context.MessageContext();
        try {
            axis2.setEnvelope(OMAbstractFactory.getSOAP11Factory().getDefaultEnvelope());
        } catch (AxisFault e) {
            throw new IllegalStateException("Axis2 refuses an empty envelope", e);
        }
        return axis2;
    }

    /** With the class mediators that the bookstore runs with. */
    static MediatedOrder byClassMediators() {
        PricingMediator pricing = new PricingMediator();
        pricing.setQuantityTiers(SampleOrder.QUANTITY_TIERS);
        OrderTotalsMediator totals = new OrderTotalsMediator();
        totals.setTaxRate(SampleOrder.TAX_RATE);
        totals.setCurrency(SampleOrder.CURRENCY);
        return new MediatedOrder(
                classMediator(pricing), classMediator(new StockValidationMediator()), classMediator(totals));
    }

    /** With Synapse's own script mediator and its JavaScript engine, Rhino. */
    static MediatedOrder byScriptMediator() {
        return new MediatedOrder(
                new ScriptMediator("js", script() + "mediate(mc);", MediatedOrder.class.getClassLoader()));
    }

    /** With a JavaScript function that stays compiled and is called with the message: the most that a script can do. */
    static MediatedOrder byCompiledFunction() {
        return new MediatedOrder(new CompiledFunctionMediator(script()));
    }

    private static Mediator classMediator(Mediator mediator) {
        ClassMediator classMediator = new ClassMediator();
        classMediator.setMediator(mediator);
        return classMediator;
    }

    private static String script() {
        try (InputStream script = MediatedOrder.class.getResourceAsStream(SCRIPT)) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Mediates the message once and returns the order as the database would take it. */
    String mediate() {
        message.setProperty(MessageProperties.ORDER_JSON, null);
        if (!sequence.mediate(message)) {
            throw new IllegalStateException("The mediation was stopped");
        }
        return (String) message.getProperty(MessageProperties.ORDER_JSON);
    }

    private static final class CompiledFunctionMediator extends AbstractMediator {

        private final Invocable engine;

        CompiledFunctionMediator(String script) {
            ScriptEngine nashorn = new NashornScriptEngineFactory().getScriptEngine();
            try {
                nashorn.eval(script);
            } catch (ScriptException e) {
                throw new IllegalStateException(e);
            }
            engine = (Invocable) nashorn;
        }

        @Override
        public boolean mediate(MessageContext message) {
            try {
                return (Boolean) engine.invokeFunction("mediate", message);
            } catch (ScriptException | NoSuchMethodException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
