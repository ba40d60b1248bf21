package org.apache.synapse;

import java.util.HashMap;
import java.util.Map;

/** What handlers extend; Micro Integrator tells only these when the server starts and stops. */
public abstract class AbstractExtendedSynapseHandler implements ExtendedSynapseHandler {

    private final Map<String, Object> properties = new HashMap<>();
    private String name;

    @Override
    public void addProperty(String propertyName, Object value) {
        properties.put(propertyName, value);
    }

    @Override
    @SuppressWarnings("rawtypes")
    public Map getProperties() {
        return properties;
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public void setName(String newName) {
        name = newName;
    }
}
