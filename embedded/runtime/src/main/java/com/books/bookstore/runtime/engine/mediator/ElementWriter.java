package com.books.bookstore.runtime.engine.mediator;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import javax.xml.namespace.NamespaceContext;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.apache.axiom.om.OMAbstractFactory;
import org.apache.axiom.om.OMElement;
import org.apache.axiom.om.OMFactory;
import org.apache.axiom.om.OMNamespace;

/**
 * Makes an element of what a data service writes, without the XML text in between. It takes what the data-services engine writes: elements,
 * namespaces, attributes and text. An element is made when its content begins, because its namespace may be declared after its start.
 * Characters that XML cannot carry are refused, as by a writer of XML text. Not thread-safe.
 */
final class ElementWriter implements XMLStreamWriter {

    private record Attribute(String prefix, String namespace, String name, String value) {}

    private record Declaration(String prefix, String namespace) {}

    private final OMFactory factory = OMAbstractFactory.getOMFactory();
    private OMElement root;
    /** The innermost open element that has been made. */
    private OMElement current;
    /** The local name of an element whose start is not complete; null if there is none. */
    private String started;

    private String startedPrefix;
    private final List<Declaration> declarations = new ArrayList<>(1);
    private final List<Attribute> attributes = new ArrayList<>(1);

    /** What was written, or null. */
    OMElement element() {
        return root;
    }

    private void start(String prefix, String name) {
        completeStart();
        started = name;
        startedPrefix = prefix;
    }

    private void completeStart() {
        if (started == null) {
            return;
        }
        String namespace = namespaceOf(startedPrefix);
        OMNamespace elementNamespace =
                namespace == null || namespace.isEmpty() ? null : factory.createOMNamespace(namespace, startedPrefix);
        OMElement element = current == null
                ? factory.createOMElement(started, elementNamespace)
                : factory.createOMElement(started, elementNamespace, current);
        for (Declaration declaration : declarations) {
            if (!declaration.prefix().isEmpty()) {
                element.declareNamespace(declaration.namespace(), declaration.prefix());
            }
        }
        for (Attribute attribute : attributes) {
            element.addAttribute(
                    attribute.name(),
                    attribute.value(),
                    attribute.namespace().isEmpty()
                            ? null
                            : factory.createOMNamespace(attribute.namespace(), attribute.prefix()));
        }
        declarations.clear();
        attributes.clear();
        started = null;
        root = root == null ? element : root;
        current = element;
    }

    /** Null if the prefix is not declared. */
    private String namespaceOf(String prefix) {
        for (Declaration declaration : declarations) {
            if (declaration.prefix().equals(prefix)) {
                return declaration.namespace();
            }
        }
        OMNamespace declared = current == null ? null : current.findNamespaceURI(prefix);
        return declared == null ? null : declared.getNamespaceURI();
    }

    private String boundPrefix(String namespace) throws XMLStreamException {
        String prefix = namespace == null || namespace.isEmpty() ? "" : getPrefix(namespace);
        if (prefix == null) {
            throw new XMLStreamException("The namespace " + namespace + " is not declared");
        }
        return prefix;
    }

    @Override
    public void writeStartElement(String localName) {
        start("", localName);
    }

    @Override
    public void writeStartElement(String namespaceUri, String localName) throws XMLStreamException {
        completeStart();
        start(boundPrefix(namespaceUri), localName);
    }

    @Override
    public void writeStartElement(String prefix, String localName, String namespaceUri) {
        start(prefix, localName);
    }

    @Override
    public void writeEmptyElement(String localName) throws XMLStreamException {
        writeStartElement(localName);
        writeEndElement();
    }

    @Override
    public void writeEmptyElement(String namespaceUri, String localName) throws XMLStreamException {
        writeStartElement(namespaceUri, localName);
        writeEndElement();
    }

    @Override
    public void writeEmptyElement(String prefix, String localName, String namespaceUri) throws XMLStreamException {
        writeStartElement(prefix, localName, namespaceUri);
        writeEndElement();
    }

    @Override
    public void writeEndElement() throws XMLStreamException {
        completeStart();
        if (current == null) {
            throw new XMLStreamException("No element is open");
        }
        current = current == root ? null : (OMElement) current.getParent();
    }

    @Override
    public void writeAttribute(String localName, String value) throws XMLStreamException {
        attributes.add(new Attribute("", "", localName, checked(value)));
    }

    @Override
    public void writeAttribute(String prefix, String namespaceUri, String localName, String value)
            throws XMLStreamException {
        attributes.add(new Attribute(prefix, namespaceUri, localName, checked(value)));
    }

    @Override
    public void writeAttribute(String namespaceUri, String localName, String value) throws XMLStreamException {
        attributes.add(new Attribute(boundPrefix(namespaceUri), namespaceUri, localName, checked(value)));
    }

    @Override
    public void writeNamespace(String prefix, String namespaceUri) {
        declarations.add(new Declaration(prefix == null || "xmlns".equals(prefix) ? "" : prefix, namespaceUri));
    }

    @Override
    public void writeDefaultNamespace(String namespaceUri) {
        writeNamespace("", namespaceUri);
    }

    @Override
    public void writeCharacters(String text) throws XMLStreamException {
        completeStart();
        if (current == null) {
            throw new XMLStreamException("Text outside of an element");
        }
        if (!text.isEmpty()) {
            factory.createOMText(current, checked(text));
        }
    }

    @Override
    public void writeCharacters(char[] text, int start, int length) throws XMLStreamException {
        writeCharacters(new String(text, start, length));
    }

    @Override
    public void writeCData(String data) throws XMLStreamException {
        writeCharacters(data);
    }

    private static String checked(String text) throws XMLStreamException {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' && c != '\t' && c != '\n' && c != '\r' || c > '\uFFFD') {
                throw new XMLStreamException("XML cannot carry the character " + (int) c);
            }
        }
        return text;
    }

    @Override
    public String getPrefix(String namespaceUri) {
        for (Declaration declaration : declarations) {
            if (declaration.namespace().equals(namespaceUri)) {
                return declaration.prefix();
            }
        }
        if (namespaceUri.equals(namespaceOf(""))) {
            return "";
        }
        OMNamespace declared = current == null ? null : current.findNamespace(namespaceUri, null);
        return declared == null ? null : declared.getPrefix();
    }

    /** Of the declarations so far. */
    @Override
    public NamespaceContext getNamespaceContext() {
        return new NamespaceContext() {
            @Override
            public String getNamespaceURI(String prefix) {
                String namespace = namespaceOf(prefix);
                return namespace == null ? "" : namespace;
            }

            @Override
            public String getPrefix(String namespaceUri) {
                return ElementWriter.this.getPrefix(namespaceUri);
            }

            @Override
            public Iterator<String> getPrefixes(String namespaceUri) {
                String prefix = getPrefix(namespaceUri);
                return prefix == null
                        ? List.<String>of().iterator()
                        : List.of(prefix).iterator();
            }
        };
    }

    @Override
    public void setDefaultNamespace(String namespaceUri) {
        // The engine writes every namespace that it sets.
    }

    @Override
    public void setPrefix(String prefix, String namespaceUri) {
        // As above.
    }

    @Override
    public void setNamespaceContext(NamespaceContext context) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Object getProperty(String name) {
        throw new IllegalArgumentException("There is no property " + name);
    }

    @Override
    public void writeStartDocument() {
        // An element has none around it.
    }

    @Override
    public void writeStartDocument(String version) {
        // As above.
    }

    @Override
    public void writeStartDocument(String encoding, String version) {
        // As above.
    }

    @Override
    public void writeEndDocument() {
        // As above.
    }

    @Override
    public void writeDTD(String dtd) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void writeEntityRef(String name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void writeComment(String data) {
        // Results have no comments and processing instructions; flows would not read them.
    }

    @Override
    public void writeProcessingInstruction(String target) {
        // As above.
    }

    @Override
    public void writeProcessingInstruction(String target, String data) {
        // As above.
    }

    @Override
    public void flush() {
        // Nothing is buffered.
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
