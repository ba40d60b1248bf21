package com.books.bookstore.connector;

import com.books.bookstore.connector.message.Parameters;
import com.books.bookstore.json.CallerDocuments;
import com.books.bookstore.mediator.AuthorizationMediator;
import com.books.bookstore.mediator.message.MessageProperties;
import com.books.bookstore.security.Caller;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.synapse.MessageContext;

/**
 * {@code bookstore-rules.authorizeRequest}: verifies the bearer token of the message and that it allows one of {@code requiredScopes}. Result:
 * {@code {"subject","email","scopes":[..]}}. The token is neither logged nor put into the message. Thread-safe.
 */
public final class AuthorizeRequest extends ConnectorOperation {

    /** A flow has one set of settings; more than a few mean that they come from callers, and must not fill the memory. */
    private static final int MAX_PROVIDERS = 16;

    /** What the mediator leaves in the message. Its objects are of classes that only this connector knows. */
    private static final List<String> PROPERTIES = List.of(
            MessageProperties.REQUIRED_SCOPES,
            MessageProperties.CALLER,
            MessageProperties.CALLER_EMAIL,
            MessageProperties.CALLER_SCOPES,
            MessageProperties.PROBLEM);

    /** By their settings. Each keeps the provider's keys and the tokens it has verified. */
    private final Map<List<String>, AuthorizationMediator> mediators = new LinkedHashMap<>(MAX_PROVIDERS, 0.75f, true) {

        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<List<String>, AuthorizationMediator> eldest) {
            return size() > MAX_PROVIDERS;
        }
    };

    @Override
    String execute(MessageContext message, Parameters parameters) {
        List<Object> before = new ArrayList<>();
        PROPERTIES.forEach(property -> before.add(message.getProperty(property)));
        try {
            message.setProperty(MessageProperties.REQUIRED_SCOPES, parameters.required("requiredScopes"));
            mediator(parameters).mediate(message);
            return CallerDocuments.of((Caller) message.getProperty(MessageProperties.CALLER));
        } finally {
            for (int i = 0; i < before.size(); i++) {
                restore(message, PROPERTIES.get(i), before.get(i));
            }
        }
    }

    private static void restore(MessageContext message, String property, Object value) {
        if (value == null) {
            message.getPropertyKeySet().remove(property);
        } else {
            message.setProperty(property, value);
        }
    }

    private AuthorizationMediator mediator(Parameters parameters) {
        List<String> settings = List.of(
                parameters.required("issuer"),
                parameters.required("audience"),
                parameters.required("jwksUri"),
                parameters.text("algorithms", "RS256"),
                parameters.text("clockSkewSeconds", "60"));
        synchronized (mediators) {
            return mediators.computeIfAbsent(settings, AuthorizeRequest::create);
        }
    }

    private static AuthorizationMediator create(List<String> settings) {
        AuthorizationMediator mediator = new AuthorizationMediator();
        mediator.setIssuer(settings.get(0));
        mediator.setAudience(settings.get(1));
        mediator.setJwksUri(settings.get(2));
        mediator.setAlgorithms(settings.get(3));
        mediator.setClockSkewSeconds(settings.get(4));
        return mediator;
    }
}
