package com.books.bookstore.runtime.engine;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.xml.namespace.QName;
import org.apache.axiom.om.OMElement;
import org.apache.synapse.SynapseException;
import org.apache.synapse.config.xml.XMLConfigConstants;

/** The named endpoints of all CARs. Thread-safe. */
public final class Endpoints {

    private final Map<String, HttpEndpoint> byName = new ConcurrentHashMap<>();

    /**
     * An HTTP address to call.
     *
     * @param uri      with <code>{uri.var.name}</code> variables, filled from message properties at each call
     * @param http     {@code <http>} and not {@code <address>}
     * @param method   null: that of the message
     * @param timeout  how long to wait for the whole answer
     */
    public record HttpEndpoint(String uri, boolean http, String method, Duration timeout) { }

    void add(String name, HttpEndpoint endpoint) {
        byName.put(name, endpoint);
    }

    boolean contains(String name) {
        return byName.containsKey(name);
    }

    /** Looked up at each call: an endpoint may be deployed after the sequences that name it. */
    public HttpEndpoint get(String name) {
        HttpEndpoint endpoint = byName.get(name);
        if (endpoint == null) {
            throw new SynapseException("The endpoint " + name + " does not exist");
        }
        return endpoint;
    }

    /** Reads {@code <endpoint>} with {@code <http>} or {@code <address>} in it; the element has passed {@link Grammar}. */
    public static HttpEndpoint parse(OMElement element) {
        OMElement http = element.getFirstChildWithName(name("http"));
        OMElement content = http != null ? http : element.getFirstChildWithName(name("address"));
        if (content == null) {
            throw new SynapseException("<endpoint> needs <http> or <address>");
        }
        String uri = content.getAttributeValue(new QName(http != null ? "uri-template" : "uri"));
        String method = content.getAttributeValue(new QName("method"));
        return new HttpEndpoint(uri, http != null, method == null ? null : method.toUpperCase(Locale.ROOT),
                timeout(content.getFirstChildWithName(name("timeout"))));
    }

    private static Duration timeout(OMElement timeout) {
        OMElement duration = timeout == null ? null : timeout.getFirstChildWithName(name("duration"));
        // 60 s is Micro Integrator's global timeout for blocking calls too.
        return duration == null ? Duration.ofSeconds(60) : Duration.ofMillis(Long.parseLong(duration.getText().trim()));
    }

    private static QName name(String localName) {
        return new QName(XMLConfigConstants.SYNAPSE_NAMESPACE, localName);
    }
}
