package com.books.bookstore.failure;

import com.books.bookstore.identity.IdentityServerException;
import com.books.bookstore.mail.UnsendableMailException;
import java.io.IOException;
import java.net.ConnectException;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a log may say about a failure. */
public final class FailureSummary {

    private static final Pattern ADDRESS = Pattern.compile("[^\\s<>@,;:\"']+@[^\\s<>@,;:\"']+");
    private static final Pattern LINE_BREAKS = Pattern.compile("[\\p{Cntrl}\\s]+");
    private static final int MAX_MESSAGE = 200;

    private FailureSummary() {}

    /**
     * The classes of the causes in one line, with codes and with those messages that were written for logs. Other messages quote SQL and
     * parameters and are left out.
     */
    public static String of(Throwable failure) {
        StringBuilder summary = new StringBuilder();
        boolean ofTransport = false;
        for (Throwable cause : Causes.of(failure)) {
            summary.append(summary.length() == 0 ? "" : " <- ")
                    .append(cause.getClass().getName());
            details(cause, ofTransport)
                    .ifPresent(text -> summary.append('[').append(text).append(']'));
            ofTransport = ofTransport || EmailFailures.isOfTransport(cause);
        }
        return summary.toString();
    }

    private static Optional<String> details(Throwable cause, boolean belowTransport) {
        if (cause instanceof SQLException) {
            SQLException sql = (SQLException) cause;
            return Optional.of("SQLState " + sql.getSQLState() + ", code " + sql.getErrorCode());
        }
        // Below a failure of the mail transport, a message is about the connection: an unknown host, a certificate that
        // is not trusted.
        boolean fit = isForOperators(cause)
                || belowTransport && (cause instanceof IOException || cause instanceof GeneralSecurityException);
        return fit ? Optional.ofNullable(cause.getMessage()).map(FailureSummary::readable) : Optional.empty();
    }

    /** Those whose messages are written for logs, or say why a connection failed. */
    private static boolean isForOperators(Throwable cause) {
        return cause instanceof IdentityServerException
                || cause instanceof UnsendableMailException
                || cause instanceof ForOperators
                || cause instanceof ConnectException
                || EmailFailures.isOfTransport(cause);
    }

    /** One short line without email addresses. */
    private static String readable(String message) {
        String line = LINE_BREAKS
                .matcher(ADDRESS.matcher(message).replaceAll("(address)"))
                .replaceAll(" ")
                .trim();
        return line.length() > MAX_MESSAGE ? line.substring(0, MAX_MESSAGE) + "..." : line;
    }
}
