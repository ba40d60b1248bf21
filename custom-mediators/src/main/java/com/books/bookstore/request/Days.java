package com.books.bookstore.request;

import com.books.bookstore.problem.FieldError;
import com.books.bookstore.problem.Problem;
import com.books.bookstore.problem.ProblemException;
import com.books.bookstore.problem.ProblemType;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The days a report is about, in UTC: from 1970-01-01 to today. A day before that is refused. A day in the future has no summary: on its own
 * it is not found, and a list leaves it out. Immutable.
 */
public final class Days {

    static final int MAX_DAYS = 366;
    static final int DEFAULT_DAYS = 30;

    private static final Set<String> PARAMETERS = Set.of("from", "to");
    private static final String NOT_A_DAY = "must be a day such as 2026-11-22";
    /** Strict: 2026-02-30 is no day. Four digits: uuuu would also take +12345. */
    private static final DateTimeFormatter FORMAT = new DateTimeFormatterBuilder()
            .appendValue(ChronoField.YEAR, 4)
            .appendPattern("-MM-dd")
            .toFormatter(Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT);

    private final LocalDate from;
    private final LocalDate to;

    private Days(LocalDate from, LocalDate to) {
        this.from = from;
        this.to = to;
    }

    /**
     * Reads {@code from} and {@code to}. Without {@code to} it is today, without {@code from} the report has {@value #DEFAULT_DAYS} days.
     * If all of these days are in the future, {@link #from()} is tomorrow and {@link #to()} today.
     *
     * @param today the day it is now, in UTC
     * @throws ProblemException {@code invalid_request} if one is no day, they are in the wrong order, or there are more than
     *                          {@value #MAX_DAYS} days
     */
    public static Days from(QueryParameters query, LocalDate today) {
        FieldErrors errors = new FieldErrors();
        query.refuseOthersThan(PARAMETERS, errors);
        LocalDate to = day(query, "to", errors).orElse(today);
        LocalDate from = day(query, "from", errors).orElse(to.minusDays(DEFAULT_DAYS - 1L));
        if (from.isAfter(to)) {
            errors.add("from", "must not be after to");
        } else if (ChronoUnit.DAYS.between(from, to) >= MAX_DAYS) {
            errors.add("from", "must be at most " + MAX_DAYS + " days before to");
        }
        errors.throwIfAny();
        return new Days(earlier(from, today.plusDays(1)), earlier(to, today));
    }

    /**
     * Reads the day in a path.
     *
     * @param name the variable of the path, named in errors
     * @param text its value, or null
     * @throws ProblemException {@code invalid_request} if it is no day, {@code summary_not_found} if it is yet to come
     */
    public static LocalDate upToToday(String name, String text, LocalDate today) {
        LocalDate day = parse(text)
                .orElseThrow(
                        () -> new ProblemException(Problem.invalidRequest(List.of(new FieldError(name, NOT_A_DAY)))));
        if (day.isAfter(today)) {
            throw new ProblemException(ProblemType.SUMMARY_NOT_FOUND);
        }
        return day;
    }

    private static LocalDate earlier(LocalDate one, LocalDate other) {
        return one.isBefore(other) ? one : other;
    }

    public LocalDate from() {
        return from;
    }

    public LocalDate to() {
        return to;
    }

    /** The day in a parameter, or empty if there is none or it is wrong. */
    static Optional<LocalDate> day(QueryParameters query, String name, FieldErrors errors) {
        Optional<String> text = query.get(name);
        Optional<LocalDate> day = text.flatMap(Days::parse);
        if (text.isPresent() && day.isEmpty()) {
            errors.add(name, NOT_A_DAY);
        }
        return day;
    }

    /** A day of the years 1970 to 9999: before that there are no instants in the database, and after that no digits. */
    private static Optional<LocalDate> parse(String text) {
        try {
            return Optional.ofNullable(text)
                    .map(day -> LocalDate.parse(day, FORMAT))
                    .filter(day -> day.getYear() >= 1970);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
