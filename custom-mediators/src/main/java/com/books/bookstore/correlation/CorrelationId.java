package com.books.bookstore.correlation;

import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/** The name of a request: the caller's own if it is fit to be repeated in headers and log lines, else a new one. */
public final class CorrelationId {

    /** The header that carries it, in requests, in answers and in calls to the identity server. */
    public static final String HEADER = "X-Correlation-ID";

    /** What WSO2's servers take for their own logs; Identity Server's has it in its audit record and emails of registrations. */
    public static final String WSO2_HEADER = "activityid";

    /** No line breaks, no markup, no blanks: what callers choose is written to logs as it is. */
    private static final Pattern VALID = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private CorrelationId() {}

    /** @param header what the caller sent, or null */
    public static String of(String header) {
        return header != null && VALID.matcher(header).matches() ? header : random();
    }

    /** A UUID. It needs to be unique, not a secret, so it does without the system's secure random numbers, which all threads share. */
    private static String random() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long version4 = random.nextLong() & 0xFFFF_FFFF_FFFF_0FFFL | 0x4000L;
        long variant = random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL | 0x8000_0000_0000_0000L;
        return new UUID(version4, variant).toString();
    }
}
