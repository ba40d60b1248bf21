package com.books.bookstore.runtime.engine;

import com.books.bookstore.runtime.artifact.ArtifactXml;
import com.books.bookstore.runtime.artifact.DeploymentException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import javax.xml.namespace.QName;
import org.apache.axiom.om.OMAttribute;
import org.apache.axiom.om.OMElement;
import org.apache.axiom.om.OMNamespace;
import org.apache.synapse.config.xml.XMLConfigConstants;

/**
 * The connectors that were deployed. As on Micro Integrator every CAR sees them, and {@code <bookstore.priceOrder>} stands for calling the
 * template {@code <package>.bookstore.priceOrder} with the element's children as parameters. With {@code configKey="shop"} the connection in
 * the local entry {@code shop}, such as {@code <bookstore.init>}, is called before it.
 *
 * <p>Not thread-safe.
 */
final class Connectors {

    /** Packages by the names of the connectors. */
    private final Map<String, String> packages = new HashMap<>();

    /** As they were written, by the keys of their local entries. */
    private final Map<String, OMElement> connections = new HashMap<>();

    void add(String connector, String packageName) {
        packages.put(connector, packageName);
    }

    /** Keeps the content of a local entry if it calls a connector. */
    void addConnection(String key, OMElement content) {
        if (content != null && isCall(content)) {
            connections.put(key, content.cloneOMElement());
        }
    }

    boolean contains(String connector) {
        return packages.containsKey(connector);
    }

    String templateName(String connector, String operation) {
        return packages.get(connector) + "." + connector + "." + operation;
    }

    /**
     * Turns calls of operations into calls of their templates.
     *
     * @throws DeploymentException for a connector or connection that was not deployed before, and for what only tools have
     */
    void resolveCalls(ArtifactXml artifact) {
        List<OMElement> calls = new ArrayList<>();
        collect(artifact.root(), calls);
        for (OMElement call : calls) {
            String[] name = call.getLocalName().split("\\.", 2);
            if (!contains(name[0])) {
                throw artifact.error(
                        call,
                        "<" + call.getLocalName() + ">: there is no connector " + name[0]
                                + " in this CAR or one before it");
            }
            OMAttribute connection = call.getAttribute(new QName("configKey"));
            if (connection != null) {
                connect(artifact, call, connection.getAttributeValue());
                call.removeAttribute(connection);
            }
            if (call.getAllAttributes().hasNext()) {
                throw artifact.error(
                        call,
                        "attributes of <" + call.getLocalName()
                                + "> other than configKey are not supported by the embedded runtime");
            }
            toTemplateCall(artifact, call, templateName(name[0], name[1]));
        }
    }

    private void connect(ArtifactXml artifact, OMElement call, String key) {
        OMElement connection = connections.get(key);
        if (connection == null) {
            throw artifact.error(
                    call, "<" + call.getLocalName() + ">: there is no local entry " + key + " with a connection");
        }
        String[] name = connection.getLocalName().split("\\.", 2);
        OMElement init = connection.cloneOMElement();
        init.setLineNumber(call.getLineNumber());
        call.insertSiblingBefore(init);
        toTemplateCall(artifact, init, templateName(name[0], name[1]));
    }

    private static boolean isCall(OMElement element) {
        return element.getLocalName().indexOf('.') > 0
                && element.getNamespace() != null
                && XMLConfigConstants.SYNAPSE_NAMESPACE.equals(
                        element.getNamespace().getNamespaceURI());
    }

    private static void collect(OMElement element, List<OMElement> calls) {
        if (isCall(element)) {
            calls.add(element);
            return;
        }
        for (Iterator<?> children = element.getChildElements(); children.hasNext(); ) {
            collect((OMElement) children.next(), calls);
        }
    }

    private static void toTemplateCall(ArtifactXml artifact, OMElement call, String template) {
        OMNamespace namespace = call.getNamespace();
        List<OMElement> parameters = new ArrayList<>();
        for (Iterator<?> children = call.getChildElements(); children.hasNext(); ) {
            parameters.add((OMElement) children.next());
        }
        for (OMElement parameter : parameters) {
            if (parameter.getChildElements().hasNext()
                    || parameter.getAllAttributes().hasNext()) {
                throw artifact.error(
                        parameter,
                        "<" + parameter.getLocalName()
                                + ">: a parameter with elements or attributes is not supported by the embedded runtime");
            }
            String text = parameter.getText().trim();
            String name = parameter.getLocalName();
            parameter.detach();
            if (!text.isEmpty()) {
                OMElement withParam = call.getOMFactory().createOMElement("with-param", namespace, call);
                withParam.addAttribute("name", name, null);
                withParam.addAttribute("value", text, null);
                withParam.setLineNumber(parameter.getLineNumber());
            }
        }
        call.setLocalName("call-template");
        call.addAttribute("target", template, null);
    }
}
