package com.books.bookstore.runtime.engine;

import com.books.bookstore.runtime.artifact.ArtifactXml;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import javax.xml.namespace.QName;
import org.apache.axiom.om.OMElement;
import org.apache.synapse.Mediator;
import org.apache.synapse.MessageContext;
import org.apache.synapse.config.xml.SequenceMediatorFactory;
import org.apache.synapse.config.xml.XMLConfigConstants;
import org.apache.synapse.core.SynapseEnvironment;
import org.apache.synapse.mediators.MediatorFaultHandler;
import org.apache.synapse.mediators.base.SequenceMediator;

/**
 * An API: a context and the resources behind it. It stands in for Synapse 3.0.1's own API class, which knows neither PATCH nor HEAD, picks
 * one of several matching resources by chance, and answers nothing where none matches. Resources are chosen as on Micro Integrator.
 *
 * <p>Immutable once built.
 */
final class RestApi {

    private final String name;
    private final String version;
    private final String context;
    private final List<Resource> resources;

    private RestApi(String name, String version, String context, List<Resource> resources) {
        this.name = name;
        this.version = version;
        this.context = context;
        this.resources = List.copyOf(resources);
    }

    /** Builds the API of an element that has passed {@link Grammar}. */
    static RestApi parse(ArtifactXml artifact, Properties scope) {
        OMElement element = artifact.root();
        String version = element.getAttributeValue(new QName("version"));
        List<Resource> resources = new ArrayList<>();
        for (Iterator<?> children = element.getChildrenWithName(name("resource")); children.hasNext(); ) {
            OMElement child = (OMElement) children.next();
            Resource resource = Resource.parse(artifact, child, scope, "resource-" + resources.size());
            for (Resource other : resources) {
                if (other.collidesWith(resource)) {
                    throw artifact.error(child, "two resources have the same path and a method in common");
                }
            }
            resources.add(resource);
        }
        return new RestApi(
                element.getAttributeValue(new QName("name")),
                version == null ? "" : version,
                context(element, version),
                resources);
    }

    private static QName name(String localName) {
        return new QName(XMLConfigConstants.SYNAPSE_NAMESPACE, localName);
    }

    private static String context(OMElement element, String version) {
        String context = element.getAttributeValue(new QName("context"));
        String versionType = element.getAttributeValue(new QName("version-type"));
        if (version != null && "url".equals(versionType)) {
            context = context + (context.endsWith("/") ? "" : "/") + version;
        } else if (version != null && "context".equals(versionType)) {
            context = context.replace("{version}", version);
        }
        while (context.endsWith("/")) {
            context = context.substring(0, context.length() - 1);
        }
        return context;
    }

    /** The name under which the API is known: with its version if it has one. */
    String name() {
        return version.isEmpty() ? name : name + ":v" + version;
    }

    String version() {
        return version;
    }

    /** Without a slash at its end; empty for an API that takes everything. */
    String context() {
        return context;
    }

    List<Resource> resources() {
        return resources;
    }

    boolean matches(String target) {
        if (!target.startsWith(context)) {
            return false;
        }
        return target.length() == context.length()
                || target.charAt(context.length()) == '/'
                || target.charAt(context.length()) == '?';
    }

    void init(SynapseEnvironment environment) {
        resources.forEach(resource -> resource.init(environment));
    }

    void destroy() {
        resources.forEach(Resource::destroy);
    }

    /** One resource of an API. Its flows are inline sequences or the names of sequences. */
    static final class Resource {

        private final String id;
        private final Set<String> methods;
        /** Null for the default resource. */
        private final UriTemplate template;

        private final boolean urlMapping;
        private final Flow in;
        private final Flow out;
        private final Flow fault;

        private Resource(
                String id,
                Set<String> methods,
                UriTemplate template,
                boolean urlMapping,
                Flow in,
                Flow out,
                Flow fault) {
            this.id = id;
            this.methods = methods;
            this.template = template;
            this.urlMapping = urlMapping;
            this.in = in;
            this.out = out;
            this.fault = fault;
        }

        private static Resource parse(ArtifactXml artifact, OMElement element, Properties scope, String id) {
            String uriTemplate = element.getAttributeValue(new QName("uri-template"));
            String urlMapping = element.getAttributeValue(new QName("url-mapping"));
            if (uriTemplate != null && urlMapping != null) {
                throw artifact.error(element, "a <resource> has a uri-template or a url-mapping, not both");
            }
            String path = uriTemplate != null ? uriTemplate : urlMapping;
            Set<String> methods = new LinkedHashSet<>(Arrays.asList(
                    element.getAttributeValue(new QName("methods")).trim().split("\\s+")));
            return new Resource(
                    id,
                    methods,
                    path == null ? null : UriTemplate.parse(path),
                    urlMapping != null,
                    Flow.parse(element, "inSequence", scope),
                    Flow.parse(element, "outSequence", scope),
                    Flow.parse(element, "faultSequence", scope));
        }

        private boolean collidesWith(Resource other) {
            boolean samePath = template == null
                    ? other.template == null
                    : other.template != null && template.toString().equals(other.template.toString());
            return samePath && (template == null || methods.stream().anyMatch(other.methods::contains));
        }

        String id() {
            return id;
        }

        Set<String> methods() {
            return methods;
        }

        boolean isDefault() {
            return template == null;
        }

        boolean isUrlMapping() {
            return urlMapping;
        }

        String pattern() {
            return template == null ? null : template.toString();
        }

        Map<String, String> match(String subPath) {
            return template.match(subPath);
        }

        /** As on Micro Integrator every resource takes part in an OPTIONS request. */
        boolean accepts(String method) {
            return methods.contains(method) || "OPTIONS".equals(method);
        }

        void pushFaultHandler(MessageContext message) {
            Mediator sequence = fault == null ? null : fault.sequence(message);
            message.pushFaultHandler(
                    new MediatorFaultHandler(sequence == null ? message.getFaultSequence() : sequence));
        }

        /** Null if the resource has none. */
        Mediator inSequence(MessageContext message) {
            return in == null ? null : in.sequence(message);
        }

        Mediator outSequence(MessageContext message) {
            return out == null ? null : out.sequence(message);
        }

        private void init(SynapseEnvironment environment) {
            Flow.init(in, environment);
            Flow.init(out, environment);
            Flow.init(fault, environment);
        }

        private void destroy() {
            Flow.destroy(in);
            Flow.destroy(out);
            Flow.destroy(fault);
        }
    }

    /** An inline sequence, or the name of one. */
    private record Flow(SequenceMediator inline, String key) {

        static Flow parse(OMElement resource, String elementName, Properties scope) {
            String key = resource.getAttributeValue(new QName(elementName));
            OMElement element = resource.getFirstChildWithName(name(elementName));
            if (key == null && element != null) {
                key = element.getAttributeValue(new QName("key"));
            }
            if (key != null) {
                return new Flow(null, key);
            }
            return element == null
                    ? null
                    : new Flow(new SequenceMediatorFactory().createAnonymousSequence(element, scope), null);
        }

        Mediator sequence(MessageContext message) {
            return inline != null ? inline : message.getSequence(key);
        }

        static void init(Flow flow, SynapseEnvironment environment) {
            if (flow != null && flow.inline != null) {
                flow.inline.init(environment);
                BuiltMessages.areWhatItMediates(flow.inline);
            }
        }

        static void destroy(Flow flow) {
            if (flow != null && flow.inline != null && flow.inline.isInitialized()) {
                flow.inline.destroy();
            }
        }
    }
}
