package com.books.bookstore.runtime.engine;

import java.util.Iterator;
import javax.xml.namespace.QName;
import org.apache.axiom.om.OMAbstractFactory;
import org.apache.axiom.om.OMElement;
import org.apache.synapse.SynapseException;
import org.apache.synapse.config.xml.XMLConfigConstants;
import org.quartz.CronScheduleBuilder;
import org.quartz.ScheduleBuilder;
import org.quartz.SimpleScheduleBuilder;

/**
 * A task that injects a message into a sequence again and again.
 *
 * @param sequence the sequence's name
 * @param message  the body of each message
 * @param schedule when it runs
 */
record ScheduledTask(String name, String sequence, OMElement message, ScheduleBuilder<?> schedule) {

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
        return new ScheduledTask(
                task.getAttributeValue(new QName("name")),
                sequence,
                message == null ? OMAbstractFactory.getOMFactory().createOMElement("message", null) : message,
                schedule(task.getFirstChildWithName(new QName(XMLConfigConstants.SYNAPSE_NAMESPACE, "trigger"))));
    }

    /** As Micro Integrator reads it: cron in the time zone of the JVM; the first run of the others at once. */
    private static ScheduleBuilder<?> schedule(OMElement trigger) {
        String cron = trigger.getAttributeValue(new QName("cron"));
        if (cron != null) {
            return CronScheduleBuilder.cronSchedule(cron.trim());
        }
        String interval = trigger.getAttributeValue(new QName("interval"));
        String count = trigger.getAttributeValue(new QName("count"));
        boolean once = trigger.getAttributeValue(new QName("once")) != null;
        int seconds = interval == null ? 1 : Integer.parseInt(interval.trim());
        if (seconds < 1) {
            throw new SynapseException("the interval of a task is at least one second");
        }
        SimpleScheduleBuilder schedule = SimpleScheduleBuilder.simpleSchedule().withIntervalInSeconds(seconds);
        int runs = once ? 1 : count == null ? -1 : Integer.parseInt(count.trim());
        return runs < 0 ? schedule.repeatForever() : schedule.withRepeatCount(Math.max(0, runs - 1));
    }
}
