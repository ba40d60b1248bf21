package com.books.bookstore.runtime.engine;

import com.books.bookstore.runtime.artifact.ArtifactXml;
import com.books.bookstore.runtime.artifact.DeploymentException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.axiom.om.OMElement;
import org.apache.axiom.om.OMNamespace;
import org.apache.synapse.config.xml.XMLConfigConstants;

/**
 * The connectors that were deployed. As on Micro Integrator every CAR sees them, and {@code <bookstore.priceOrder>} stands for calling the
 * template {@code <package>.bookstore.priceOrder} with the element's children as parameters.
 *
 * <p>Not thread-safe.
 */
final class Connectors {

    /** Packages by the names of the connectors. */
    private final Map<String, String> packages = new HashMap<>();

    void add(String connector, String packageName) {
        packages.put(connector, packageName);
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
     * @throws DeploymentException for a connector that was not deployed before, and for what only connections and tools have
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
            if (call.getAllAttributes().hasNext()) {
                throw artifact.error(
                        call,
                        "attributes of <" + call.getLocalName()
                                + ">, such as configKey, are not supported by the embedded runtime");
            }
            toTemplateCall(artifact, call, templateName(name[0], name[1]));
        }
    }

    private static void collect(OMElement element, List<OMElement> calls) {
        if (element.getLocalName().indexOf('.') > 0
                && element.getNamespace() != null
                && XMLConfigConstants.SYNAPSE_NAMESPACE.equals(
                        element.getNamespace().getNamespaceURI())) {
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
