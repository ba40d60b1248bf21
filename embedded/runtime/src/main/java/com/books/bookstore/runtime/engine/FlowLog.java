package com.books.bookstore.runtime.engine;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Where {@code <log>} writes: the logger of Micro Integrator's mediator, and whom the runtime tells. Thread-safe. */
public final class FlowLog {

    private static final Logger LOG = LoggerFactory.getLogger("org.apache.synapse.mediators.builtin.LogMediator");

    private final List<Consumer<Entry>> listeners = new CopyOnWriteArrayList<>();

    /**
     * One line of the log.
     *
     * @param level of {@code category}; FATAL is ERROR
     */
    public record Entry(Level level, String text) {}

    /** Tells the listener of each line from now on, on the thread of its message. */
    public void listen(Consumer<Entry> listener) {
        listeners.add(listener);
    }

    public boolean isEnabled(Level level) {
        return !listeners.isEmpty() || LOG.isEnabledForLevel(level);
    }

    public void write(Level level, String text) {
        LOG.atLevel(level).log(text);
        Entry entry = new Entry(level, text);
        listeners.forEach(listener -> listener.accept(entry));
    }
}
