package com.books.bookstore.correlation;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The correlation id of the request that a thread works on: for log lines, and for calls made deep below a mediator.
 *
 * <p>It stays until the thread begins its next request, as Micro Integrator's own does. In logs it is called {@code Correlation-ID}, which is
 * Micro Integrator's name for it: {@code %X{Correlation-ID}} in a pattern. Thread-safe.
 */
public final class CorrelationContext {

    /** Log4j 2 on Micro Integrator, SLF4J in the embedded runtime. Found by name: neither is linked to. */
    private static final List<String> LOG_CONTEXTS = List.of("org.apache.logging.log4j.ThreadContext", "org.slf4j.MDC");

    private static final String LOG_KEY = "Correlation-ID";

    private static final List<MethodHandle> PUTS = puts();
    private static final ThreadLocal<String> CURRENT = new ThreadLocal<>();

    private CorrelationContext() {}

    private static List<MethodHandle> puts() {
        List<MethodHandle> puts = new ArrayList<>();
        for (String name : LOG_CONTEXTS) {
            try {
                Class<?> context = Class.forName(name, true, CorrelationContext.class.getClassLoader());
                puts.add(MethodHandles.publicLookup()
                        .findStatic(context, "put", MethodType.methodType(void.class, String.class, String.class)));
            } catch (ReflectiveOperationException | LinkageError e) {
                // This engine logs another way. The lines that matter name the id themselves.
            }
        }
        return puts;
    }

    /** The calling thread begins or goes on with this request. */
    public static void enter(String correlationId) {
        CURRENT.set(correlationId);
        for (MethodHandle put : PUTS) {
            try {
                put.invokeExact(LOG_KEY, correlationId);
            } catch (Throwable e) {
                if (e instanceof Error) {
                    throw (Error) e;
                }
                throw new IllegalStateException("The log context does not accept the correlation ID", e);
            }
        }
    }

    /** The id of the request that the calling thread works on, if it works on one. */
    public static Optional<String> current() {
        return Optional.ofNullable(CURRENT.get());
    }
}
