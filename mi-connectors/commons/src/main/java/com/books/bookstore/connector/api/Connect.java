package com.books.bookstore.connector.api;

import com.books.bookstore.connector.message.Parameters;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.synapse.MessageContext;

/** The template {@code init}: gives a message its connection. Clients are kept by their settings. Thread-safe. */
public final class Connect extends ApiMediator {

    /** A project has a few connections; more mean that settings come from callers, and must not fill the memory. */
    private static final int MAX_CLIENTS = 16;

    private final Map<ConnectionSettings, ShopClient> clients = new LinkedHashMap<>(MAX_CLIENTS, 0.75f, true) {

        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ConnectionSettings, ShopClient> eldest) {
            return size() > MAX_CLIENTS;
        }
    };

    @Override
    void execute(MessageContext message, Parameters parameters) {
        ConnectionSettings settings = ConnectionSettings.of(parameters);
        ShopClient client;
        synchronized (clients) {
            client = clients.computeIfAbsent(settings, added -> new ShopClient(added, Clock.systemUTC()));
        }
        new Session(client, parameters.text("accessToken")).attachTo(message);
    }
}
