package com.books.bookstore.runtime.engine.mediator;

import javax.xml.namespace.QName;
import org.apache.synapse.config.xml.XMLConfigConstants;

/** Names that several mediators share. */
final class AttributeNames {

    static final QName NAME = new QName("name");
    static final QName VALUE = new QName("value");
    static final QName EXPRESSION = new QName("expression");
    static final QName TYPE = new QName("type");
    static final QName SCOPE = new QName("scope");
    static final QName ACTION = new QName("action");
    static final QName KEY = new QName("key");

    private AttributeNames() {}

    static QName element(String localName) {
        return new QName(XMLConfigConstants.SYNAPSE_NAMESPACE, localName);
    }
}
