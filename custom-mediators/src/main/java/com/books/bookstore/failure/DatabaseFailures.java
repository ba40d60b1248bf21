package com.books.bookstore.failure;

import com.books.bookstore.problem.Problem;
import com.books.bookstore.problem.ProblemType;
import java.io.IOException;
import java.net.ConnectException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Tells from an exception whether the database or the data services are unavailable, or whether the same request can succeed when it is sent again. */
public final class DatabaseFailures {

    /** Lock wait timeout and deadlock, MySQL and MariaDB. */
    private static final Set<Integer> TRY_AGAIN_CODES = Set.of(1205, 1213);

    private static final String SERIALIZATION_FAILURE = "40001";
    /** Too many connections, not a part of the cluster at present, shutdown in progress, connection killed, server gone, connection lost. */
    private static final Set<Integer> UNAVAILABLE_CODES = Set.of(1040, 1047, 1053, 1927, 2006, 2013);

    /** What Micro Integrator says when a flow calls a data service that it did not deploy. */
    private static final Pattern NO_DATA_SERVICE = Pattern.compile("The data service,?\\s+named '.*' does not exist.*");

    private static final String CONNECTION_STATES = "08";
    /** The class of Micro Integrator's connection pool, by name because the mediators cannot link to it. */
    private static final String POOL_EXHAUSTED = "PoolExhaustedException";

    private DatabaseFailures() {}

    /**
     * The problem that describes a failure to the caller, without any text of the failure itself: try_again, database_unavailable,
     * data_services_missing, or internal_error for every other failure.
     */
    public static Problem describe(Throwable failure) {
        return Causes.of(failure).stream()
                .map(DatabaseFailures::describeOne)
                .flatMap(Optional::stream)
                .findFirst()
                .orElseGet(() -> Problem.of(ProblemType.INTERNAL_ERROR));
    }

    private static Optional<Problem> describeOne(Throwable cause) {
        if (cause instanceof SQLException) {
            SQLException sql = (SQLException) cause;
            String state = sql.getSQLState() == null ? "" : sql.getSQLState();
            if (SERIALIZATION_FAILURE.equals(state) || TRY_AGAIN_CODES.contains(sql.getErrorCode())) {
                return Optional.of(Problem.of(ProblemType.TRY_AGAIN).withHeader("Retry-After", "1"));
            }
            if (state.startsWith(CONNECTION_STATES)
                    || UNAVAILABLE_CODES.contains(sql.getErrorCode())
                    || sql instanceof SQLTransientConnectionException
                    || sql.getCause() instanceof IOException
                    || POOL_EXHAUSTED.equals(sql.getClass().getSimpleName())) {
                return Optional.of(databaseUnavailable());
            }
        }
        if (cause.getMessage() != null
                && NO_DATA_SERVICE.matcher(cause.getMessage()).matches()) {
            return Optional.of(Problem.of(ProblemType.DATA_SERVICES_MISSING).withHeader("Retry-After", "30"));
        }
        return cause instanceof ConnectException ? Optional.of(databaseUnavailable()) : Optional.empty();
    }

    private static Problem databaseUnavailable() {
        return Problem.of(ProblemType.DATABASE_UNAVAILABLE).withHeader("Retry-After", "5");
    }
}
