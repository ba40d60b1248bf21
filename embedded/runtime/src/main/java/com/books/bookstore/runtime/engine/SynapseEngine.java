package com.books.bookstore.runtime.engine;

import com.books.bookstore.embedded.Causes;
import com.books.bookstore.runtime.dataservice.DataServiceEngine;
import com.books.bookstore.runtime.http.HttpExchange;
import com.books.bookstore.runtime.mail.MailTransport;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.axis2.AxisFault;
import org.apache.synapse.Mediator;
import org.apache.synapse.MessageContext;
import org.apache.synapse.SynapseConstants;
import org.apache.synapse.SynapseException;
import org.apache.synapse.SynapseHandler;
import org.apache.synapse.config.SynapseConfiguration;
import org.apache.synapse.config.xml.MediatorFactoryFinder;
import org.apache.synapse.core.axis2.Axis2MessageContext;
import org.apache.synapse.core.axis2.Axis2SynapseEnvironment;
import org.apache.synapse.mediators.MediatorFaultHandler;
import org.apache.synapse.mediators.base.SequenceMediator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Apache Synapse in this JVM: takes the artifacts of CARs, and mediates requests on the caller's thread.
 *
 * <p>Deploy everything from one thread, then {@link #handle} from any number of threads. Instances share nothing but Synapse's table of
 * mediator factories, so several can live in one JVM.
 */
public final class SynapseEngine implements AutoCloseable {

    /** Micro Integrator's ERROR_CODE for a body that cannot be built. */
    static final int MESSAGE_PARSING_ERROR = 601000;

    /** What a flow puts into the log context, as on Micro Integrator: its thread's next message is another one. */
    private static final String CORRELATION_LOG_KEY = "Correlation-ID";

    private static final Logger LOG = LoggerFactory.getLogger(SynapseEngine.class);

    private static final org.apache.commons.logging.Log SERVICE_LOG =
            org.apache.commons.logging.LogFactory.getLog("SERVICE_LOGGER.embedded");

    private final Handlers handlers = new Handlers();
    private final FlowLog flowLog = new FlowLog();
    private final ApiDispatcher apis = new ApiDispatcher();
    private TaskScheduler scheduler;

    private final AxisMessages axis2 = new AxisMessages();
    private final SynapseConfiguration configuration = new SynapseConfiguration();
    private final Axis2SynapseEnvironment environment;
    private final ArtifactDeployer artifacts;

    /** @param mail sends the emails of blocking calls; the caller closes it */
    public SynapseEngine(DataServiceEngine dataServices, MailTransport mail) {
        loadMediatorFactories();

        configuration.setAxisConfiguration(axis2.context().getAxisConfiguration());
        SequenceMediator main = new SequenceMediator();
        main.setName(SynapseConstants.MAIN_SEQUENCE_KEY);
        main.addChild(apis);
        configuration.addSequence(SynapseConstants.MAIN_SEQUENCE_KEY, main);
        SequenceMediator fault = new SequenceMediator();
        fault.setName(SynapseConstants.FAULT_SEQUENCE_KEY);
        fault.addChild(new UnhandledFaultMediator());
        configuration.addSequence(SynapseConstants.FAULT_SEQUENCE_KEY, fault);

        environment = new Axis2SynapseEnvironment(axis2.context(), configuration);
        environment.setXpathFunctionExtensions(ExpressionFunction.jsonEval());
        environment.setXpathFunctionExtensions(ExpressionFunction.braced());
        environment.setXpathFunctionExtensions(new UrlEncodeFunction());
        environment.setXpathFunctionExtensions(new GetPropertyFunction());
        configuration.init(environment);
        environment.setInitialized(true);
        artifacts = new ArtifactDeployer(dataServices, mail, configuration, environment, apis, flowLog);
    }

    /** What flows write with {@code <log>}. */
    public FlowLog flowLog() {
        return flowLog;
    }

    /** Deploys artifacts into this engine. */
    public ArtifactDeployer artifacts() {
        return artifacts;
    }

    /** Synapse finds its extensions through the thread's class loader, which need not be the one that loaded this class. */
    private static void loadMediatorFactories() {
        Thread thread = Thread.currentThread();
        ClassLoader previous = thread.getContextClassLoader();
        thread.setContextClassLoader(SynapseEngine.class.getClassLoader());
        try {
            MediatorFactoryFinder.getInstance();
        } finally {
            thread.setContextClassLoader(previous);
        }
    }

    /** As on Micro Integrator, where flows find out from Axis2 which data services are deployed. */
    public void publish(Collection<String> dataServices) {
        axis2.publish(dataServices);
    }

    /** Lets the tasks run; called once everything is deployed. */
    public void startTasks() {
        if (!artifacts.tasks().isEmpty()) {
            scheduler = TaskScheduler.start(artifacts.tasks(), this::runTask);
        }
    }

    /**
     * Runs a named sequence without a request and without a fault sequence.
     *
     * @return the message, or empty if the sequence ended the flow
     * @throws SynapseException if the sequence does not exist or fails
     */
    public Optional<MessageContext> mediate(String sequence, Consumer<MessageContext> preparation) {
        Axis2MessageContext message = messageWithoutRequest();
        preparation.accept(message);
        Mediator mediator = message.getSequence(sequence);
        if (mediator == null) {
            throw new SynapseException("The sequence " + sequence + " does not exist");
        }
        try {
            return mediator.mediate(message) ? Optional.of(message) : Optional.empty();
        } finally {
            MDC.remove(CORRELATION_LOG_KEY);
        }
    }

    private Axis2MessageContext messageWithoutRequest() {
        return message(new HttpExchange(
                "POST", "/", "http", "", new TreeMap<>(String.CASE_INSENSITIVE_ORDER), Map.of(), new byte[0], ""));
    }

    private void runTask(ScheduledTask task) {
        Axis2MessageContext message = messageWithoutRequest();
        message.getEnvelope().getBody().addChild(task.message().cloneOMElement());
        message.pushFaultHandler(new MediatorFaultHandler(message.getFaultSequence()));
        try {
            message.getSequence(task.sequence()).mediate(message);
        } catch (RuntimeException e) {
            handleFault(message, e);
        } finally {
            MDC.remove(CORRELATION_LOG_KEY);
        }
    }

    /** Tells a handler of every request from now on, until this engine is closed. Called before requests are handled. */
    public void addHandler(SynapseHandler handler) {
        handlers.add(handler);
    }

    public List<String> apiContexts() {
        List<String> contexts = new ArrayList<>();
        apis.apis().forEach(api -> contexts.add(api.context().isEmpty() ? "/" : api.context()));
        return contexts;
    }

    // ---- Requests ----

    /** Mediates one request; when this returns, the exchange is answered. */
    public void handle(HttpExchange exchange) {
        Axis2MessageContext message = message(exchange);
        try {
            mediate(message);
            if (!exchange.isAnswered()) {
                // As on Micro Integrator: the flow took the message and said nothing.
                exchange.answer(202, Map.of(), new byte[0]);
            }
            if (!handlers.isEmpty()) {
                // Answers that no flow sent. Handlers are told once, so for all others this does nothing.
                message.getAxis2MessageContext().setProperty("HTTP_SC", exchange.status());
                handlers.beforeResponse(message);
            }
        } finally {
            MDC.remove(CORRELATION_LOG_KEY);
        }
    }

    private void mediate(Axis2MessageContext message) {
        if (!handlers.beforeRequest(message)) {
            return;
        }
        try {
            environment.injectMessage(message);
        } catch (SynapseException e) {
            handleFault(message, e);
        }
    }

    private Axis2MessageContext message(HttpExchange exchange) {
        Axis2MessageContext message = new MiMessageContext(axis2.of(exchange), configuration, environment);
        message.setServiceLog(SERVICE_LOG);
        if (!handlers.isEmpty()) {
            message.getAxis2MessageContext()
                    .setProperty(Handlers.BEFORE_RESPONSE, (Runnable) () -> handlers.beforeResponse(message));
        }
        return message;
    }

    private static void handleFault(Axis2MessageContext message, RuntimeException failure) {
        if (message.getFaultStack().isEmpty()) {
            throw failure;
        }
        if (Causes.find(failure, UnreadableBodyException.class).isPresent()) {
            // With a code set, the fault handler leaves the rest to us.
            message.setProperty(SynapseConstants.ERROR_CODE, MESSAGE_PARSING_ERROR);
            message.setProperty(SynapseConstants.ERROR_MESSAGE, failure.getMessage());
            message.setProperty(SynapseConstants.ERROR_EXCEPTION, failure);
        }
        message.getFaultStack().pop().handleFault(message, failure);
    }

    @Override
    public void close() {
        if (scheduler != null) {
            scheduler.close();
        }
        handlers.close();
        apis.apis().forEach(RestApi::destroy);
        configuration.destroy();
        environment.getExecutorService().shutdownNow();
        try {
            axis2.close();
        } catch (AxisFault e) {
            LOG.warn("Axis2 did not stop cleanly: {}", e.getMessage());
        }
    }
}
