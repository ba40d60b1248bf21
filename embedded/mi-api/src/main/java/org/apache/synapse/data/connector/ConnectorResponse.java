package org.apache.synapse.data.connector;

import java.util.Map;

/** The result of a connector's operation, with the methods of Micro Integrator 4.4. The maps may not be null there. */
public interface ConnectorResponse {

    void setPayload(Object payload);

    Object getPayload();

    void setHeaders(Map<String, Object> headers);

    Map<String, Object> getHeaders();

    void setAttributes(Map<String, Object> attributes);

    Map<String, Object> getAttributes();

    void addAttribute(String key, Object value);

    void removeAttribute(String key);

    void addHeader(String key, String value);

    void removeHeader(String key);
}
