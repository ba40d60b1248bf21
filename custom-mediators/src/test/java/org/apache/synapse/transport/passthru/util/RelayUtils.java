package org.apache.synapse.transport.passthru.util;

import org.apache.axis2.context.MessageContext;

/** Stands in for a class of Micro Integrator's transport: forgets the body that waits in a message. */
public final class RelayUtils {

    /** Where the transport keeps what it has not read yet. */
    public static final String PIPE = "pass-through.pipe";

    private RelayUtils() {}

    public static void discardRequestMessage(MessageContext message) {
        message.removeProperty(PIPE);
    }
}
