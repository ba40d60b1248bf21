package com.books.bookstore.identity.registration.internal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.wso2.carbon.context.PrivilegedCarbonContext;
import org.wso2.carbon.identity.workflow.mgt.WorkflowManagementService;
import org.wso2.carbon.identity.workflow.mgt.exception.WorkflowException;

/**
 * Erases registrations some time after the decision: they hold name and address of the applicant. The server's own service deletes
 * the request; the rows of the approval engine go with it. Waiting requests stay. Several nodes may do this at once.
 */
final class DecidedRequests implements AutoCloseable {

    private static final Log LOG = LogFactory.getLog(DecidedRequests.class);
    private static final int MOST_AT_ONCE = 500;

    /** Not while the server starts, when other bundles still register their listeners. */
    private static final long FIRST_AFTER_SECONDS = 10;

    private static final long EVERY_SECONDS = 600;
    private static final String DECIDED =
            "SELECT UUID FROM WF_REQUEST WHERE OPERATION_TYPE = ? AND UPDATED_AT < ? AND STATUS IN"
                    + " ('APPROVED', 'REJECTED', 'FAILED', 'DELETED', 'ABORTED', 'SKIPPED') ORDER BY UPDATED_AT";

    private final DataSource database;
    private final WorkflowManagementService workflows;
    private final Duration kept;
    private final Clock clock;
    private final ScheduledExecutorService worker = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "bookstore-registration-erasure");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * @param database the identity database
     * @param kept     how long a request stays after the decision
     */
    DecidedRequests(DataSource database, WorkflowManagementService workflows, Duration kept, Clock clock) {
        this.database = database;
        this.workflows = workflows;
        this.kept = kept;
        this.clock = clock;
    }

    /** Erases soon, and again every ten minutes. */
    @SuppressWarnings("FutureReturnValueIgnored") // The task handles its own failures.
    void start(String tenantDomain) {
        worker.scheduleWithFixedDelay(
                () -> {
                    PrivilegedCarbonContext.startTenantFlow();
                    try {
                        PrivilegedCarbonContext.getThreadLocalCarbonContext().setTenantDomain(tenantDomain, true);
                        eraseOld();
                    } catch (Exception failed) {
                        LOG.warn("Decided registrations could not be erased; tried again in ten minutes", failed);
                    } finally {
                        PrivilegedCarbonContext.endTenantFlow();
                    }
                },
                FIRST_AFTER_SECONDS,
                EVERY_SECONDS,
                TimeUnit.SECONDS);
    }

    void eraseOld() throws SQLException, WorkflowException {
        List<String> old = old();
        for (String request : old) {
            workflows.permanentlyDeleteWorkflowRequestByAnyUser(request);
        }
        if (!old.isEmpty()) {
            LOG.info(old.size() + " registrations were erased, decided more than " + kept.toDays() + " days ago");
        }
    }

    private List<String> old() throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(DECIDED)) {
            statement.setMaxRows(MOST_AT_ONCE);
            statement.setString(1, PendingRequests.SELF_REGISTER_USER);
            statement.setTimestamp(2, Timestamp.from(clock.instant().minus(kept)));
            List<String> requests = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    requests.add(rows.getString(1));
                }
            }
            return requests;
        }
    }

    /** Stops without an interrupt, which would close the files of an embedded database in the middle of a statement. */
    @Override
    public void close() {
        worker.shutdown();
    }
}
