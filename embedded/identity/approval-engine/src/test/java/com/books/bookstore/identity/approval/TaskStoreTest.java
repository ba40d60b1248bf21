package com.books.bookstore.identity.approval;

import static org.assertj.core.api.Assertions.assertThat;

import com.books.bookstore.identity.approval.ApprovalTask.Status;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.wso2.carbon.identity.workflow.mgt.bean.Workflow;
import org.wso2.carbon.identity.workflow.mgt.bean.WorkflowRequest;

class TaskStoreTest {

    private static final String ROLE = "bookstore-admin";

    private TaskStore store;

    @BeforeEach
    void open() throws SQLException {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=10000");
        store = new TaskStore(database);
        store.createTable();
        store.createTable();
    }

    private String add(String id) throws SQLException {
        store.add(new ApprovalTask(
                id,
                "rel-" + id,
                "req-" + id,
                "wf",
                "SELF_REGISTER_USER",
                ROLE,
                Status.READY,
                null,
                null,
                Instant.parse("2026-11-22T10:00:00Z")));
        return id;
    }

    @Test
    void aTaskIsReadAsItWasWritten() throws SQLException {
        ApprovalTask task = store.get(add("t1"));

        assertThat(task.requestId).isEqualTo("req-t1");
        assertThat(task.status).isEqualTo(Status.READY);
        assertThat(task.createdAt).isEqualTo(Instant.parse("2026-11-22T10:00:00Z"));
        assertThat(store.get("none")).isNull();
    }

    @Test
    void aClaimedTaskIsShownAsBlockedToOthers() throws SQLException {
        add("t1");

        assertThat(store.claim("t1", "ann")).isTrue();
        assertThat(store.claim("t1", "bob")).isFalse();
        assertThat(store.visibleTo("bob", Set.of(ROLE))).hasSize(1).allSatisfy(task -> {
            assertThat(task.shownTo("bob")).isEqualTo(Status.BLOCKED);
            assertThat(task.isOpenFor("bob")).isFalse();
        });
        assertThat(store.visibleTo("ann", Set.of(ROLE))).hasSize(1).allSatisfy(task -> {
            assertThat(task.shownTo("ann")).isEqualTo(Status.RESERVED);
            assertThat(task.isOpenFor("ann")).isTrue();
        });
        assertThat(store.release("t1", "bob")).isFalse();
        store.decide("t1", "ann", Status.APPROVING, null);
        assertThat(store.inStatus(EnumSet.of(Status.APPROVING))).hasSize(1);
        assertThat(store.visibleTo("bob", Set.of(ROLE))).isEmpty();
        assertThat(store.ofRequest("req-t1").owner).isEqualTo("ann");
        assertThat(store.ofRequest("none")).isNull();
    }

    @Test
    void aReleasedTaskIsFreeAgain() throws SQLException {
        add("t1");
        store.claim("t1", "ann");

        assertThat(store.release("t1", "ann")).isTrue();
        store.decide("t1", "bob", Status.REJECTING, "why");
        assertThat(store.get("t1").reason).isEqualTo("why");
    }

    @Test
    void theTasksOfADeletedRequestOrWorkflowAreDeleted() throws Exception {
        add("t1");
        add("t2");

        new DeletionListener(store).doPreDeleteWorkflowRequest(requestOf("t1"));

        assertThat(store.get("t1")).isNull();
        assertThat(store.get("t2")).isNotNull();

        Workflow workflow = new Workflow();
        workflow.setWorkflowId(store.get("t2").workflowId);
        new DeletionListener(store).doPostDeleteWorkflow(workflow);

        assertThat(store.get("t2")).isNull();
    }

    private WorkflowRequest requestOf(String task) throws SQLException {
        WorkflowRequest request = new WorkflowRequest();
        request.setRequestId(store.get(task).requestId);
        return request;
    }

    @Test
    void aTaskIsSeenByItsRoleOnly() throws SQLException {
        add("t1");

        assertThat(store.visibleTo("ann", Set.of("bookstore-staff"))).isEmpty();
    }

    @Test
    void whatWasDecidedBeforeACrashIsCarriedOutOnce() throws Exception {
        store.decide(add("approved"), "ann", Status.APPROVING, null);
        store.decide(add("rejected"), "ann", Status.REJECTING, "why");
        store.decide(add("done"), "ann", Status.APPROVING, null);
        add("open");
        add("half stored");
        List<String> carriedOut = new ArrayList<>();
        ApprovalService.Workflow workflow = new ApprovalService.Workflow() {
            @Override
            public void complete(ApprovalTask task, boolean approved, String actor, String reason) {
                carriedOut.add(task.id + " " + approved + " " + actor + " " + reason);
            }

            @Override
            public void reopen(ApprovalTask task) {}

            @Override
            public boolean waits(ApprovalTask task) {
                return !task.id.equals("done");
            }

            @Override
            public boolean knows(ApprovalTask task) {
                return !task.id.startsWith("half stored");
            }
        };

        ApprovalService approvals = new ApprovalService(store, workflow);
        approvals.giveUpHalfStored();
        add("half stored, but new");
        approvals.carryOutDecided();

        assertThat(carriedOut).containsExactlyInAnyOrder("approved true ann null", "rejected false ann why");
        assertThat(store.get("approved").status).isEqualTo(Status.APPROVED);
        assertThat(store.get("rejected").status).isEqualTo(Status.REJECTED);
        assertThat(store.get("done").status).isEqualTo(Status.APPROVED);
        assertThat(store.get("open").status).isEqualTo(Status.READY);
        assertThat(store.get("half stored").status).isEqualTo(Status.FAILED);
        assertThat(store.get("half stored, but new").status).isEqualTo(Status.READY);
    }

    /** As on Identity Server: how the request ended says the request, not the task. */
    @Test
    void aTaskShowsWhatWasDecidedAlsoIfAnotherDecisionWasFirst() throws Exception {
        store.decide(add("late"), "ann", Status.REJECTING, "why");
        ApprovalService.Workflow refusing = new ApprovalService.Workflow() {
            @Override
            public void complete(ApprovalTask task, boolean approved, String actor, String reason) {
                throw new IllegalStateException("decided already");
            }

            @Override
            public void reopen(ApprovalTask task) {}

            @Override
            public boolean waits(ApprovalTask task) {
                return true;
            }

            @Override
            public boolean knows(ApprovalTask task) {
                return true;
            }
        };

        new ApprovalService(store, refusing).carryOutDecided();

        assertThat(store.get("late").status).isEqualTo(Status.REJECTED);
        assertThat(store.get("late").owner).isEqualTo("ann");
    }
}
