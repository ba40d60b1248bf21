package com.books.bookstore.runtime.mediators;

import org.apache.synapse.MessageContext;
import org.apache.synapse.SynapseException;
import org.apache.synapse.core.axis2.Axis2MessageContext;
import org.apache.synapse.mediators.AbstractMediator;

/** Reaches the JSON of a message the way a mediator compiled against Apache Synapse must: through the class that only the fork has. */
public class JsonEchoMediator extends AbstractMediator {

    private String prefix = "";
    private boolean wrap;
    private int timesConfigured;

    public void setPrefix(String prefix) {
        this.prefix = prefix;
        timesConfigured++;
    }

    public void setWrap(boolean wrap) {
        this.wrap = wrap;
    }

    @Override
    public boolean mediate(MessageContext message) {
        org.apache.axis2.context.MessageContext axis2 = ((Axis2MessageContext) message).getAxis2MessageContext();
        try {
            Class<?> jsonUtil = Class.forName("org.apache.synapse.commons.json.JsonUtil");
            String json =
                    (String) jsonUtil.getMethod("jsonPayloadToString", org.apache.axis2.context.MessageContext.class)
                            .invoke(null, axis2);
            message.setProperty("seen.json", json);
            message.setProperty("seen.config", prefix + timesConfigured);
            String answer = wrap ? "{\"wrapped\":" + json + "}" : json;
            jsonUtil.getMethod(
                            "getNewJsonPayload",
                            org.apache.axis2.context.MessageContext.class,
                            String.class,
                            boolean.class,
                            boolean.class)
                    .invoke(null, axis2, answer, true, true);
        } catch (ReflectiveOperationException e) {
            throw new SynapseException("JsonUtil is not as on Micro Integrator", e);
        }
        return true;
    }
}
