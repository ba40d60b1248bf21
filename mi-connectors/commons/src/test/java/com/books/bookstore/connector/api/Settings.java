package com.books.bookstore.connector.api;

import com.books.bookstore.connector.message.Parameters;
import java.util.HashMap;
import java.util.Map;
import java.util.Stack;
import org.apache.synapse.SynapseConstants;
import org.apache.synapse.core.axis2.Axis2MessageContext;
import org.apache.synapse.mediators.template.TemplateContext;

/** Calls of templates, as the engine hands them to a class. */
final class Settings {

    private Settings() {}

    static Map<String, String> of(String baseUrl) {
        return new HashMap<>(Map.of("baseUrl", baseUrl));
    }

    static ConnectionSettings read(Map<String, String> settings) {
        return ConnectionSettings.of(Parameters.of(message(settings)));
    }

    @SuppressWarnings("JdkObsolete") // Synapse keeps its calls in a Stack.
    static Axis2MessageContext message(Map<String, String> settings) {
        TemplateContext template = new TemplateContext("init", null);
        template.setMappedValues(new HashMap<>(settings));
        Stack<TemplateContext> calls = new Stack<>();
        calls.push(template);
        Axis2MessageContext message =
                new Axis2MessageContext(new org.apache.axis2.context.MessageContext(), null, null);
        message.setProperty(SynapseConstants.SYNAPSE__FUNCTION__STACK, calls);
        return message;
    }
}
