package com.books.bookstore.mi.json;

import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.apache.axiom.om.ds.AbstractPullOMDataSource;

/** Parses JSON into XML when something looks into the body: an XPath expression, a log of the whole envelope. */
public final class JsonElementSource extends AbstractPullOMDataSource {

    private final JsonPayload payload;
    private final String rootName;

    public JsonElementSource(JsonPayload payload, String rootName) {
        this.payload = payload;
        this.rootName = rootName;
    }

    @Override
    public XMLStreamReader getReader() throws XMLStreamException {
        return JsonXml.toXml(payload.bytes(), rootName).getXMLStreamReader();
    }

    @Override
    public boolean isDestructiveRead() {
        return false;
    }
}
