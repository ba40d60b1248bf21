package org.apache.synapse.data.connector;

import java.util.HashMap;
import java.util.Map;

/** The result of a connector's operation, as Micro Integrator 4.4 keeps it in a response variable. Not thread-safe. */
public class DefaultConnectorResponse implements ConnectorResponse {

    private final Map<String, Object> headers = new HashMap<>();
    private final Map<String, Object> attributes = new HashMap<>();
    private Object payload;

    public void setPayload(Object newPayload) {
        payload = newPayload;
    }

    @Override
    public Object getPayload() {
        return payload;
    }

    @Override
    public Map<String, Object> getHeaders() {
        return headers;
    }

    @Override
    public Map<String, Object> getAttributes() {
        return attributes;
    }
}
