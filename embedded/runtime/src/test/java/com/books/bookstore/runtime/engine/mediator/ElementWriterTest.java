package com.books.bookstore.runtime.engine.mediator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import javax.xml.namespace.QName;
import javax.xml.stream.XMLStreamException;
import org.apache.axiom.om.OMElement;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The element that a data service writes")
class ElementWriterTest {

    private static final String NS = "http://ws.wso2.org/dataservice";
    private static final String XSI = "http://www.w3.org/2001/XMLSchema-instance";

    private final ElementWriter writer = new ElementWriter();

    @Test
    @DisplayName("is in the default namespace that is declared after its start, as its children are")
    void defaultNamespace() throws Exception {
        writer.writeStartElement("Books");
        assertThat(writer.getNamespaceContext().getPrefix(NS)).isNull();
        writer.setDefaultNamespace(NS);
        writer.writeDefaultNamespace(NS);
        writer.writeStartElement(NS, "Row");
        writer.writeStartElement("title");
        assertThat(writer.getNamespaceContext().getPrefix(NS)).isEmpty();
        writer.writeCharacters("A <b>, ");
        writer.writeCharacters("B\r\n");
        writer.writeEndElement();
        writer.writeStartElement("note");
        writer.writeNamespace("xsi", XSI);
        writer.writeAttribute("xsi", XSI, "nil", "true");
        writer.writeEndElement();
        writer.writeEndElement();
        writer.writeStartElement(NS, "Row");
        writer.writeAttribute("id", "7");
        writer.writeEndElement();
        writer.writeEndElement();

        OMElement books = writer.element();
        assertThat(books.getQName()).isEqualTo(new QName(NS, "Books"));
        OMElement row = books.getFirstElement();
        assertThat(row.getFirstChildWithName(new QName(NS, "title")).getText()).isEqualTo("A <b>, B\r\n");
        assertThat(row.getFirstChildWithName(new QName(NS, "note")).getAttributeValue(new QName(XSI, "nil")))
                .isEqualTo("true");
        assertThat(books.toString())
                .isEqualTo("<Books xmlns=\"" + NS + "\"><Row><title>A &lt;b>, B&#xd;\n</title>" + "<note xmlns:xsi=\""
                        + XSI + "\" xsi:nil=\"true\"/></Row><Row id=\"7\"/></Books>");
    }

    @Test
    @DisplayName("may have no namespace, or a prefix")
    void others() throws Exception {
        writer.writeStartElement("rdf", "RDF", "urn:rdf");
        writer.writeNamespace("rdf", "urn:rdf");
        writer.writeStartElement("urn:rdf", "Description");
        writer.writeAttribute("urn:rdf", "about", "a");
        writer.writeEndElement();
        writer.writeEmptyElement("plain");
        writer.writeEndElement();

        assertThat(writer.element().toString())
                .isEqualTo("<rdf:RDF xmlns:rdf=\"urn:rdf\"><rdf:Description rdf:about=\"a\"/><plain/></rdf:RDF>");
    }

    @Test
    @DisplayName("is refused in a namespace that is not declared")
    void undeclared() {
        assertThatThrownBy(() -> writer.writeStartElement("urn:x", "a")).isInstanceOf(XMLStreamException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0000", "a\u0007", "\uFFFF"})
    @DisplayName("has no characters that XML cannot carry")
    void characters(String text) {
        writer.writeStartElement("a");
        assertThatThrownBy(() -> writer.writeCharacters(text)).isInstanceOf(XMLStreamException.class);
    }
}
