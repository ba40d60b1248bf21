package com.books.bookstore.identity.registration.internal;

import java.util.regex.Pattern;
import org.apache.logging.log4j.ThreadContext;

/** What the caller calls the request that a thread works on. */
final class RequestCorrelation {

    /** Here the server's own valve (RequestCorrelationIdValve) puts the header activityid, or an id that it makes. */
    private static final String LOG_KEY = "Correlation-ID";
    /** Fit for an email header and a log line: callers choose it. */
    private static final Pattern VALID = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private RequestCorrelation() {}

    /** Null when the request has no id, or none that is fit to be repeated. */
    static String current() {
        String id = ThreadContext.get(LOG_KEY);
        return id != null && VALID.matcher(id).matches() ? id : null;
    }
}
