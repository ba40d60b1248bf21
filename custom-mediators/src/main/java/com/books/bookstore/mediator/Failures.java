package com.books.bookstore.mediator;

import com.books.bookstore.identity.IdentityServerException;
import com.books.bookstore.mail.UnsendableMailException;
import com.books.bookstore.problem.Problem;
import com.books.bookstore.problem.ProblemType;
import java.io.IOException;
import java.net.ConnectException;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Tells from an exception whether trying again may help. */
final class Failures {

    /** Lock wait timeout and deadlock, MySQL and MariaDB. */
    private static final Set<Integer> TRY_AGAIN_CODES = Set.of(1205, 1213);

    private static final String SERIALIZATION_FAILURE = "40001";
    /** Too many connections, shutdown in progress, connection killed, server gone, connection lost. */
    private static final Set<Integer> UNAVAILABLE_CODES = Set.of(1040, 1053, 1927, 2006, 2013);

    private static final String CONNECTION_STATES = "08";
    /** Of the connection pool of Micro Integrator; named because it must not be linked to. */
    private static final String POOL_EXHAUSTED = "PoolExhaustedException";
    /** Against cycles in chains of causes. */
    private static final int MAX_DEPTH = 30;

    /** Of the mail transport, which is not linked to: what a mail server answers is what an operator has to know. */
    private static final List<String> MAIL_PACKAGES = List.of("javax.mail.", "jakarta.mail.", "com.sun.mail.");

    private static final String REFUSED_MAIL = "SendFailedException";
    private static final Set<String> OF_THE_CONNECTION =
            Set.of("MailConnectException", "AuthenticationFailedException");
    private static final String REFUSED_RECIPIENT = "SMTPAddressFailedException";
    /** The beginning of a reply, which is the whole message of that exception. */
    private static final Pattern REFUSED_FOR_GOOD = Pattern.compile("55[013][ -](?!5\\.[27]\\.)");

    private static final Pattern ADDRESS = Pattern.compile("[^\\s<>@,;:\"']+@[^\\s<>@,;:\"']+");
    private static final Pattern LINE_BREAKS = Pattern.compile("[\\p{Cntrl}\\s]+");
    private static final int MAX_MESSAGE = 200;

    private Failures() {}

    /** The problem that describes a failure to the caller, without any word of the failure itself. */
    static Problem describe(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < MAX_DEPTH; depth++) {
            Problem problem = describeOne(cause);
            if (problem != null) {
                return problem;
            }
            cause = cause.getCause();
        }
        return Problem.of(ProblemType.INTERNAL_ERROR);
    }

    private static Problem describeOne(Throwable cause) {
        if (cause instanceof SQLException) {
            SQLException sql = (SQLException) cause;
            String state = sql.getSQLState() == null ? "" : sql.getSQLState();
            if (SERIALIZATION_FAILURE.equals(state) || TRY_AGAIN_CODES.contains(sql.getErrorCode())) {
                return Problem.of(ProblemType.TRY_AGAIN).withHeader("Retry-After", "1");
            }
            if (state.startsWith(CONNECTION_STATES)
                    || UNAVAILABLE_CODES.contains(sql.getErrorCode())
                    || sql instanceof SQLTransientConnectionException
                    || POOL_EXHAUSTED.equals(sql.getClass().getSimpleName())) {
                return databaseUnavailable();
            }
        }
        return cause instanceof ConnectException ? databaseUnavailable() : null;
    }

    private static Problem databaseUnavailable() {
        return Problem.of(ProblemType.DATABASE_UNAVAILABLE).withHeader("Retry-After", "5");
    }

    /** What a log may tell of a failure: classes, codes, and such messages as were written for it; others quote SQL and parameters. */
    static String summary(Throwable failure) {
        StringBuilder summary = new StringBuilder();
        Throwable cause = failure;
        boolean ofAMail = false;
        for (int depth = 0; cause != null && depth < MAX_DEPTH; depth++) {
            summary.append(depth == 0 ? "" : " <- ").append(cause.getClass().getName());
            codes(cause, ofAMail).ifPresent(summary::append);
            ofAMail = ofAMail || isOfMail(cause);
            cause = cause.getCause();
        }
        return summary.toString();
    }

    private static Optional<String> codes(Throwable cause, boolean ofAMail) {
        if (cause instanceof SQLException) {
            return Optional.of("[SQLState " + ((SQLException) cause).getSQLState() + ", code "
                    + ((SQLException) cause).getErrorCode() + "]");
        }
        // What lies below a failure of the mail transport is about the connection: a host that is unknown, a
        // certificate that is not trusted.
        boolean fit = isForOperators(cause)
                || (ofAMail && (cause instanceof IOException || cause instanceof GeneralSecurityException));
        return fit && cause.getMessage() != null
                ? Optional.of("[" + readable(cause.getMessage()) + "]")
                : Optional.empty();
    }

    /**
     * Whether a mail failed for reasons of its own, so that others may well go out. Geronimo's {@code javax.mail.Transport} gives the exception
     * of a refused mail to every failure; when nobody could be reached or signed in, that lies below.
     */
    static boolean concernsOneMail(Throwable failure) {
        Throwable cause = failure;
        boolean refused = false;
        for (int depth = 0; cause != null && depth < MAX_DEPTH; depth++) {
            if (cause instanceof UnsendableMailException) {
                return true;
            }
            if ((refused && cause instanceof IOException)
                    || OF_THE_CONNECTION.contains(cause.getClass().getSimpleName())) {
                return false;
            }
            refused = refused || isA(cause.getClass(), REFUSED_MAIL);
            cause = cause.getCause();
        }
        return refused;
    }

    /**
     * Whether the mail server says of a recipient that it will never take mails for him: 550, 551 and 553 (RFC 5321, 4.2.3). Not so with an
     * enhanced code (RFC 3463) that blames the mailbox (5.2, it may be full today) or policy (5.7, which is about the sender), and not so when it
     * refuses the sender or what the mail says: that may be put right.
     */
    static boolean isRefusedForGood(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < MAX_DEPTH; depth++) {
            if (isA(cause.getClass(), REFUSED_RECIPIENT)
                    && cause.getMessage() != null
                    && REFUSED_FOR_GOOD.matcher(cause.getMessage()).lookingAt()) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    /** Whether no attempt can ever send the mail. */
    static boolean isUnsendable(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < MAX_DEPTH; depth++) {
            if (cause instanceof UnsendableMailException) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    private static boolean isA(Class<?> type, String simpleName) {
        return type != null && (simpleName.equals(type.getSimpleName()) || isA(type.getSuperclass(), simpleName));
    }

    /** Those whose messages are written for logs, or say why a connection failed. */
    private static boolean isForOperators(Throwable cause) {
        return cause instanceof IdentityServerException
                || cause instanceof UnsendableMailException
                || cause instanceof ConnectException
                || isOfMail(cause);
    }

    private static boolean isOfMail(Throwable cause) {
        return MAIL_PACKAGES.stream().anyMatch(cause.getClass().getName()::startsWith);
    }

    /** One short line without anybody's address. */
    private static String readable(String message) {
        String line = LINE_BREAKS
                .matcher(ADDRESS.matcher(message).replaceAll("(address)"))
                .replaceAll(" ")
                .trim();
        return line.length() > MAX_MESSAGE ? line.substring(0, MAX_MESSAGE) + "..." : line;
    }
}
