package com.books.bookstore.runtime.engine;

import com.books.bookstore.mi.json.JsonPayload;
import com.books.bookstore.runtime.artifact.ArtifactXml;
import com.books.bookstore.runtime.artifact.DeploymentException;
import com.books.bookstore.runtime.dataservice.DataServiceEngine;
import com.books.bookstore.runtime.http.HttpExchange;
import com.books.bookstore.runtime.http.Problem;
import com.books.bookstore.runtime.mail.MailTransport;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import javax.xml.namespace.QName;
import org.apache.axiom.om.OMElement;
import org.apache.axiom.om.OMText;
import org.apache.axis2.AxisFault;
import org.apache.axis2.Constants;
import org.apache.axis2.context.ConfigurationContext;
import org.apache.axis2.context.OperationContext;
import org.apache.axis2.context.ServiceContext;
import org.apache.axis2.context.ServiceGroupContext;
import org.apache.axis2.description.AxisOperation;
import org.apache.axis2.description.AxisService;
import org.apache.axis2.description.AxisServiceGroup;
import org.apache.axis2.description.InOutAxisOperation;
import org.apache.axis2.description.TransportInDescription;
import org.apache.axis2.description.TransportOutDescription;
import org.apache.axis2.engine.AxisConfiguration;
import org.apache.synapse.Mediator;
import org.apache.synapse.SynapseConstants;
import org.apache.synapse.SynapseException;
import org.apache.synapse.SynapseHandler;
import org.apache.synapse.config.Entry;
import org.apache.synapse.config.SynapseConfiguration;
import org.apache.synapse.config.xml.MediatorFactoryFinder;
import org.apache.synapse.config.xml.TemplateMediatorFactory;
import org.apache.synapse.core.axis2.Axis2MessageContext;
import org.apache.synapse.core.axis2.Axis2SynapseEnvironment;
import org.apache.synapse.mediators.MediatorFaultHandler;
import org.apache.synapse.mediators.base.SequenceMediator;
import org.apache.synapse.mediators.template.TemplateMediator;
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

    private final DataServiceEngine dataServices;
    private final Handlers handlers = new Handlers();
    private final Endpoints endpoints = new Endpoints();
    private final ApiDispatcher apis = new ApiDispatcher();
    private final Connectors connectors = new Connectors();
    private final List<Grammar.Reference> references = new ArrayList<>();
    private final List<ScheduledTask> tasks = new ArrayList<>();
    private final MailTransport mail;
    private TaskScheduler scheduler;

    private final ConfigurationContext axis2 = axis2();
    /** Only a name: the HTTP server in front calls {@link #handle} itself. */
    private final TransportInDescription transportIn = new TransportInDescription(Constants.TRANSPORT_HTTP);

    private final TransportOutDescription transportOut =
            axis2.getAxisConfiguration().getTransportOut(Constants.TRANSPORT_HTTP);
    private final AxisOperation operation;
    private final ServiceContext serviceContext;
    private final SynapseConfiguration configuration = new SynapseConfiguration();
    private final Axis2SynapseEnvironment environment;

    /** @param mail takes the mails of blocking calls; it stays the caller's */
    public SynapseEngine(DataServiceEngine dataServices, MailTransport mail) {
        this.dataServices = dataServices;
        this.mail = mail;
        loadMediatorFactories();
        operation = new InOutAxisOperation(SynapseConstants.SYNAPSE_OPERATION_NAME);
        serviceContext = serviceContext();

        configuration.setAxisConfiguration(axis2.getAxisConfiguration());
        SequenceMediator main = new SequenceMediator();
        main.setName(SynapseConstants.MAIN_SEQUENCE_KEY);
        main.addChild(apis);
        configuration.addSequence(SynapseConstants.MAIN_SEQUENCE_KEY, main);
        SequenceMediator fault = new SequenceMediator();
        fault.setName(SynapseConstants.FAULT_SEQUENCE_KEY);
        fault.addChild(new UnhandledFaultMediator());
        configuration.addSequence(SynapseConstants.FAULT_SEQUENCE_KEY, fault);

        environment = new Axis2SynapseEnvironment(axis2, configuration);
        environment.setXpathFunctionExtensions(new JsonEvalFunction());
        configuration.init(environment);
        environment.setInitialized(true);
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

    private static ConfigurationContext axis2() {
        AxisConfiguration configuration = new AxisConfiguration();
        TransportOutDescription out = new TransportOutDescription(Constants.TRANSPORT_HTTP);
        out.setSender(new ExchangeTransportSender());
        try {
            configuration.addTransportOut(out);
        } catch (AxisFault e) {
            throw new IllegalStateException("Axis2 refuses the HTTP transport", e);
        }
        return new ConfigurationContext(configuration);
    }

    private ServiceContext serviceContext() {
        AxisConfiguration axisConfiguration = axis2.getAxisConfiguration();
        AxisService service = new AxisService(SynapseConstants.SYNAPSE_SERVICE_NAME);
        service.addOperation(operation);
        AxisServiceGroup group = new AxisServiceGroup(axisConfiguration);
        group.setServiceGroupName(SynapseConstants.SYNAPSE_SERVICE_NAME);
        try {
            group.addService(service);
            axisConfiguration.addServiceGroup(group);
            return new ServiceGroupContext(axis2, group).getServiceContext(service);
        } catch (AxisFault e) {
            throw new IllegalStateException("Axis2 refuses Synapse's service", e);
        }
    }

    // ---- Deployment ----

    /** What the artifacts of one CAR are built with. */
    public DeploymentScope scope(ClassLoader mediators) {
        return new DeploymentScope(dataServices, endpoints, mail, mediators);
    }

    /** @throws DeploymentException if the artifact is refused */
    public void deploySequence(ArtifactXml artifact, DeploymentScope scope) {
        check(artifact, "sequence");
        String name = attribute(artifact, "name");
        if (configuration.getDefinedSequences().containsKey(name)) {
            throw artifact.error(artifact.root(), "the sequence " + name + " already exists");
        }
        configuration.addSequence(name, build(artifact, () -> {
            Mediator sequence = MediatorFactoryFinder.getInstance().getMediator(artifact.root(), scope.toProperties());
            ((SequenceMediator) sequence).init(environment);
            BuiltMessages.areWhatItMediates(sequence);
            return sequence;
        }));
    }

    public void deployTemplate(ArtifactXml artifact, DeploymentScope scope) {
        deployTemplate(artifact, scope, attribute(artifact, "name"));
    }

    /** @param name by which the template is called */
    private void deployTemplate(ArtifactXml artifact, DeploymentScope scope, String name) {
        check(artifact, "template");
        if (hasTemplate(name)) {
            throw artifact.error(artifact.root(), "the template " + name + " already exists");
        }
        markParametersOptional(artifact.root());
        configuration.addSequenceTemplate(name, build(artifact, () -> {
            Mediator template = new TemplateMediatorFactory().createMediator(artifact.root(), scope.toProperties());
            ((TemplateMediator) template).init(environment);
            BuiltMessages.areWhatItMediates(template);
            return (TemplateMediator) template;
        }));
    }

    /** On Micro Integrator a parameter may be left out unless it says otherwise; Apache Synapse logs an error for each that is. */
    private static void markParametersOptional(OMElement template) {
        for (Iterator<?> children = template.getChildrenWithLocalName("parameter"); children.hasNext(); ) {
            ((OMElement) children.next()).addAttribute("optional", "true", null);
        }
    }

    /** Under the name by which it is called; Synapse's own list has the names that templates give themselves. */
    private boolean hasTemplate(String name) {
        return configuration.getLocalRegistry().get(name) instanceof TemplateMediator;
    }

    /**
     * Deploys the templates of a connector. From then on artifacts can call its operations.
     *
     * @param where    names the connector's file in messages
     * @param name     the first part of its operations' names
     * @param scope    with the classes of the connector
     */
    public void deployConnector(
            String where, String name, String packageName, List<ArtifactXml> templates, DeploymentScope scope) {
        if (connectors.contains(name)) {
            throw new DeploymentException(where + ": the connector " + name + " already exists");
        }
        connectors.add(name, packageName);
        for (ArtifactXml template : templates) {
            deployTemplate(template, scope, connectors.templateName(name, attribute(template, "name")));
        }
    }

    public void deployApi(ArtifactXml artifact, DeploymentScope scope) {
        check(artifact, "api");
        RestApi api = build(artifact, () -> RestApi.parse(artifact, scope.toProperties()));
        for (RestApi other : apis.apis()) {
            if (other.name().equals(api.name())) {
                throw artifact.error(artifact.root(), "the API " + api.name() + " already exists");
            }
            if (other.context().equals(api.context())) {
                throw artifact.error(
                        artifact.root(), "the API " + other.name() + " already has the context " + api.context());
            }
        }
        build(artifact, () -> {
            api.init(environment);
            apis.add(api);
            return api;
        });
    }

    public void deployEndpoint(ArtifactXml artifact) {
        check(artifact, "endpoint");
        String name = attribute(artifact, "name");
        if (endpoints.contains(name)) {
            throw artifact.error(artifact.root(), "the endpoint " + name + " already exists");
        }
        endpoints.add(name, build(artifact, () -> Endpoints.parse(artifact.root())));
    }

    public void deployLocalEntry(ArtifactXml artifact) {
        check(artifact, "localEntry");
        String key = attribute(artifact, "key");
        if (configuration.getLocalRegistry().containsKey(key)) {
            throw artifact.error(artifact.root(), "the local entry " + key + " already exists");
        }
        Entry entry = new Entry(key);
        OMElement xml = artifact.root().getFirstElement();
        if (xml != null && !"description".equals(xml.getLocalName())) {
            entry.setType(Entry.INLINE_XML);
            entry.setValue(xml);
        } else {
            entry.setType(Entry.INLINE_TEXT);
            entry.setValue(text(artifact.root()));
        }
        configuration.addEntry(key, entry);
    }

    private static String text(OMElement element) {
        StringBuilder text = new StringBuilder();
        for (Iterator<?> children = element.getChildren(); children.hasNext(); ) {
            Object child = children.next();
            if (child instanceof OMText) {
                text.append(((OMText) child).getText());
            }
        }
        return text.toString().trim();
    }

    public void deployTask(ArtifactXml artifact) {
        check(artifact, "task");
        String name = attribute(artifact, "name");
        if (tasks.stream().anyMatch(task -> task.name().equals(name))) {
            throw artifact.error(artifact.root(), "the task " + name + " already exists");
        }
        tasks.add(build(artifact, () -> ScheduledTask.parse(artifact.root())));
    }

    private void check(ArtifactXml artifact, String rootName) {
        connectors.resolveCalls(artifact);
        Grammar.check(artifact, rootName, references::add);
        artifact.quoteJsonPaths();
    }

    private static String attribute(ArtifactXml artifact, String name) {
        return artifact.root().getAttributeValue(new QName(name));
    }

    private interface Build<T> {

        T build();
    }

    private static <T> T build(ArtifactXml artifact, Build<T> build) {
        try {
            return build.build();
        } catch (DeploymentException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new DeploymentException(
                    artifact.file() + ": " + String.valueOf(e.getMessage()).split("\n")[0], e);
        }
    }

    /**
     * Called when every CAR is deployed: what artifacts refer to must exist now.
     *
     * @throws DeploymentException naming the first thing that does not
     */
    public void checkReferences() {
        for (Grammar.Reference reference : references) {
            if (!exists(reference)) {
                throw reference
                        .artifact()
                        .error(
                                reference.where(),
                                "the "
                                        + reference
                                                .kind()
                                                .toString()
                                                .toLowerCase()
                                                .replace('_', ' ') + " " + reference.name() + " does not exist");
            }
        }
    }

    private boolean exists(Grammar.Reference reference) {
        switch (reference.kind()) {
            case SEQUENCE:
                return configuration.getDefinedSequences().containsKey(reference.name());
            case TEMPLATE:
                return hasTemplate(reference.name());
            case ENDPOINT:
                return endpoints.contains(reference.name());
            case DATA_SERVICE:
                return dataServices.isDeployed(reference.name());
            default:
                throw new IllegalStateException("unknown kind " + reference.kind());
        }
    }

    /** Lets the tasks run; called once everything is deployed. */
    public void startTasks() {
        if (!tasks.isEmpty()) {
            scheduler = TaskScheduler.start(tasks, this::runTask);
        }
    }

    private void runTask(ScheduledTask task) {
        HttpExchange nobody = new HttpExchange(
                "POST", "/", "http", "", new TreeMap<>(String.CASE_INSENSITIVE_ORDER), Map.of(), new byte[0], "");
        Axis2MessageContext message = message(nobody);
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
        Axis2MessageContext message = new Axis2MessageContext(axis2Message(exchange), configuration, environment);
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
        message.getFaultStack().pop().handleFault(message, failure);
    }

    private org.apache.axis2.context.MessageContext axis2Message(HttpExchange exchange) {
        org.apache.axis2.context.MessageContext message = new org.apache.axis2.context.MessageContext();
        message.setConfigurationContext(axis2);
        ThreadLocalRandom random = ThreadLocalRandom.current();
        message.setMessageID("urn:uuid:" + new UUID(random.nextLong(), random.nextLong()));
        message.setTransportIn(transportIn);
        message.setTransportOut(transportOut);
        message.setIncomingTransportName(Constants.TRANSPORT_HTTP);
        message.setServerSide(true);
        message.setDoingREST(true);
        message.setAxisOperation(operation);
        OperationContext operationContext = new OperationContext(operation, serviceContext);
        message.setOperationContext(operationContext);
        message.setServiceContext(serviceContext);

        message.setProperty(Constants.OUT_TRANSPORT_INFO, exchange);
        message.setProperty(Constants.Configuration.HTTP_METHOD, exchange.method());
        message.setProperty(Constants.Configuration.TRANSPORT_IN_URL, exchange.target());
        message.setProperty(org.apache.axis2.context.MessageContext.TRANSPORT_HEADERS, exchange.requestHeaders());
        message.setProperty("EXCESS_TRANSPORT_HEADERS", exchange.repeatedHeaders());
        message.setProperty(org.apache.axis2.context.MessageContext.REMOTE_ADDR, exchange.remoteAddress());
        message.setProperty("REMOTE_HOST", exchange.remoteAddress());
        message.setProperty(
                "SERVICE_PREFIX",
                exchange.scheme() + "://" + exchange.requestHeaders().getOrDefault("Host", "") + "/");
        setContentType(message, exchange);
        MessageBodies.setEmptyEnvelope(message);
        return message;
    }

    private static void setContentType(org.apache.axis2.context.MessageContext message, HttpExchange exchange) {
        String method = exchange.method();
        boolean mayHaveBody = exchange.requestBody().length > 0
                || "POST".equals(method)
                || "PUT".equals(method)
                || "PATCH".equals(method);
        String contentType = exchange.requestHeaders().get("Content-Type");
        if (!mayHaveBody) {
            // Micro Integrator's marks of a request without a body; the first one suppresses the body of the response,
            // too.
            message.setProperty("NO_ENTITY_BODY", Boolean.TRUE);
            contentType = "application/x-www-form-urlencoded";
        } else if (contentType == null) {
            contentType = "application/octet-stream";
        }
        message.setProperty(Constants.Configuration.CONTENT_TYPE, contentType);
        message.setProperty(
                Constants.Configuration.MESSAGE_TYPE,
                mayHaveBody && contentType.startsWith("application/json") ? "application/json" : "application/xml");
        if (mayHaveBody && exchange.requestBody().length == 0 && contentType.startsWith("application/json")) {
            message.setProperty(JsonPayload.PROPERTY, JsonPayload.of(exchange.requestBody()));
        }
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
            axis2.terminate();
        } catch (AxisFault e) {
            LOG.warn("Axis2 did not stop cleanly: {}", e.getMessage());
        }
    }

    /** The default fault sequence: says that something failed, and to the caller nothing else. */
    private static final class UnhandledFaultMediator extends org.apache.synapse.mediators.AbstractMediator {

        @Override
        public boolean mediate(org.apache.synapse.MessageContext message) {
            org.apache.axis2.context.MessageContext axis2 = ((Axis2MessageContext) message).getAxis2MessageContext();
            LOG.error(
                    "No fault sequence handled the error in {}: {} {}",
                    message.getProperty("SYNAPSE_REST_API"),
                    message.getProperty(SynapseConstants.ERROR_CODE),
                    message.getProperty(SynapseConstants.ERROR_MESSAGE));
            Object exchange = axis2.getProperty(Constants.OUT_TRANSPORT_INFO);
            if (exchange instanceof HttpExchange) {
                ((HttpExchange) exchange).answerProblem(Problem.INTERNAL_ERROR);
            }
            return true;
        }
    }
}
