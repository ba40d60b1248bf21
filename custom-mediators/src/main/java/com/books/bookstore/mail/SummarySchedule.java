package com.books.bookstore.mail;

import java.text.ParseException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.Optional;
import java.util.TimeZone;
import org.quartz.CronExpression;

/**
 * When the summary of a day is due: at the first time after its end at which the cron expression fires, in UTC. Thread-safe.
 *
 * <p>Asking what is due now, instead of being woken at the time, makes the morning after a night of downtime the same as any other morning.
 */
public final class SummarySchedule {

    /** An expression that fires less often than once a year makes no daily summary. */
    private static final int MAX_DAYS_BACK = 366;

    private final String cron;
    private final Clock clock;

    /**
     * @param cron seconds, minutes, hours, day of month, month, day of week, and if you like year, as Quartz has them; {@code 0 0 6 * * ?} is
     *             every day at six
     * @throws IllegalArgumentException if it is not valid
     */
    public SummarySchedule(String cron, Clock clock) {
        this.cron = cron;
        this.clock = clock;
        expression();
    }

    /** The last day whose summary is due, unless none has been for a year. */
    public Optional<LocalDate> lastDueDay() {
        Instant now = clock.instant();
        LocalDate today = now.atZone(ZoneOffset.UTC).toLocalDate();
        CronExpression expression = expression();
        for (int back = 1; back <= MAX_DAYS_BACK; back++) {
            LocalDate day = today.minusDays(back);
            Instant end = day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
            // The instant before: a firing at midnight is one after the day. Quartz counts in seconds.
            Date firing = expression.getNextValidTimeAfter(Date.from(end.minusSeconds(1)));
            if (firing != null && !firing.toInstant().isAfter(now)) {
                return Optional.of(day);
            }
        }
        return Optional.empty();
    }

    /** A new one for each use: Quartz does not promise that one serves many threads. */
    private CronExpression expression() {
        try {
            CronExpression expression = new CronExpression(cron);
            expression.setTimeZone(TimeZone.getTimeZone(ZoneOffset.UTC));
            return expression;
        } catch (ParseException e) {
            throw new IllegalArgumentException("This is not a Quartz cron expression: " + cron, e);
        }
    }
}
