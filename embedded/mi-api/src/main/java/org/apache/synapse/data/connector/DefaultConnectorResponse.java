package org.apache.synapse.data.connector;

import java.util.HashMap;
import java.util.Map;

/** The result of a connector's operation, as Micro Integrator 4.4 keeps it in a response variable. Not thread-safe. */
public class DefaultConnectorResponse implements ConnectorResponse {

    private Map<String, Object> headers = new HashMap<>();
    private Map<String, Object> attributes = new HashMap<>();
    private Object payload;

    @Override
    public void setPayload(Object newPayload) {
        payload = newPayload;
    }

    @Override
    public Object getPayload() {
        return payload;
    }

    /** @param newHeaders null changes nothing */
    @Override
    public void setHeaders(Map<String, Object> newHeaders) {
        if (newHeaders != null) {
            headers = newHeaders;
        }
    }

    @Override
    public Map<String, Object> getHeaders() {
        return headers;
    }

    /** @param newAttributes null changes nothing */
    @Override
    public void setAttributes(Map<String, Object> newAttributes) {
        if (newAttributes != null) {
            attributes = newAttributes;
        }
    }

    @Override
    public Map<String, Object> getAttributes() {
        return attributes;
    }

    @Override
    public void addAttribute(String key, Object value) {
        attributes.put(key, value);
    }

    @Override
    public void removeAttribute(String key) {
        attributes.remove(key);
    }

    @Override
    public void addHeader(String key, String value) {
        headers.put(key, value);
    }

    @Override
    public void removeHeader(String key) {
        headers.remove(key);
    }
}
