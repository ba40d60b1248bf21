package com.books.bookstore.runtime.dataservice;

import java.io.StringReader;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.stream.XMLStreamWriter;

/** A result as lists and maps: rows with their columns' texts, null where the result says xsi:nil. */
final class ResultRows {

    private static final String XSI = "http://www.w3.org/2001/XMLSchema-instance";

    private static final XMLOutputFactory OUTPUT = XMLOutputFactory.newInstance();
    private static final XMLInputFactory INPUT = XMLInputFactory.newInstance();

    private ResultRows() {}

    /** {@return what a call writes, before the start of its document; null when it says that there is no result} */
    static XMLStreamReader written(Predicate<XMLStreamWriter> call) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter writer = OUTPUT.createXMLStreamWriter(text);
            boolean hasResult = call.test(writer);
            writer.close();
            return hasResult ? INPUT.createXMLStreamReader(new StringReader(text.toString())) : null;
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The rows of a result of the form {@code <Result><Row><column/>..</Row>..</Result>}. */
    static List<Map<String, String>> of(XMLStreamReader result) throws XMLStreamException {
        List<Map<String, String>> rows = new ArrayList<>();
        result.nextTag();
        while (result.nextTag() == XMLStreamReader.START_ELEMENT) {
            rows.add(row(result));
        }
        return rows;
    }

    /** The result as text, for results of another form. */
    static String text(XMLStreamReader result) throws XMLStreamException {
        StringBuilder text = new StringBuilder();
        while (result.hasNext()) {
            switch (result.next()) {
                case XMLStreamReader.START_ELEMENT ->
                    text.append('<').append(result.getLocalName()).append('>');
                case XMLStreamReader.END_ELEMENT ->
                    text.append("</").append(result.getLocalName()).append('>');
                case XMLStreamReader.CHARACTERS -> text.append(result.getText());
                default -> {}
            }
        }
        return text.toString();
    }

    private static Map<String, String> row(XMLStreamReader result) throws XMLStreamException {
        Map<String, String> row = new LinkedHashMap<>();
        for (int i = 0; i < result.getAttributeCount(); i++) {
            row.put("@" + result.getAttributeLocalName(i), result.getAttributeValue(i));
        }
        while (result.nextTag() == XMLStreamReader.START_ELEMENT) {
            boolean isNull = "true".equals(result.getAttributeValue(XSI, "nil"));
            String column = result.getLocalName();
            String value = result.getElementText();
            row.put(column, isNull ? null : value);
        }
        return row;
    }
}
