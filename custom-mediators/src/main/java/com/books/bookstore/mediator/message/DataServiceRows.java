package com.books.bookstore.mediator.message;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import javax.xml.namespace.QName;
import org.apache.axiom.om.OMElement;
import org.apache.synapse.MessageContext;
import org.apache.synapse.SynapseException;

/** The rows that a data service answered with. Thread-safe. */
public final class DataServiceRows {

    private static final QName NIL = new QName("http://www.w3.org/2001/XMLSchema-instance", "nil");

    private DataServiceRows() {}

    /**
     * @param property the message property that holds the answer
     * @return the columns of each row by name, without SQL NULL and empty columns
     * @throws SynapseException if the property is not the result of a data service
     */
    public static List<Map<String, String>> of(MessageContext message, String property) {
        List<Map<String, String>> rows = new ArrayList<>();
        for (Iterator<?> children = result(message, property).getChildElements(); children.hasNext(); ) {
            rows.add(columns((OMElement) children.next()));
        }
        return rows;
    }

    /**
     * The rows as answers of their own, each with one row.
     *
     * @throws SynapseException if the property is not the result of a data service
     */
    public static List<OMElement> each(MessageContext message, String property) {
        List<OMElement> answers = new ArrayList<>();
        OMElement all = result(message, property);
        for (Iterator<?> children = all.getChildElements(); children.hasNext(); ) {
            OMElement one = all.getOMFactory().createOMElement(all.getQName());
            one.addChild(((OMElement) children.next()).cloneOMElement());
            answers.add(one);
        }
        return answers;
    }

    private static OMElement result(MessageContext message, String property) {
        Object result = message.getProperty(property);
        if (!(result instanceof OMElement)) {
            throw new WrongArtifactException(
                    "The message property '" + property + "' is not the result of a data service");
        }
        return (OMElement) result;
    }

    private static Map<String, String> columns(OMElement row) {
        Map<String, String> columns = new HashMap<>(8);
        for (Iterator<?> children = row.getChildElements(); children.hasNext(); ) {
            OMElement column = (OMElement) children.next();
            String text = column.getText();
            if (!text.isEmpty() && !"true".equals(column.getAttributeValue(NIL))) {
                columns.put(column.getLocalName(), text);
            }
        }
        return columns;
    }
}
