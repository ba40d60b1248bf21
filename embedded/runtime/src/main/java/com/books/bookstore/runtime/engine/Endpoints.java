package com.books.bookstore.runtime.engine;

import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import javax.xml.namespace.QName;
import org.apache.axiom.om.OMElement;
import org.apache.synapse.SynapseException;
import org.apache.synapse.config.xml.XMLConfigConstants;

/** The named endpoints of all CARs. Thread-safe. */
public final class Endpoints {

    /** Scheme, host and port, or a variable in their place. */
    private static final Pattern ORIGIN = Pattern.compile("^(?:[a-z]+://[^/?]*|\\$?\\{[^}]*})");

    private final Map<String, URI> origins = new ConcurrentHashMap<>();
    private final Map<String, Target> byName = new ConcurrentHashMap<>();

    /** The elements that an {@code <endpoint>} can hold: an address by template, a plain one, or the message's own {@code To}. */
    public enum Kind {
        HTTP,
        ADDRESS,
        DEFAULT
    }

    /**
     * What to call.
     *
     * @param uri      with variables, filled from message properties at each call: <code>{uri.var.name}</code>, in an address also
     *                 <code>${name}</code>; null for the default endpoint
     * @param method   null: that of the message
     * @param timeout  how long to wait for the whole answer
     */
    public record Target(Kind kind, String uri, String method, Duration timeout) {

        private Target at(URI origin) {
            return uri == null
                    ? this
                    : new Target(kind, ORIGIN.matcher(uri).replaceFirst(origin.toString()), method, timeout);
        }
    }

    /**
     * Sends the calls of a named endpoint to another server, with the path that the endpoint gives.
     *
     * @param origin scheme, host and port, without a path
     */
    public void redirect(String name, URI origin) {
        origins.put(name, origin);
    }

    /** Those redirected that no artifact defines. */
    Set<String> redirectedOnly() {
        Set<String> names = new TreeSet<>(origins.keySet());
        names.removeAll(byName.keySet());
        return names;
    }

    void add(String name, Target endpoint) {
        byName.put(name, endpoint);
    }

    boolean contains(String name) {
        return byName.containsKey(name);
    }

    /** Looked up at each call: an endpoint may be deployed after the sequences that name it. */
    public Target get(String name) {
        Target endpoint = byName.get(name);
        if (endpoint == null) {
            throw new SynapseException("The endpoint " + name + " does not exist");
        }
        URI origin = origins.get(name);
        return origin == null ? endpoint : endpoint.at(origin);
    }

    /** Reads {@code <endpoint>} with {@code <http>}, {@code <address>} or {@code <default>} in it; it has passed {@link Grammar}. */
    public static Target parse(OMElement element) {
        for (Kind kind : Kind.values()) {
            OMElement content = element.getFirstChildWithName(name(kind.name().toLowerCase(Locale.ROOT)));
            if (content != null) {
                String method = content.getAttributeValue(new QName("method"));
                return new Target(
                        kind,
                        content.getAttributeValue(new QName(kind == Kind.HTTP ? "uri-template" : "uri")),
                        method == null ? null : method.toUpperCase(Locale.ROOT),
                        timeout(content.getFirstChildWithName(name("timeout"))));
            }
        }
        throw new SynapseException("<endpoint> needs <http>, <address> or <default>");
    }

    private static Duration timeout(OMElement timeout) {
        OMElement duration = timeout == null ? null : timeout.getFirstChildWithName(name("duration"));
        // 60 s is Micro Integrator's global timeout for blocking calls too.
        return duration == null
                ? Duration.ofSeconds(60)
                : Duration.ofMillis(Long.parseLong(duration.getText().trim()));
    }

    private static QName name(String localName) {
        return new QName(XMLConfigConstants.SYNAPSE_NAMESPACE, localName);
    }
}
