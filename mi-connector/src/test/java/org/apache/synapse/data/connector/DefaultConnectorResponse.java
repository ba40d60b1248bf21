package org.apache.synapse.data.connector;

import java.util.HashMap;
import java.util.Map;

/** Stands in for the class of Micro Integrator 4.4 that a connector's result is wrapped in. */
public class DefaultConnectorResponse implements ConnectorResponse {

    private final Map<String, Object> headers = new HashMap<>();
    private final Map<String, Object> attributes = new HashMap<>();
    private Object payload;

    public void setPayload(Object payload) {
        this.payload = payload;
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
