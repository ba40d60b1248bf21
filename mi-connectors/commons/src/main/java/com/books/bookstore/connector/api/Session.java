package com.books.bookstore.connector.api;

import org.apache.synapse.MessageContext;

/** The connection of a message: what {@code init} leaves for the operations after it. Immutable. */
final class Session {

    private static final String PROPERTY = "bookstore.connector.session";

    private final ShopClient client;
    private final String accessToken;

    Session(ShopClient client, String accessToken) {
        this.client = client;
        this.accessToken = accessToken;
    }

    void attachTo(MessageContext message) {
        message.setProperty(PROPERTY, this);
    }

    /** @throws ApiException unless the operation has a connection */
    static Session of(MessageContext message) {
        Object session = message.getProperty(PROPERTY);
        if (session instanceof Session) {
            return (Session) session;
        }
        throw ApiException.configuration("The operation has no connection: name one with the attribute configKey");
    }

    ShopClient client() {
        return client;
    }

    /** Empty if the client fetches its own. */
    String accessToken() {
        return accessToken;
    }
}
