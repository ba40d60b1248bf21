package com.books.bookstore.identity.approval;

import com.books.bookstore.identity.approval.ApprovalTask.Status;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/**
 * Keeps the tasks in the kernel's identity database. Thread-safe.
 */
final class TaskStore {

    private static final String COLUMNS =
            "TASK_ID, RELATIONSHIP_ID, REQUEST_ID, WORKFLOW_ID, EVENT_TYPE, APPROVER_ROLE,"
                    + " STATUS, OWNER, REASON, CREATED_AT";

    private final DataSource database;

    TaskStore(DataSource database) {
        this.database = database;
    }

    void createTable() throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS BOOKSTORE_APPROVAL_TASK ("
                    + "TASK_ID VARCHAR(45) PRIMARY KEY, RELATIONSHIP_ID VARCHAR(45) NOT NULL UNIQUE,"
                    + " REQUEST_ID VARCHAR(45) NOT NULL, WORKFLOW_ID VARCHAR(45) NOT NULL,"
                    + " EVENT_TYPE VARCHAR(50) NOT NULL, APPROVER_ROLE VARCHAR(255) NOT NULL,"
                    + " STATUS VARCHAR(20) NOT NULL, OWNER VARCHAR(255), REASON VARCHAR(1000),"
                    + " CREATED_AT TIMESTAMP(3) NOT NULL)");
            commit(connection);
        }
    }

    void add(ApprovalTask task) throws SQLException {
        change(
                "INSERT INTO BOOKSTORE_APPROVAL_TASK (" + COLUMNS + ") VALUES (?,?,?,?,?,?,?,?,?,?)",
                task.id,
                task.relationshipId,
                task.requestId,
                task.workflowId,
                task.eventType,
                task.approverRole,
                task.status.name(),
                task.owner,
                task.reason,
                Timestamp.from(task.createdAt));
    }

    /** @return the task, or null */
    ApprovalTask get(String id) throws SQLException {
        List<ApprovalTask> found = query("TASK_ID = ?", id);
        return found.isEmpty() ? null : found.get(0);
    }

    /** Tasks that a user may see: open ones of the user's roles, also if another user has claimed them, and those that the user decided. */
    List<ApprovalTask> visibleTo(String user, Collection<String> roles) throws SQLException {
        List<ApprovalTask> found = new ArrayList<>(query("OWNER = ?", user));
        for (String role : roles) {
            found.addAll(query(
                    "STATUS IN ('READY', 'RESERVED') AND (OWNER IS NULL OR OWNER <> ?) AND APPROVER_ROLE = ?",
                    user,
                    role));
        }
        found.sort((a, b) -> {
            int newest = b.createdAt.compareTo(a.createdAt);
            return newest != 0 ? newest : a.id.compareTo(b.id);
        });
        return found;
    }

    List<ApprovalTask> inStatus(Set<Status> statuses) throws SQLException {
        String names =
                statuses.stream().map(status -> "'" + status.name() + "'").collect(Collectors.joining(","));
        return query("STATUS IN (" + names + ")");
    }

    /** @return whether the task was free and now is the user's */
    boolean claim(String id, String user) throws SQLException {
        return change(
                        "UPDATE BOOKSTORE_APPROVAL_TASK SET STATUS = 'RESERVED', OWNER = ?"
                                + " WHERE TASK_ID = ? AND STATUS = 'READY'",
                        user,
                        id)
                == 1;
    }

    /** @return whether the task was the user's and now is free */
    boolean release(String id, String user) throws SQLException {
        return change(
                        "UPDATE BOOKSTORE_APPROVAL_TASK SET STATUS = 'READY', OWNER = NULL"
                                + " WHERE TASK_ID = ? AND STATUS = 'RESERVED' AND OWNER = ?",
                        id,
                        user)
                == 1;
    }

    void decide(String id, String user, Status decision, String reason) throws SQLException {
        change(
                "UPDATE BOOKSTORE_APPROVAL_TASK SET STATUS = ?, OWNER = ?, REASON = ? WHERE TASK_ID = ?",
                decision.name(),
                user,
                reason,
                id);
    }

    /** @return the task of a request, or null */
    ApprovalTask ofRequest(String requestId) throws SQLException {
        List<ApprovalTask> found = query("REQUEST_ID = ?", requestId);
        return found.isEmpty() ? null : found.get(0);
    }

    void finish(String id, Status outcome) throws SQLException {
        change("UPDATE BOOKSTORE_APPROVAL_TASK SET STATUS = ? WHERE TASK_ID = ?", outcome.name(), id);
    }

    /** Forgets the tasks of a request that is deleted. */
    void forget(String requestId) throws SQLException {
        change("DELETE FROM BOOKSTORE_APPROVAL_TASK WHERE REQUEST_ID = ?", requestId);
    }

    /** Forgets the tasks of a workflow that is deleted. */
    void forgetWorkflow(String workflowId) throws SQLException {
        change("DELETE FROM BOOKSTORE_APPROVAL_TASK WHERE WORKFLOW_ID = ?", workflowId);
    }

    private int change(String sql, Object... values) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, values);
            int rows = statement.executeUpdate();
            commit(connection);
            return rows;
        }
    }

    private List<ApprovalTask> query(String condition, Object... values) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(
                        "SELECT " + COLUMNS + " FROM BOOKSTORE_APPROVAL_TASK WHERE " + condition)) {
            bind(statement, values);
            List<ApprovalTask> found = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(new ApprovalTask(
                            rows.getString(1),
                            rows.getString(2),
                            rows.getString(3),
                            rows.getString(4),
                            rows.getString(5),
                            rows.getString(6),
                            Status.valueOf(rows.getString(7)),
                            rows.getString(8),
                            rows.getString(9),
                            rows.getTimestamp(10).toInstant()));
                }
            }
            return found;
        }
    }

    private static void bind(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
    }

    private static void commit(Connection connection) throws SQLException {
        if (!connection.getAutoCommit()) {
            connection.commit();
        }
    }
}
