package org.apache.commons.logging;

import java.util.function.BiConsumer;

/**
 * Stand-in for the factory of commons-logging: hands every message to one sink outside the class loader. The real one
 * searches the thread's context class loader, where it would find the application's logging classes.
 */
public abstract class LogFactory {

    private static volatile BiConsumer<String, String> sink = (name, message) -> {};

    private LogFactory() {}

    /** Sets the receiver of logger name and message; all loggers, also older ones, use it from now on. */
    public static void sendTo(BiConsumer<String, String> receiver) {
        sink = receiver;
    }

    public static Log getLog(Class<?> owner) {
        return getLog(owner.getName());
    }

    public static Log getLog(String name) {
        return new SinkLog(name);
    }

    static void send(String name, Object message) {
        sink.accept(name, String.valueOf(message));
    }
}
