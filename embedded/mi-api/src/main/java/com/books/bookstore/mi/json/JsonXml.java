package com.books.bookstore.mi.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamException;
import org.apache.axiom.om.OMAbstractFactory;
import org.apache.axiom.om.OMAttribute;
import org.apache.axiom.om.OMElement;
import org.apache.axiom.om.OMFactory;

/**
 * JSON as XML and XML as JSON, the way Micro Integrator maps them: both directions lose information (types, single-element arrays,
 * namespaces), so flows keep JSON as text and convert only where a construct asks for it.
 */
public final class JsonXml {

    private static final JsonFactory JSON = new JsonFactory();
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?");
    private static final Pattern NOT_A_NAME_CHARACTER = Pattern.compile("[^\\p{L}\\p{Nd}._-]");
    private static final String DIGIT_NAME_PREFIX = "_JsonReader_PD_";

    private JsonXml() {}

    public static OMElement toXml(byte[] json, String rootName) throws XMLStreamException {
        OMFactory factory = OMAbstractFactory.getOMFactory();
        OMElement root = factory.createOMElement(rootName, null);
        try (JsonParser parser = JSON.createParser(json)) {
            JsonToken first = parser.nextToken();
            if (first == JsonToken.START_OBJECT) {
                appendMembers(parser, root, factory);
            } else if (first == JsonToken.START_ARRAY) {
                appendArray(parser, "jsonElement", root, factory);
            } else if (first != null) {
                root.setText(parser.getText());
            }
        } catch (IOException e) {
            throw new XMLStreamException("The body is not valid JSON", e);
        }
        return root;
    }

    private static void appendMembers(JsonParser parser, OMElement parent, OMFactory factory) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = elementName(parser.currentName());
            append(parser, parser.nextToken(), name, parent, factory);
        }
    }

    private static void appendArray(JsonParser parser, String name, OMElement parent, OMFactory factory)
            throws IOException {
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            append(parser, token, name, parent, factory);
        }
    }

    private static void append(JsonParser parser, JsonToken token, String name, OMElement parent, OMFactory factory)
            throws IOException {
        if (token == null) {
            throw new IOException("The text ends too early");
        }
        if (token == JsonToken.START_ARRAY) {
            appendArray(parser, name, parent, factory);
            return;
        }
        OMElement element = factory.createOMElement(name, null, parent);
        if (token == JsonToken.START_OBJECT) {
            appendMembers(parser, element, factory);
        } else if (token != JsonToken.VALUE_NULL) {
            element.setText(parser.getText());
        }
    }

    private static String elementName(String jsonName) {
        if (jsonName.isEmpty()) {
            return "_";
        }
        String name = NOT_A_NAME_CHARACTER.matcher(jsonName).replaceAll("_");
        char first = name.charAt(0);
        return Character.isDigit(first) || first == '-' || first == '.' ? DIGIT_NAME_PREFIX + name : name;
    }

    /** Writes {@code {"name":..}} of the element; the wrapper elements of a JSON body are left out. */
    public static void writeJson(OMElement element, OutputStream out) throws IOException {
        try (JsonGenerator generator = JSON.createGenerator(out).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)) {
            String name = element.getLocalName();
            if ("jsonObject".equals(name)) {
                writeContent(element, generator);
            } else if ("jsonArray".equals(name)) {
                generator.writeStartArray();
                for (Iterator<?> children = element.getChildElements(); children.hasNext(); ) {
                    writeContent((OMElement) children.next(), generator);
                }
                generator.writeEndArray();
            } else {
                generator.writeStartObject();
                generator.writeFieldName(name);
                writeContent(element, generator);
                generator.writeEndObject();
            }
        }
    }

    private static void writeContent(OMElement element, JsonGenerator generator) throws IOException {
        Map<String, List<OMElement>> children = childrenByName(element);
        boolean hasAttributes = element.getAllAttributes().hasNext();
        if (children.isEmpty() && !hasAttributes) {
            writeText(element.getText(), generator);
            return;
        }
        generator.writeStartObject();
        for (Iterator<?> attributes = element.getAllAttributes(); attributes.hasNext(); ) {
            OMAttribute attribute = (OMAttribute) attributes.next();
            generator.writeFieldName("@" + attribute.getLocalName());
            writeText(attribute.getAttributeValue(), generator);
        }
        if (children.isEmpty() && !element.getText().isEmpty()) {
            generator.writeFieldName("$");
            writeText(element.getText(), generator);
        }
        for (Map.Entry<String, List<OMElement>> entry : children.entrySet()) {
            generator.writeFieldName(entry.getKey());
            if (entry.getValue().size() == 1) {
                writeContent(entry.getValue().get(0), generator);
            } else {
                generator.writeStartArray();
                for (OMElement child : entry.getValue()) {
                    writeContent(child, generator);
                }
                generator.writeEndArray();
            }
        }
        generator.writeEndObject();
    }

    private static Map<String, List<OMElement>> childrenByName(OMElement element) {
        Map<String, List<OMElement>> children = new LinkedHashMap<>();
        for (Iterator<?> iterator = element.getChildElements(); iterator.hasNext(); ) {
            OMElement child = (OMElement) iterator.next();
            String name = child.getLocalName();
            String jsonName = name.startsWith(DIGIT_NAME_PREFIX) ? name.substring(DIGIT_NAME_PREFIX.length()) : name;
            children.computeIfAbsent(jsonName, key -> new ArrayList<>()).add(child);
        }
        return children;
    }

    private static void writeText(String text, JsonGenerator generator) throws IOException {
        if (text.isEmpty()) {
            generator.writeNull();
        } else if ("true".equals(text) || "false".equals(text)) {
            generator.writeBoolean(Boolean.parseBoolean(text));
        } else if (NUMBER.matcher(text).matches()) {
            generator.writeNumber(text);
        } else {
            generator.writeString(text);
        }
    }
}
