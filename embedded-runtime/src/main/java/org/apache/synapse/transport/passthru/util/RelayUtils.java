package org.apache.synapse.transport.passthru.util;

import org.apache.axis2.context.MessageContext;

/**
 * Takes the place of Apache Synapse's class of this name, which every list of mediators asks to build the body first. Here bodies are built
 * when they arrive. Apache's would also take binary content that a flow made itself, such as a mail, for a body to be parsed, and fail;
 * Micro Integrator's leaves it alone.
 *
 * <p>It is found first because this library stands before its dependencies on the class path, as Maven orders them.
 */
public final class RelayUtils {

    private RelayUtils() {
    }

    /** Has nothing to do. */
    public static void buildMessage(MessageContext messageContext) {
        // The body is there.
    }

    /** Has nothing to do. */
    public static void buildMessage(MessageContext messageContext, boolean earlyBuild) {
        // The body is there.
    }
}
