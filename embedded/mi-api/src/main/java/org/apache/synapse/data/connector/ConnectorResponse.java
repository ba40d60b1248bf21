package org.apache.synapse.data.connector;

import java.util.Map;

/** What Micro Integrator 4.4 reads of a connector's result. None of the three may be null there. */
public interface ConnectorResponse {

    Object getPayload();

    Map<String, Object> getHeaders();

    Map<String, Object> getAttributes();
}
