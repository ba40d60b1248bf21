package com.books.bookstore.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SummaryScheduleTest {

    private static final String DAILY_AT_SIX = "0 0 6 * * ?";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // The day before is due from six on, to the second.
                "0 0 6 * * ?|2026-11-22T05:59:59Z|2026-11-20",
                "0 0 6 * * ?|2026-11-22T06:00:00Z|2026-11-21",
                "0 0 6 * * ?|2026-11-22T23:59:59Z|2026-11-21",
                "0 0 6 * * ?|2026-11-23T00:00:00Z|2026-11-21",
                // A firing at midnight is one after the day.
                "0 0 0 * * ?|2026-11-22T00:00:00Z|2026-11-21",
                "0 0 0 * * ?|2026-11-21T23:59:59Z|2026-11-20",
                // More than once a day: the first decides.
                "0 0 6,18 * * ?|2026-11-22T07:00:00Z|2026-11-21",
                "0 0/5 * * * ?|2026-11-22T00:00:00Z|2026-11-21",
                // Not on weekends: on Monday Sunday is due, and the days before are caught up with it.
                "0 0 6 ? * MON-FRI|2026-11-22T12:00:00Z|2026-11-19",
                "0 0 6 ? * MON-FRI|2026-11-23T06:00:00Z|2026-11-22",
                // Once a month, around the end of a year, and a leap day.
                "0 0 6 1 * ?|2026-11-22T12:00:00Z|2026-10-31",
                "0 0 6 * * ?|2027-01-01T06:00:00Z|2026-12-31",
                "0 0 6 * * ?|2028-03-01T06:00:00Z|2028-02-29"
            })
    void aDayIsDueAtTheFirstFiringAfterItsEnd(String cron, Instant now, LocalDate day) {
        assertThat(dueAt(cron, now)).contains(day);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0 0 6 * * ? 2020", "0 0 6 * * ? 2099"})
    void whatNeverFiresIsNeverDue(String cron) {
        assertThat(dueAt(cron, Instant.parse("2026-11-22T12:00:00Z"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "6 o'clock", "0 6 * * *", "0 0 25 * * ?", "0 0 6 * * *"})
    void whatIsNoCronExpressionIsRefused(String cron) {
        assertThatThrownBy(() -> new SummarySchedule(cron, Clock.systemUTC()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Property
    void everyDayBecomesDueOnceAndInOrder(@ForAll @LongRange(min = 1_700_000_000L, max = 1_900_000_000L) long second) {
        LocalDate due = dueAt(DAILY_AT_SIX, Instant.ofEpochSecond(second)).orElseThrow();
        LocalDate anHourLater =
                dueAt(DAILY_AT_SIX, Instant.ofEpochSecond(second + 3600)).orElseThrow();
        assertThat(anHourLater).isBetween(due, due.plusDays(1));
        assertThat(due.plusDays(1).atTime(6, 0).toInstant(ZoneOffset.UTC))
                .isBeforeOrEqualTo(Instant.ofEpochSecond(second));
        assertThat(due.plusDays(2).atTime(6, 0).toInstant(ZoneOffset.UTC)).isAfter(Instant.ofEpochSecond(second));
    }

    private static Optional<LocalDate> dueAt(String cron, Instant now) {
        return new SummarySchedule(cron, Clock.fixed(now, ZoneOffset.UTC)).lastDueDay();
    }
}
