package com.books.bookstore.identity.registration.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.wso2.carbon.identity.workflow.mgt.exception.InternalWorkflowException;

class WorkflowRelationsTest {

    private final JdbcDataSource database = new JdbcDataSource();
    private final WorkflowRelations decisions = new WorkflowRelations(database);

    @BeforeEach
    void createTable() throws Exception {
        database.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "CREATE TABLE WF_WORKFLOW_REQUEST_RELATION (RELATIONSHIP_ID VARCHAR(45), STATUS VARCHAR(30))");
            statement.execute("INSERT INTO WF_WORKFLOW_REQUEST_RELATION VALUES ('r-1', 'PENDING'), ('r-2', 'PENDING')");
        }
    }

    @Test
    void aRequestWithoutATaskIsNoticed() throws Exception {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE WF_WORKFLOW_APPROVAL_RELATION (TASK_ID VARCHAR(45), EVENT_ID VARCHAR(45))");
            statement.execute("INSERT INTO WF_WORKFLOW_APPROVAL_RELATION VALUES ('t-1', 'with a task')");
        }

        assertThat(decisions.hasTask("with a task")).isTrue();
        assertThat(decisions.hasTask("without one")).isFalse();
    }

    @Test
    void whetherThereIsATaskIsNotGuessedWhenTheTableIsUnreadable() {
        assertThatThrownBy(() -> decisions.hasTask("any")).isInstanceOf(InternalWorkflowException.class);
    }

    @Test
    void theSecondDecisionIsNotTaken() throws Exception {
        assertThat(decisions.claim("r-1", "REJECTED")).isTrue();
        assertThat(decisions.claim("r-1", "APPROVED")).isFalse();

        assertThat(status("r-1")).isEqualTo("REJECTED");
        assertThat(status("r-2")).isEqualTo("PENDING");
    }

    @Test
    void ofManyDecisionsAtOnceOneIsTaken() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(8);
        try {
            List<Future<Boolean>> claims = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                String status = i % 2 == 0 ? "APPROVED" : "REJECTED";
                claims.add(pool.submit(() -> decisions.claim("r-2", status)));
            }
            int taken = 0;
            for (Future<Boolean> claim : claims) {
                taken += claim.get() ? 1 : 0;
            }
            assertThat(taken).isEqualTo(1);
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void anUnknownRequestIsNotDecided() throws Exception {
        assertThat(decisions.claim("none", "APPROVED")).isFalse();
    }

    private String status(String id) throws Exception {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT STATUS FROM WF_WORKFLOW_REQUEST_RELATION WHERE RELATIONSHIP_ID = '" + id + "'")) {
            rows.next();
            return rows.getString(1);
        }
    }
}
