package com.books.bookstore.mediator.message;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Optional;
import org.apache.axis2.context.MessageContext;

/**
 * The body of a request that no mediator read and that is still in Micro Integrator's transport. It would be sent instead of the answer. The
 * embedded runtime has no such transport, so there is nothing to do. Thread-safe.
 */
final class UnreadBody {

    private static final String TRANSPORT_CLASS = "org.apache.synapse.transport.passthru.util.RelayUtils";
    /** The transport's mark for a message whose body has been read or discarded. */
    private static final String READ = "message.builder.invoked";

    private static final Optional<MethodHandle> DISCARD = find();

    private UnreadBody() {}

    private static Optional<MethodHandle> find() {
        try {
            Class<?> transport = Class.forName(TRANSPORT_CLASS, true, UnreadBody.class.getClassLoader());
            return Optional.of(MethodHandles.publicLookup()
                    .findStatic(
                            transport,
                            "discardRequestMessage",
                            MethodType.methodType(void.class, MessageContext.class)));
        } catch (ReflectiveOperationException e) {
            return Optional.empty();
        }
    }

    static void discard(MessageContext axis2) {
        if (DISCARD.isEmpty() || Boolean.TRUE.equals(axis2.getProperty(READ))) {
            return;
        }
        try {
            DISCARD.get().invokeExact(axis2);
        } catch (Throwable e) {
            throw EngineFailure.of("The body of the request cannot be discarded", e);
        }
        axis2.setProperty(READ, Boolean.TRUE);
    }
}
