package com.books.bookstore.security;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** So many requests in a span of time. Immutable. */
public final class RateLimit {

    private static final Pattern TEXT = Pattern.compile("([1-9][0-9]{0,8})/([1-9][0-9]{0,8})");

    private final int requests;
    private final Duration window;

    public RateLimit(int requests, Duration window) {
        this.requests = requests;
        this.window = window;
    }

    /**
     * @param text {@code requests/seconds}, such as {@code 10/3600}
     * @throws IllegalArgumentException if it is not that
     */
    public static RateLimit parse(String text) {
        Matcher matcher = TEXT.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + text + "' must be requests/seconds, such as 10/3600");
        }
        return new RateLimit(
                Integer.parseInt(matcher.group(1)), Duration.ofSeconds(Integer.parseInt(matcher.group(2))));
    }

    public int requests() {
        return requests;
    }

    public Duration window() {
        return window;
    }

    /** Nanoseconds in which one request more becomes free. */
    long nanosPerRequest() {
        return Math.max(1, window.toNanos() / requests);
    }
}
