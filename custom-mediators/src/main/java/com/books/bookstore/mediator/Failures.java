package com.books.bookstore.mediator;

import com.books.bookstore.identity.IdentityServerException;
import com.books.bookstore.problem.Problem;
import com.books.bookstore.problem.ProblemType;
import java.net.ConnectException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;
import java.util.Set;

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

    private Failures() {
    }

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
            if (state.startsWith(CONNECTION_STATES) || UNAVAILABLE_CODES.contains(sql.getErrorCode())
                    || sql instanceof SQLTransientConnectionException || POOL_EXHAUSTED.equals(sql.getClass().getSimpleName())) {
                return databaseUnavailable();
            }
        }
        return cause instanceof ConnectException ? databaseUnavailable() : null;
    }

    private static Problem databaseUnavailable() {
        return Problem.of(ProblemType.DATABASE_UNAVAILABLE).withHeader("Retry-After", "5");
    }

    /** What a log may tell of a failure: classes and codes, no messages, for those quote SQL and parameters. */
    static String summary(Throwable failure) {
        StringBuilder summary = new StringBuilder();
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < MAX_DEPTH; depth++) {
            summary.append(depth == 0 ? "" : " <- ").append(cause.getClass().getName());
            codes(cause).ifPresent(summary::append);
            cause = cause.getCause();
        }
        return summary.toString();
    }

    private static Optional<String> codes(Throwable cause) {
        if (cause instanceof SQLException) {
            return Optional.of("[SQLState " + ((SQLException) cause).getSQLState() + ", code " + ((SQLException) cause).getErrorCode() + "]");
        }
        // The one kind of exception whose messages are written for logs.
        return cause instanceof IdentityServerException ? Optional.of("[" + cause.getMessage() + "]") : Optional.empty();
    }
}
