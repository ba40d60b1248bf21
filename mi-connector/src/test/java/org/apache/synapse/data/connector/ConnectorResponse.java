package org.apache.synapse.data.connector;

import java.util.Map;

/** Stands in for what Micro Integrator 4.4 reads of a connector's result: {@code InvokeMediator} asks for these, and for no null. */
public interface ConnectorResponse {

    Object getPayload();

    Map<String, Object> getHeaders();

    Map<String, Object> getAttributes();
}
