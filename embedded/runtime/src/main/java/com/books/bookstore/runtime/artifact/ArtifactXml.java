package com.books.bookstore.runtime.artifact;

import com.books.bookstore.embedded.Causes;
import java.io.ByteArrayInputStream;
import java.util.Iterator;
import java.util.Set;
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

    /** <code>${path}</code>, alone or in braces: Micro Integrator's syntax, which is not XPath. */
    private static final Pattern BRACED = Pattern.compile("(\\{?\\s*)\\$\\{([^{}]*)}(\\s*}?)");

    /** What the names of functions begin with that this runtime implements in the place of the engine's own. */
    public static final String TRANSLATED_PREFIX = "mi-";

    /** The function that stands for <code>${..}</code>. */
    public static final String BRACED_FUNCTION = TRANSLATED_PREFIX + "braced";

    /** A call of such a function; texts in quotes are matched only to be left alone. */
    private static final Pattern TRANSLATED_FUNCTION =
            Pattern.compile("'[^']*'|\"[^\"]*\"|(?<![\\w.-])(url-encode|get-property)(?=\\s*\\()");

    private static final Set<String> EXPRESSION_ATTRIBUTES = Set.of("expression", "xpath", "source");

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

    /**
     * Turns what Micro Integrator understands into XPath that the engine understands: the path of {@code json-eval($.path)} gets quotes, <code>${path}</code>
     * becomes a function, and functions that the engine has under the same name, but with another meaning, are called by a name of their own.
     */
    public void translateExpressions() {
        translateExpressions(root);
    }

    private void translateExpressions(OMElement element) {
        for (Iterator<?> attributes = element.getAllAttributes(); attributes.hasNext(); ) {
            OMAttribute attribute = (OMAttribute) attributes.next();
            String text = attribute.getAttributeValue().trim();
            if (EXPRESSION_ATTRIBUTES.contains(attribute.getLocalName())
                    || text.startsWith("{") && text.endsWith("}")) {
                attribute.setAttributeValue(translated(element, text));
            }
        }
        for (Iterator<?> children = element.getChildElements(); children.hasNext(); ) {
            translateExpressions((OMElement) children.next());
        }
    }

    /** As {@link #translateExpressions()}, for one XPath expression. */
    public static String translatedFunctions(String xpath) {
        return TRANSLATED_FUNCTION
                .matcher(xpath)
                .replaceAll(found -> Matcher.quoteReplacement(
                        found.group(1) == null ? found.group() : TRANSLATED_PREFIX + found.group()));
    }

    private String translated(OMElement element, String text) {
        Matcher braced = BRACED.matcher(text);
        if (braced.matches()) {
            return call(element, BRACED_FUNCTION, braced);
        }
        Matcher jsonEval = JSON_EVAL.matcher(text);
        return jsonEval.matches() ? call(element, "json-eval", jsonEval) : translatedFunctions(text);
    }

    private String call(OMElement element, String function, Matcher expression) {
        String path = expression.group(2).trim();
        char quote = path.indexOf('\'') < 0 ? '\'' : '"';
        if (path.indexOf(quote) >= 0) {
            throw error(element, "the path " + path + " has both kinds of quotes, which XPath cannot express");
        }
        return expression.group(1) + function + "(" + quote + path + quote + ")" + expression.group(3);
    }

    /** {@code file:line: message}. */
    public DeploymentException error(OMElement element, String message) {
        return new DeploymentException(file + ":" + element.getLineNumber() + ": " + message);
    }
}
