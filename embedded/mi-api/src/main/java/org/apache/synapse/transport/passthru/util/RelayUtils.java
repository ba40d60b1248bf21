package org.apache.synapse.transport.passthru.util;

import org.apache.axis2.AxisFault;
import org.apache.axis2.context.MessageContext;

/**
 * Reads and drops bodies that are still in Micro Integrator's transport. The embedded runtime has no such transport: there a request has
 * been read before its flow begins. Apache Synapse has a class of this name without {@link #discardRequestMessage}; put this module before
 * it on a class path on which the difference matters.
 */
public final class RelayUtils {

    /** Where the transport keeps the part of a request that nothing has read yet. */
    private static final String PIPE = "pass-through.pipe";

    private RelayUtils() {}

    /** Reads the body if it has not been read yet, which it always has been here. */
    public static void buildMessage(MessageContext messageContext) {
        buildMessage(messageContext, false);
    }

    /** As {@link #buildMessage(MessageContext)}. */
    public static void buildMessage(MessageContext messageContext, boolean earlyBuild) {
        // Nothing is left to read.
    }

    /** Drops the body of a request that nothing has read. */
    public static void discardRequestMessage(MessageContext messageContext) throws AxisFault {
        messageContext.removeProperty(PIPE);
    }
}
