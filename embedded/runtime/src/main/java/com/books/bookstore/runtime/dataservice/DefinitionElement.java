package com.books.bookstore.runtime.dataservice;

import java.io.StringReader;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.stream.XMLStreamWriter;

/**
 * An element of a .dbs file that knows the line it starts on. Definitions use no namespaces and no mixed content, so
 * name, attributes, children and text are all there is.
 */
final class DefinitionElement {

    /** The JDK's own parser: the application may have others on its class path, which count lines differently. */
    private static final XMLInputFactory PARSER = parser();

    /** The XML declaration, processing instructions, comments and white space before the root. */
    private static final Pattern PROLOG = Pattern.compile("(?:\\s++|<\\?.*?\\?>|<!--.*?-->)++", Pattern.DOTALL);

    private final String name;
    private final int line;
    private final Map<String, String> attributes = new LinkedHashMap<>();
    private final List<DefinitionElement> children = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();

    DefinitionElement(String name, int line) {
        this.name = name;
        this.line = line;
    }

    String name() {
        return name;
    }

    int line() {
        return line;
    }

    /** The value of an attribute, or null when it is absent or blank. */
    String attribute(String attribute) {
        String value = attributes.get(attribute);
        return value == null || value.isBlank() ? null : value;
    }

    Map<String, String> attributes() {
        return attributes;
    }

    List<DefinitionElement> children() {
        return children;
    }

    Stream<DefinitionElement> children(String childName) {
        return children.stream().filter(child -> child.name.equals(childName));
    }

    /** This element and everything below it. */
    Stream<DefinitionElement> all() {
        return Stream.concat(Stream.of(this), children.stream().flatMap(DefinitionElement::all));
    }

    String text() {
        return text.toString();
    }

    void setText(String newText) {
        text.setLength(0);
        text.append(newText);
    }

    String toXml() {
        StringWriter xml = new StringWriter();
        try {
            XMLStreamWriter writer = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(xml);
            write(writer);
            writer.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("Writing to memory", e);
        }
        return xml.toString();
    }

    private void write(XMLStreamWriter writer) throws XMLStreamException {
        writer.writeStartElement(name);
        for (Map.Entry<String, String> attribute : attributes.entrySet()) {
            writer.writeAttribute(attribute.getKey(), attribute.getValue());
        }
        if (children.isEmpty()) {
            writer.writeCharacters(text());
        }
        for (DefinitionElement child : children) {
            child.write(writer);
        }
        writer.writeEndElement();
    }

    /**
     * Reads a .dbs file.
     *
     * @throws DataServiceDeploymentException when it is not well-formed, or uses a document type or namespaces
     */
    static DefinitionElement parse(String xml, String file) {
        try {
            XMLStreamReader reader = PARSER.createXMLStreamReader(new StringReader(xml));
            List<DefinitionElement> open = new ArrayList<>();
            DefinitionElement root = null;
            int line = reader.getLocation().getLineNumber();
            while (reader.hasNext()) {
                // The parser stands behind a start tag when it reports it; the end of what came before is where the
                // tag starts.
                int startLine = line;
                int event = reader.next();
                line = reader.getLocation().getLineNumber();
                if (event == XMLStreamConstants.START_ELEMENT) {
                    DefinitionElement element = element(reader, root == null ? rootLine(xml) : startLine, file);
                    if (open.isEmpty()) {
                        root = element;
                    } else {
                        open.get(open.size() - 1).children.add(element);
                    }
                    open.add(element);
                } else if (event == XMLStreamConstants.END_ELEMENT) {
                    open.remove(open.size() - 1);
                } else if (event == XMLStreamConstants.DTD) {
                    throw new DataServiceDeploymentException(
                            file, startLine, "!DOCTYPE", "a document type is not allowed");
                } else if (reader.isCharacters() && !open.isEmpty()) {
                    open.get(open.size() - 1).text.append(reader.getText());
                }
            }
            return root;
        } catch (XMLStreamException e) {
            throw new DataServiceDeploymentException(
                    file, e.getLocation().getLineNumber(), "data", "the file is not well-formed XML");
        }
    }

    /** What precedes the root is not reported completely, so its line is counted in the text. */
    private static int rootLine(String xml) {
        Matcher prolog = PROLOG.matcher(xml);
        return prolog.lookingAt()
                ? 1 + (int) prolog.group().chars().filter(c -> c == '\n').count()
                : 1;
    }

    private static DefinitionElement element(XMLStreamReader reader, int line, String file) {
        String name = reader.getLocalName();
        if (reader.getNamespaceURI() != null) {
            throw new DataServiceDeploymentException(
                    file, line, name, "elements of the namespace " + reader.getNamespaceURI() + " are not supported");
        }
        DefinitionElement element = new DefinitionElement(name, line);
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            if (reader.getAttributeNamespace(i) != null) {
                throw new DataServiceDeploymentException(
                        file,
                        line,
                        name,
                        "attributes of the namespace " + reader.getAttributeNamespace(i) + " are not supported");
            }
            element.attributes.put(reader.getAttributeLocalName(i), reader.getAttributeValue(i));
        }
        return element;
    }

    private static XMLInputFactory parser() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        return factory;
    }
}
