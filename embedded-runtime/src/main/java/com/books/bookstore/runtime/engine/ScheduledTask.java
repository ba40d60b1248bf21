package com.books.bookstore.runtime.engine;

import java.util.Iterator;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import javax.xml.namespace.QName;
import org.apache.axiom.om.OMAbstractFactory;
import org.apache.axiom.om.OMElement;
import org.apache.synapse.SynapseException;
import org.apache.synapse.config.xml.XMLConfigConstants;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A task that injects a message into a sequence again and again. Unlike on a cluster of Micro Integrators it never runs twice at the same
 * time.
 *
 * @param sequence        the sequence's name
 * @param message         the body of each message
 * @param intervalSeconds between the end of one run and the start of the next
 * @param count           how many runs; negative for no end
 */
record ScheduledTask(String name, String sequence, OMElement message, int intervalSeconds, int count) {

    private static final Logger LOG = LoggerFactory.getLogger(ScheduledTask.class);

    /** Reads an element that has passed {@link Grammar}. */
    static ScheduledTask parse(OMElement task) {
        String sequence = null;
        OMElement message = null;
        for (Iterator<?> children = task.getChildrenWithLocalName("property"); children.hasNext(); ) {
            OMElement property = (OMElement) children.next();
            String propertyName = property.getAttributeValue(new QName("name"));
            if ("sequenceName".equals(propertyName)) {
                sequence = property.getAttributeValue(new QName("value"));
            } else if ("message".equals(propertyName)) {
                message = property.getFirstElement();
            }
        }
        if (sequence == null) {
            throw new SynapseException("the task needs the property sequenceName");
        }
        OMElement trigger = task.getFirstChildWithName(new QName(XMLConfigConstants.SYNAPSE_NAMESPACE, "trigger"));
        String interval = trigger.getAttributeValue(new QName("interval"));
        String count = trigger.getAttributeValue(new QName("count"));
        boolean once = trigger.getAttributeValue(new QName("once")) != null;
        if (!once && interval == null) {
            throw new SynapseException("<trigger> needs once or interval");
        }
        return new ScheduledTask(task.getAttributeValue(new QName("name")), sequence,
                message == null ? OMAbstractFactory.getOMFactory().createOMElement("message", null) : message,
                interval == null ? 1 : Integer.parseInt(interval), once ? 1 : count == null ? -1 : Integer.parseInt(count));
    }

    void schedule(ScheduledExecutorService executor, Consumer<ScheduledTask> run) {
        AtomicInteger left = new AtomicInteger(count);
        AtomicReference<ScheduledFuture<?>> schedule = new AtomicReference<>();
        schedule.set(executor.scheduleWithFixedDelay(() -> {
            if (count >= 0 && left.getAndDecrement() <= 0) {
                if (schedule.get() != null) {
                    schedule.get().cancel(false);
                }
                return;
            }
            try {
                run.accept(this);
            } catch (RuntimeException e) {
                // Thrown out of here, it would end the schedule.
                LOG.error("The task {} failed: {}", name, e.getMessage());
            }
        }, 0, Math.max(1, intervalSeconds), TimeUnit.SECONDS));
    }
}
