package com.books.bookstore.runtime.artifact;

import com.books.bookstore.embedded.Causes;
import java.io.ByteArrayInputStream;
import java.util.Iterator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.Location;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.apache.axiom.om.OMAttribute;
import org.apache.axiom.om.OMElement;
import org.apache.axiom.om.OMException;
import org.apache.axiom.om.OMXMLBuilderFactory;

/** Reads the XML of an artifact and says in which file and line something is. */
public final class ArtifactXml {

    /** <code>json-eval($.path)</code>, alone or in braces: Micro Integrator's syntax, which is not XPath. */
    private static final Pattern JSON_EVAL =
            Pattern.compile("(\\{?\\s*)json-eval\\(\\s*([^'\"\\s].*)\\)(\\s*}?)", Pattern.DOTALL);

    private static final XMLInputFactory INPUT = secureInputFactory();

    private final String file;
    private final OMElement root;

    private ArtifactXml(String file, OMElement root) {
        this.file = file;
        this.root = root;
    }

    private static XMLInputFactory secureInputFactory() {
        XMLInputFactory factory = XMLInputFactory.newInstance();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, Boolean.FALSE);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, Boolean.FALSE);
        factory.setProperty(XMLInputFactory.IS_COALESCING, Boolean.TRUE);
        return factory;
    }

    /**
     * Parses an artifact.
     *
     * @param file names the file in messages
     * @throws DeploymentException if it is not well-formed
     */
    public static ArtifactXml parse(String file, byte[] content) {
        try {
            XMLStreamReader reader = INPUT.createXMLStreamReader(new ByteArrayInputStream(content));
            OMElement root = OMXMLBuilderFactory.createStAXOMBuilder(reader).getDocumentElement();
            root.build();
            reader.close();
            return new ArtifactXml(file, root);
        } catch (XMLStreamException | OMException e) {
            throw malformed(file, e);
        }
    }

    private static DeploymentException malformed(String file, Exception e) {
        int line = Causes.find(e, XMLStreamException.class)
                .map(XMLStreamException::getLocation)
                .map(Location::getLineNumber)
                .orElse(0);
        String message = Causes.inOneLine(e);
        return new DeploymentException(file + (line > 0 ? ":" + line : "") + ": not well-formed XML: " + message, e);
    }

    public OMElement root() {
        return root;
    }

    public String file() {
        return file;
    }

    /** Turns every {@code json-eval($.path)} into a call of an XPath function with a quoted argument. */
    public void quoteJsonPaths() {
        quoteJsonPaths(root);
    }

    private void quoteJsonPaths(OMElement element) {
        for (Iterator<?> attributes = element.getAllAttributes(); attributes.hasNext(); ) {
            OMAttribute attribute = (OMAttribute) attributes.next();
            Matcher jsonEval = JSON_EVAL.matcher(attribute.getAttributeValue().trim());
            if (jsonEval.matches()) {
                String path = jsonEval.group(2).trim();
                char quote = path.indexOf('\'') < 0 ? '\'' : '"';
                if (path.indexOf(quote) >= 0) {
                    throw error(
                            element, "the JSONPath " + path + " has both kinds of quotes, which XPath cannot express");
                }
                attribute.setAttributeValue(
                        jsonEval.group(1) + "json-eval(" + quote + path + quote + ")" + jsonEval.group(3));
            }
        }
        for (Iterator<?> children = element.getChildElements(); children.hasNext(); ) {
            quoteJsonPaths((OMElement) children.next());
        }
    }

    /** {@code file:line: message}. */
    public DeploymentException error(OMElement element, String message) {
        return new DeploymentException(file + ":" + element.getLineNumber() + ": " + message);
    }
}
