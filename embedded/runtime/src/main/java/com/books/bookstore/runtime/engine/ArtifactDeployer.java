package com.books.bookstore.runtime.engine;

import com.books.bookstore.runtime.artifact.ArtifactXml;
import com.books.bookstore.runtime.artifact.DeploymentException;
import com.books.bookstore.runtime.dataservice.DataServiceEngine;
import com.books.bookstore.runtime.mail.MailTransport;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.xml.namespace.QName;
import org.apache.axiom.om.OMElement;
import org.apache.axiom.om.OMText;
import org.apache.synapse.Mediator;
import org.apache.synapse.SynapseConstants;
import org.apache.synapse.config.Entry;
import org.apache.synapse.config.SynapseConfiguration;
import org.apache.synapse.config.xml.MediatorFactoryFinder;
import org.apache.synapse.config.xml.TemplateMediatorFactory;
import org.apache.synapse.core.SynapseEnvironment;
import org.apache.synapse.mediators.base.SequenceMediator;
import org.apache.synapse.mediators.template.TemplateMediator;

/**
 * Deploys the artifacts of CARs into an engine. Used from one thread, before the engine handles requests.
 */
public final class ArtifactDeployer {

    private final DataServiceEngine dataServices;
    private final MailTransport mail;
    private final SynapseConfiguration configuration;
    private final SynapseEnvironment environment;
    private final ApiDispatcher apis;
    private final FlowLog flowLog;
    private final Endpoints endpoints = new Endpoints();
    private final Connectors connectors = new Connectors();
    private final List<Grammar.Reference> references = new ArrayList<>();
    private final Set<String> deployedSequences = new HashSet<>();
    private final List<ScheduledTask> tasks = new ArrayList<>();

    ArtifactDeployer(
            DataServiceEngine dataServices,
            MailTransport mail,
            SynapseConfiguration configuration,
            SynapseEnvironment environment,
            ApiDispatcher apis,
            FlowLog flowLog) {
        this.dataServices = dataServices;
        this.mail = mail;
        this.configuration = configuration;
        this.environment = environment;
        this.apis = apis;
        this.flowLog = flowLog;
    }

    public Endpoints endpoints() {
        return endpoints;
    }

    List<ScheduledTask> tasks() {
        return tasks;
    }

    /** What the artifacts of one CAR are built with. */
    public DeploymentScope scope(ClassLoader mediators) {
        return new DeploymentScope(dataServices, endpoints, mail, flowLog, mediators);
    }

    /** @throws DeploymentException if the artifact is refused */
    public void deploySequence(ArtifactXml artifact, DeploymentScope scope) {
        check(artifact, "sequence");
        String name = attribute(artifact, "name");
        if (!deployedSequences.add(name)) {
            throw artifact.error(artifact.root(), "the sequence " + name + " already exists");
        }
        Mediator sequence = build(artifact, () -> {
            Mediator built = MediatorFactoryFinder.getInstance().getMediator(artifact.root(), scope.toProperties());
            ((SequenceMediator) built).init(environment);
            BuiltMessages.areWhatItMediates(built);
            return built;
        });
        if (SynapseConstants.MAIN_SEQUENCE_KEY.equals(name)) {
            apis.setMainSequence(sequence);
        } else {
            if (SynapseConstants.FAULT_SEQUENCE_KEY.equals(name)) {
                configuration.removeSequence(name);
            }
            configuration.addSequence(name, sequence);
        }
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
        connectors.addConnection(attribute(artifact, "key"), artifact.root().getFirstElement());
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
        try {
            check(artifact, "task");
            addTask(artifact);
        } catch (NoClassDefFoundError e) {
            throw new DeploymentException(
                    artifact.file() + ": tasks need org.quartz-scheduler:quartz on the class path", e);
        }
    }

    private void addTask(ArtifactXml artifact) {
        String name = attribute(artifact, "name");
        if (tasks.stream().anyMatch(task -> task.name().equals(name))) {
            throw artifact.error(artifact.root(), "the task " + name + " already exists");
        }
        tasks.add(build(artifact, () -> ScheduledTask.parse(artifact.root())));
    }

    private void check(ArtifactXml artifact, String rootName) {
        connectors.resolveCalls(artifact);
        Grammar.check(artifact, rootName, references::add);
        artifact.translateExpressions();
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
        for (String endpoint : endpoints.redirectedOnly()) {
            throw new DeploymentException("the endpoint " + endpoint + ", which is to be redirected, does not exist");
        }
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
                                                .toLowerCase(Locale.ROOT)
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
}
