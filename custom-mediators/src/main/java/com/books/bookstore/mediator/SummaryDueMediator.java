package com.books.bookstore.mediator;

import com.books.bookstore.mail.SummarySchedule;
import com.books.bookstore.mediator.message.MessageProperties;
import com.books.bookstore.mediator.message.WrongArtifactException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import org.apache.synapse.MessageContext;

/**
 * Says up to which day summaries are due. Out: {@link MessageProperties#DATE}, empty if none is. Thread-safe.
 */
public class SummaryDueMediator extends BookstoreMediator {

    private final Clock clock;
    private String cron;
    private Duration clockOffset = Duration.ZERO;
    private SummarySchedule schedule;

    public SummaryDueMediator() {
        this(Clock.systemUTC());
    }

    SummaryDueMediator(Clock clock) {
        this.clock = clock;
    }

    /** When the summary of the day before goes out: a cron expression as Quartz has them, in UTC. */
    public void setCron(String cron) {
        this.cron = Setting.required("cron", cron);
        configure();
    }

    /**
     * What is added to the time of the machine, for rehearsals: a duration as ISO 8601 has them, {@code PT0S} for none. It decides which days are due
     * and nothing else.
     */
    public void setClockOffset(String clockOffset) {
        try {
            this.clockOffset = Duration.parse(Setting.required("clockOffset", clockOffset));
        } catch (DateTimeParseException e) {
            throw new WrongArtifactException("The setting 'clockOffset' must be an ISO 8601 duration such as PT-3H", e);
        }
        configure();
    }

    private void configure() {
        if (cron != null) {
            try {
                schedule = new SummarySchedule(cron, Clock.offset(clock, clockOffset));
            } catch (IllegalArgumentException e) {
                throw new WrongArtifactException(
                        "The setting 'cron' must be a Quartz cron expression such as 0 0 6 * * ?", e);
            }
        }
    }

    @Override
    void handle(MessageContext message) {
        if (schedule == null) {
            throw new WrongArtifactException("The setting 'cron' is not set");
        }
        message.setProperty(
                MessageProperties.DATE,
                schedule.lastDueDay().map(LocalDate::toString).orElse(""));
    }
}
