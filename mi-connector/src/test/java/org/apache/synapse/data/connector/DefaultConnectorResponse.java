package org.apache.synapse.data.connector;

/** Stands in for the class of Micro Integrator 4.4 that a connector's result is wrapped in. */
public class DefaultConnectorResponse {

    private Object payload;

    public void setPayload(Object payload) {
        this.payload = payload;
    }

    public Object getPayload() {
        return payload;
    }
}
