package com.books.bookstore.runtime.engine;

import com.books.bookstore.runtime.engine.RestApi.Resource;
import com.books.bookstore.runtime.http.HttpExchange;
import com.books.bookstore.runtime.http.Problem;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.axis2.Constants;
import org.apache.synapse.Mediator;
import org.apache.synapse.MessageContext;
import org.apache.synapse.SynapseException;
import org.apache.synapse.core.axis2.Axis2MessageContext;
import org.apache.synapse.mediators.AbstractMediator;
import org.apache.synapse.rest.RESTConstants;

/**
 * Finds the API and resource of a message and runs its flow. It is the only mediator of Synapse's main sequence: a message reaches it when Synapse
 * itself has no API for it, which is always the case here.
 *
 * <p>Thread-safe once all APIs are added.
 */
final class ApiDispatcher extends AbstractMediator {

    private static final String OPTIONS = "OPTIONS";
    private static final String REST_URL_POSTFIX = "REST_URL_POSTFIX";

    private volatile List<RestApi> apis = List.of();
    /** Null if no project brings one. */
    private volatile Mediator mainSequence;

    /** What a project's own main sequence does with requests that no API takes. */
    void setMainSequence(Mediator sequence) {
        mainSequence = sequence;
    }

    /** The most specific context is asked first. */
    void add(RestApi api) {
        List<RestApi> sorted = new ArrayList<>(apis);
        sorted.add(api);
        sorted.sort(Comparator.comparingInt((RestApi each) -> each.context().length())
                .reversed());
        apis = List.copyOf(sorted);
    }

    /** Which resource takes a message does not depend on its body. */
    @Override
    public boolean isContentAware() {
        return false;
    }

    List<RestApi> apis() {
        return apis;
    }

    @Override
    public boolean mediate(MessageContext message) {
        if (message.isResponse()) {
            return continueWithOutSequence(message);
        }
        org.apache.axis2.context.MessageContext axis2 = ((Axis2MessageContext) message).getAxis2MessageContext();
        String target = (String) axis2.getProperty(Constants.Configuration.TRANSPORT_IN_URL);
        message.setProperty(RESTConstants.REST_FULL_REQUEST_PATH, target);
        for (RestApi api : apis) {
            if (api.matches(target)) {
                dispatch(api, message, axis2, target);
                return true;
            }
        }
        if (mainSequence != null) {
            mediate(mainSequence, message);
        } else {
            exchange(axis2).answerProblem(Problem.NOT_FOUND);
        }
        return true;
    }

    private static HttpExchange exchange(org.apache.axis2.context.MessageContext axis2) {
        return (HttpExchange) axis2.getProperty(Constants.OUT_TRANSPORT_INFO);
    }

    private static void dispatch(
            RestApi api, MessageContext message, org.apache.axis2.context.MessageContext axis2, String target) {
        String method = (String) axis2.getProperty(Constants.Configuration.HTTP_METHOD);
        String postfix = target.substring(api.context().length());
        String subPath = postfix.isEmpty() ? "/" : postfix;
        message.setProperty(RESTConstants.SYNAPSE_REST_API, api.name());
        message.setProperty(RESTConstants.SYNAPSE_REST_API_VERSION, api.version());
        message.setProperty(RESTConstants.REST_API_CONTEXT, api.context());
        message.setProperty(RESTConstants.REST_SUB_REQUEST_PATH, subPath);
        message.setProperty(RESTConstants.REST_METHOD, method);
        axis2.setProperty(REST_URL_POSTFIX, postfix);
        Object host =
                ((Map<?, ?>) axis2.getProperty(org.apache.axis2.context.MessageContext.TRANSPORT_HEADERS)).get("Host");
        if (host != null) {
            message.setProperty(RESTConstants.REST_URL_PREFIX, axis2.getIncomingTransportName() + "://" + host);
        }

        Resource resource = find(api, message, method, subPath);
        if (resource == null) {
            answerNoResource(api, exchange(axis2), subPath);
        } else if (OPTIONS.equals(method) && !resource.methods().contains(method)) {
            exchange(axis2).answer(200, Map.of("Allow", List.of(String.join(", ", resource.methods()))), new byte[0]);
        } else {
            setQueryParameters(message, target);
            run(resource, message);
        }
    }

    /** Micro Integrator's order: URL mappings, URI templates, the default resource; each in the order of the file. */
    private static Resource find(RestApi api, MessageContext message, String method, String subPath) {
        Resource found = null;
        for (Resource resource :
                OPTIONS.equals(method) ? thoseThatNameOptionsFirst(api.resources()) : api.resources()) {
            if (!resource.accepts(method)) {
                continue;
            }
            if (resource.isDefault()) {
                found = found == null ? resource : found;
                continue;
            }
            if (found != null && !found.isDefault() && !resource.isUrlMapping()) {
                continue;
            }
            Map<String, String> variables = resource.match(subPath);
            if (variables != null) {
                variables.forEach(
                        (name, value) -> message.setProperty(RESTConstants.REST_URI_VARIABLE_PREFIX + name, value));
                found = resource;
                if (resource.isUrlMapping()) {
                    return found;
                }
            }
        }
        return found;
    }

    /** As on Micro Integrator, where the last of them comes first. */
    private static List<Resource> thoseThatNameOptionsFirst(List<Resource> resources) {
        List<Resource> ordered = new ArrayList<>();
        for (Resource resource : resources) {
            ordered.add(resource.methods().contains(OPTIONS) ? 0 : ordered.size(), resource);
        }
        return ordered;
    }

    private static void answerNoResource(RestApi api, HttpExchange exchange, String subPath) {
        Set<String> allowed = new LinkedHashSet<>();
        for (Resource resource : api.resources()) {
            if (resource.isDefault() || resource.match(subPath) != null) {
                allowed.addAll(resource.methods());
            }
        }
        if (allowed.isEmpty()) {
            exchange.answerProblem(Problem.NO_RESOURCE);
        } else {
            exchange.answerProblem(Problem.METHOD_NOT_ALLOWED, Map.of("Allow", String.join(", ", allowed)));
        }
    }

    /**
     * The last of several equal names counts, as on Micro Integrator. A value that is not well percent-encoded stays as it is, so that the
     * flow can answer it; Micro Integrator gives up on it with an empty 202.
     */
    private static void setQueryParameters(MessageContext message, String target) {
        int query = target.indexOf('?');
        if (query < 0) {
            return;
        }
        String name = null;
        for (String entry : target.substring(query + 1).split("&")) {
            int equals = entry.indexOf('=');
            if (equals >= 0) {
                name = RESTConstants.REST_QUERY_PARAM_PREFIX + entry.substring(0, equals);
                message.setProperty(name, decode(entry.substring(equals + 1)));
            } else if (name != null) {
                // Micro Integrator takes an entry without = for a part of the value before it.
                message.setProperty(name, message.getProperty(name) + "&" + entry);
            }
        }
    }

    private static String decode(String value) {
        try {
            return URLDecoder.decode(value, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return value;
        }
    }

    private static void run(Resource resource, MessageContext message) {
        message.setProperty(RESTConstants.SYNAPSE_RESOURCE, resource.id());
        if (resource.pattern() != null) {
            message.setProperty("REST_URL_PATTERN", resource.pattern());
        }
        Mediator sequence = resource.inSequence(message);
        if (sequence == null) {
            return;
        }
        resource.pushFaultHandler(message);
        mediate(sequence, message);
    }

    private static void mediate(Mediator sequence, MessageContext message) {
        try {
            sequence.mediate(message);
        } catch (SynapseException e) {
            if (e.getMessage() == null) {
                // Synapse's fault handler cannot do without a message.
                throw new SynapseException("Mediation failed", e);
            }
            throw e;
        }
    }

    /** A response that {@code <loopback/>} or a task put in here again. */
    private boolean continueWithOutSequence(MessageContext message) {
        Object apiName = message.getProperty(RESTConstants.SYNAPSE_REST_API);
        Object resourceId = message.getProperty(RESTConstants.SYNAPSE_RESOURCE);
        for (RestApi api : apis) {
            for (Resource resource : api.resources()) {
                if (api.name().equals(apiName) && resource.id().equals(resourceId)) {
                    Mediator sequence = resource.outSequence(message);
                    if (sequence != null) {
                        resource.pushFaultHandler(message);
                        mediate(sequence, message);
                    }
                    return true;
                }
            }
        }
        return true;
    }
}
