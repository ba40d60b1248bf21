package com.books.bookstore.request;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Pattern;

/** A promotion in a body, as the procedures take it. Immutable. */
public final class PromotionData {

    private static final int MAX_CODE = 40;
    private static final Pattern CODE = Pattern.compile("[A-Za-z0-9_-]+");
    /** What a TIMESTAMP of the database can hold in every time zone. */
    private static final Instant EARLIEST = Instant.parse("1970-01-02T00:00:00Z");

    private static final Instant LATEST = Instant.parse("2038-01-17T00:00:00Z");

    private final String code;
    private final BigDecimal percentOff;
    private final String from;
    private final String until;
    private final String maxUses;
    private final String maxUsesPerCustomer;

    private PromotionData(String code, JsonNode body, FieldErrors errors) {
        this.code = code;
        this.percentOff = JsonFields.percentage(body, "percentOff", "percentOff", errors);
        Instant begin = instant(body, "validFrom", errors);
        Instant end = instant(body, "validUntil", errors);
        if (begin != null && end != null && !begin.isBefore(end)) {
            errors.add("validUntil", "must be after validFrom");
        }
        this.from = seconds(begin);
        this.until = seconds(end);
        this.maxUses = limit(body, "maxUses", errors);
        this.maxUsesPerCustomer = limit(body, "maxUsesPerCustomer", errors);
        errors.throwIfAny();
    }

    /**
     * A promotion that is to be added.
     *
     * @param body {@code {"code","percentOff","validFrom"?,"validUntil"?,"maxUses"?,"maxUsesPerCustomer"?}}; other members are ignored
     * @throws com.books.bookstore.problem.ProblemException {@code invalid_request} naming every wrong field
     */
    public static PromotionData ofNewPromotion(JsonNode body) {
        FieldErrors errors = new FieldErrors();
        String code = JsonFields.visibleText(body.path("code"), "code", MAX_CODE, errors);
        if (!code.isEmpty() && !isCode(code)) {
            errors.add("code", "must have letters, digits, - and _ only");
        }
        return new PromotionData(code.toUpperCase(Locale.ROOT), body, errors);
    }

    /**
     * A promotion that is replaced: the same without {@code code}.
     *
     * @throws com.books.bookstore.problem.ProblemException {@code invalid_request} naming every wrong field
     */
    public static PromotionData ofReplacement(JsonNode body) {
        return new PromotionData("", body, new FieldErrors());
    }

    /** Whether a promotion can have this code. */
    public static boolean isCode(String code) {
        return code.length() <= MAX_CODE && CODE.matcher(code).matches();
    }

    private static Instant instant(JsonNode body, String name, FieldErrors errors) {
        String text = JsonFields.text(body, name, MAX_CODE, errors);
        if (text.isEmpty()) {
            return null;
        }
        try {
            Instant instant = OffsetDateTime.parse(text).toInstant();
            if (!instant.isBefore(EARLIEST) && instant.isBefore(LATEST)) {
                return instant;
            }
            errors.add(name, "must be from 1970-01-02 to 2038-01-16");
        } catch (DateTimeParseException e) {
            errors.add(name, "must be a time such as 2026-11-22T18:31:00Z");
        }
        return null;
    }

    private static String seconds(Instant instant) {
        return instant == null ? "" : Long.toString(instant.getEpochSecond());
    }

    private static String limit(JsonNode body, String name, FieldErrors errors) {
        return body.hasNonNull(name)
                ? Integer.toString(JsonFields.integer(body, name, name, 1, Integer.MAX_VALUE, errors))
                : "";
    }

    /** In upper case; empty for a replacement. */
    public String code() {
        return code;
    }

    /** More than 0, at most 100, with two decimals. */
    public BigDecimal percentOff() {
        return percentOff;
    }

    /** Seconds since 1970-01-01 UTC; empty if the caller does not say. */
    public String from() {
        return from;
    }

    /** Seconds since 1970-01-01 UTC; empty for no end. */
    public String until() {
        return until;
    }

    /** Empty for no limit. */
    public String maxUses() {
        return maxUses;
    }

    /** Empty for no limit. */
    public String maxUsesPerCustomer() {
        return maxUsesPerCustomer;
    }
}
