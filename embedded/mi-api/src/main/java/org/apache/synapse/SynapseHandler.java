package org.apache.synapse;

import java.util.Map;

/**
 * Micro Integrator's hook around each message, which Apache Synapse 3.0.1 lacks. The names and signatures are those of WSO2's fork, so that a
 * handler compiled against this one runs there. A method answers false to end the flow.
 */
public interface SynapseHandler {

    /** A request came in and its flow is about to begin. */
    boolean handleRequestInFlow(MessageContext message);

    /** A request goes out to another system. The embedded runtime does not call this. */
    boolean handleRequestOutFlow(MessageContext message);

    /** An answer of another system came in. The embedded runtime does not call this. */
    boolean handleResponseInFlow(MessageContext message);

    /** The answer to a request is about to be sent; status and headers are in the Axis2 message. */
    boolean handleResponseOutFlow(MessageContext message);

    void addProperty(String name, Object value);

    @SuppressWarnings("rawtypes")
    Map getProperties();

    String getName();

    void setName(String name);
}
