package com.books.bookstore.identity.registration.internal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.wso2.carbon.identity.workflow.mgt.exception.InternalWorkflowException;

/**
 * The rows by which the server ties requests to workflows and tasks, where its services do not tell enough. Thread-safe, also across
 * the nodes of a cluster.
 */
final class WorkflowRelations {

    private static final String CLAIM =
            "UPDATE WF_WORKFLOW_REQUEST_RELATION SET STATUS = ? WHERE RELATIONSHIP_ID = ? AND STATUS = 'PENDING'";

    private final DataSource database;

    /** @param database the identity database, with the server's workflow tables */
    WorkflowRelations(DataSource database) {
        this.database = database;
    }

    /**
     * Takes the decision, in one conditional update: Identity Server's engine has no lock, and of two administrators who decide at once
     * both would be told that it is done.
     *
     * @return false when another decision was taken before
     * @throws InternalWorkflowException when the database fails; then nothing is decided
     */
    boolean claim(String relationshipId, String status) throws InternalWorkflowException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(CLAIM)) {
            statement.setString(1, status);
            statement.setString(2, relationshipId);
            boolean claimed = statement.executeUpdate() == 1;
            if (!connection.getAutoCommit()) {
                connection.commit();
            }
            return claimed;
        } catch (SQLException failed) {
            throw new InternalWorkflowException("The decision cannot be written", failed);
        }
    }

    /** Ids of the requests that wait for a workflow to decide. */
    List<String> waitingFor(String workflowId) throws InternalWorkflowException {
        return column(
                "SELECT REQUEST_ID FROM WF_WORKFLOW_REQUEST_RELATION WHERE WORKFLOW_ID = ? AND STATUS = 'PENDING'",
                workflowId);
    }

    /** Whether a workflow has yet to decide the request. */
    boolean isOpen(String requestId) throws InternalWorkflowException {
        return column("SELECT STATUS FROM WF_WORKFLOW_REQUEST_RELATION WHERE REQUEST_ID = ?", requestId)
                .contains("PENDING");
    }

    /** Whether the approval engine has a task for the request: it reports no error when it could not make one. */
    boolean hasTask(String requestId) throws InternalWorkflowException {
        return !column("SELECT TASK_ID FROM WF_WORKFLOW_APPROVAL_RELATION WHERE EVENT_ID = ?", requestId)
                .isEmpty();
    }

    private List<String> column(String sql, String key) throws InternalWorkflowException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, key);
            List<String> values = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    values.add(rows.getString(1));
                }
            }
            return values;
        } catch (SQLException failed) {
            throw new InternalWorkflowException("The workflow tables cannot be read", failed);
        }
    }
}
