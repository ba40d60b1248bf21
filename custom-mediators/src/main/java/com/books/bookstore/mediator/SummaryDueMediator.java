package com.books.bookstore.mediator;

import com.books.bookstore.mail.SummarySchedule;
import java.time.Clock;
import java.time.LocalDate;
import org.apache.synapse.MessageContext;
import org.apache.synapse.SynapseException;

/**
 * Says up to which day summaries are due. Out: {@link MessageProperties#DATE}, empty if none is. Thread-safe.
 */
public class SummaryDueMediator extends BookstoreMediator {

    private final Clock clock;
    private SummarySchedule schedule;

    public SummaryDueMediator() {
        this(Clock.systemUTC());
    }

    SummaryDueMediator(Clock clock) {
        this.clock = clock;
    }

    /** When the summary of the day before goes out: a cron expression as Quartz has them, in UTC. */
    public void setCron(String cron) {
        try {
            schedule = new SummarySchedule(Setting.required("cron", cron), clock);
        } catch (IllegalArgumentException e) {
            throw new SynapseException("The mediator property 'cron' is not a cron expression", e);
        }
    }

    @Override
    void handle(MessageContext message) {
        if (schedule == null) {
            throw new SynapseException("The mediator property 'cron' is not set");
        }
        message.setProperty(MessageProperties.DATE, schedule.lastDueDay().map(LocalDate::toString).orElse(""));
    }
}
