package com.books.bookstore.runtime.engine;

import com.books.bookstore.runtime.artifact.ArtifactXml;
import com.books.bookstore.runtime.artifact.DeploymentException;
import java.util.Iterator;
import java.util.Set;
import java.util.function.Consumer;
import javax.xml.namespace.QName;
import org.apache.axiom.om.OMAttribute;
import org.apache.axiom.om.OMElement;
import org.apache.axiom.om.OMNode;
import org.apache.axiom.om.OMText;
import org.apache.synapse.config.xml.XMLConfigConstants;

/**
 * Every element and attribute that this runtime understands. Synapse's own factories pass over what they do not know; here an artifact with
 * anything else in it is refused, with file, line and name, before any of it is built.
 */
final class Grammar {

    /** Anything may stand in these: they do not change what a mediator does. */
    private static final Set<String> DOCUMENTATION_ATTRIBUTES = Set.of("description", "statistics", "trace");

    private final ArtifactXml artifact;
    private final Consumer<Reference> references;
    private final ExpressionCheck expressions;

    private Grammar(ArtifactXml artifact, Consumer<Reference> references) {
        this.artifact = artifact;
        this.references = references;
        this.expressions = new ExpressionCheck(artifact);
    }

    /** Something that an artifact names and that another artifact must define. */
    record Reference(Kind kind, String name, ArtifactXml artifact, OMElement where) {

        enum Kind {
            SEQUENCE,
            TEMPLATE,
            ENDPOINT,
            DATA_SERVICE
        }
    }

    /**
     * Checks an artifact whose root element must be {@code rootName}.
     *
     * @param references receives what the artifact refers to
     * @throws com.books.bookstore.runtime.artifact.DeploymentException at the first thing that is not understood
     */
    static void check(ArtifactXml artifact, String rootName, Consumer<Reference> references) {
        OMElement root = artifact.root();
        if (!rootName.equals(root.getLocalName()) || !inSynapseNamespace(root)) {
            throw artifact.error(
                    root,
                    "the root element is <" + root.getLocalName() + ">, expected <" + rootName + " xmlns=\""
                            + XMLConfigConstants.SYNAPSE_NAMESPACE + "\">");
        }
        Grammar grammar = new Grammar(artifact, references);
        grammar.check(root, ArtifactRules.of(rootName), "artifact");
    }

    private static boolean inSynapseNamespace(OMElement element) {
        return element.getNamespace() != null
                && XMLConfigConstants.SYNAPSE_NAMESPACE.equals(
                        element.getNamespace().getNamespaceURI());
    }

    private void check(OMElement element, Rule rule, String parentName) {
        if (rule == null || !inSynapseNamespace(element)) {
            throw artifact.error(
                    element,
                    "<" + element.getLocalName() + "> in <" + parentName
                            + "> is not supported by the embedded runtime");
        }
        checkAttributes(element, rule);
        if (rule.anyContent) {
            rule.extraCheck.check(this, element);
            return;
        }
        for (Iterator<?> children = element.getChildren(); children.hasNext(); ) {
            OMNode child = (OMNode) children.next();
            if (child instanceof OMElement) {
                checkChild(element, (OMElement) child, rule);
            } else if (child instanceof OMText && !((OMText) child).getText().isBlank()) {
                throw artifact.error(
                        element,
                        "text in <" + element.getLocalName() + "> is not supported: "
                                + ((OMText) child).getText().strip().split("\n")[0]);
            }
        }
        for (String required : rule.requiredChildren) {
            if (firstChild(element, required) == null) {
                throw artifact.error(element, "<" + element.getLocalName() + "> needs a <" + required + ">");
            }
        }
        rule.extraCheck.check(this, element);
    }

    private void checkChild(OMElement parent, OMElement child, Rule rule) {
        String name = child.getLocalName();
        Rule childRule =
                rule.children.containsKey(name) ? rule.children.get(name).get() : null;
        if (childRule == null && rule.mediators) {
            childRule = "description".equals(name) ? Rule.DESCRIPTION : MediatorRules.of(name);
        }
        check(child, childRule, parent.getLocalName());
    }

    private void checkAttributes(OMElement element, Rule rule) {
        for (Iterator<?> attributes = element.getAllAttributes(); attributes.hasNext(); ) {
            OMAttribute attribute = (OMAttribute) attributes.next();
            String name = attribute.getLocalName();
            AttributeRule attributeRule = rule.attributes.get(name);
            if (attributeRule != null) {
                attributeRule.check(this, element, attribute.getAttributeValue().trim());
            } else if (!DOCUMENTATION_ATTRIBUTES.contains(name)) {
                throw artifact.error(
                        element,
                        "the attribute " + name + " of <" + element.getLocalName()
                                + "> is not supported by the embedded runtime");
            }
        }
        for (String required : rule.requiredAttributes) {
            if (element.getAttributeValue(new QName(required)) == null) {
                throw artifact.error(element, "<" + element.getLocalName() + "> needs the attribute " + required);
            }
        }
    }

    static OMElement firstChild(OMElement element, String name) {
        for (Iterator<?> children = element.getChildElements(); children.hasNext(); ) {
            OMElement child = (OMElement) children.next();
            if (name.equals(child.getLocalName())) {
                return child;
            }
        }
        return null;
    }

    static boolean has(OMElement element, String attribute) {
        return element.getAttributeValue(new QName(attribute)) != null;
    }

    /** Notes something that another artifact must define. */
    void reference(Reference.Kind kind, OMElement element, String name) {
        references.accept(new Reference(kind, name, artifact, element));
    }

    void checkExpression(OMElement element, String expression) {
        expressions.check(element, expression);
    }

    DeploymentException error(OMElement element, String message) {
        return artifact.error(element, message);
    }
}
