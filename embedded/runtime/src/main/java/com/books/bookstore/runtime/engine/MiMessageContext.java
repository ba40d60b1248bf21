package com.books.bookstore.runtime.engine;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.axis2.context.MessageContext;
import org.apache.synapse.config.SynapseConfiguration;
import org.apache.synapse.core.SynapseEnvironment;
import org.apache.synapse.core.axis2.Axis2MessageContext;

/**
 * A message with variables, which Micro Integrator has since 4.4 and Apache Synapse lacks. The methods are those of Micro Integrator's
 * message. Not thread-safe: one thread mediates a message.
 */
public final class MiMessageContext extends Axis2MessageContext {

    private final Map<String, Object> variables = new HashMap<>();

    MiMessageContext(MessageContext axis2, SynapseConfiguration configuration, SynapseEnvironment environment) {
        super(axis2, configuration, environment);
    }

    /** Null if there is no such variable. */
    public Object getVariable(String name) {
        return variables.get(name);
    }

    /** @param value null changes nothing, as on Micro Integrator */
    public void setVariable(String name, Object value) {
        if (value != null) {
            variables.put(name, value);
        }
    }

    /** The names of the variables: removing one removes the variable. */
    public Set<String> getVariableKeySet() {
        return variables.keySet();
    }

    /** A read-only view. */
    public Map<String, Object> getVariables() {
        return Collections.unmodifiableMap(variables);
    }
}
