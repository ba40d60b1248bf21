package com.books.bookstore.identity.approval;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Notes which role has a task for which request, in the table in which Identity Server's own engine does. Thread-safe. */
final class ApprovalRelations {

    private final DataSource database;

    ApprovalRelations(DataSource database) {
        this.database = database;
    }

    void add(ApprovalTask task) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement("INSERT INTO WF_WORKFLOW_APPROVAL_RELATION"
                        + " (TASK_ID, EVENT_ID, WORKFLOW_ID, APPROVER_TYPE, APPROVER_NAME, TASK_STATUS)"
                        + " VALUES (?, ?, ?, 'roles', ?, ?)")) {
            statement.setString(1, task.id);
            statement.setString(2, task.requestId);
            statement.setString(3, task.workflowId);
            statement.setString(4, task.approverRole);
            statement.setString(5, task.status.name());
            statement.executeUpdate();
            if (!connection.getAutoCommit()) {
                connection.commit();
            }
        }
    }
}
