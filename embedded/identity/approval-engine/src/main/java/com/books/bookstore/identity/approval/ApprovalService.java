package com.books.bookstore.identity.approval;

import com.books.bookstore.identity.access.Caller;
import com.books.bookstore.identity.approval.ApprovalException.Problem;
import com.books.bookstore.identity.approval.ApprovalTask.Status;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.wso2.carbon.identity.workflow.mgt.exception.InternalWorkflowException;

/** What approvers may do with tasks. Thread-safe. */
final class ApprovalService {

    private static final Log LOG = LogFactory.getLog(ApprovalService.class);

    /** Carries a decision out in the workflow component. */
    interface Workflow {
        /**
         * Returns also when the decision could not be carried out, of which the state of the request tells.
         *
         * @param approved whether the request is granted
         * @throws RuntimeException when another decision was first
         */
        void complete(ApprovalTask task, boolean approved, String actor, String reason);

        /** Whether the workflow component still waits for the decision. */
        boolean waits(ApprovalTask task) throws InternalWorkflowException;

        /** Lets a decision that was noted but not carried out be handed over again. */
        void reopen(ApprovalTask task) throws InternalWorkflowException;

        /** Whether the workflow component knows that the task belongs to a request, which it notes after the task was made. */
        boolean knows(ApprovalTask task) throws InternalWorkflowException;
    }

    private final TaskStore tasks;
    private final Workflow workflow;

    ApprovalService(TaskStore tasks, Workflow workflow) {
        this.tasks = tasks;
        this.workflow = workflow;
    }

    /** The caller's tasks, newest first; of those asked for when {@code statuses} names any. */
    List<ApprovalTask> list(Caller caller, EnumSet<Status> statuses) throws SQLException {
        return tasks.visibleTo(caller.userName(), caller.roles()).stream()
                .filter(task -> statuses.isEmpty() || statuses.contains(task.shownTo(caller.userName())))
                .collect(Collectors.toList());
    }

    /** @throws ApprovalException when there is none that the caller may see */
    ApprovalTask get(Caller caller, String id) throws SQLException, ApprovalException {
        ApprovalTask task = tasks.get(id);
        if (task == null || !mayDecide(caller, task)) {
            // Users who may not decide a task do not learn whether it exists.
            throw new ApprovalException(Problem.UNKNOWN_TASK);
        }
        return task;
    }

    /** The task that the caller wants to change. */
    private ApprovalTask own(Caller caller, String id) throws SQLException, ApprovalException {
        ApprovalTask task = tasks.get(id);
        if (task == null) {
            throw new ApprovalException(Problem.UNKNOWN_TASK_TO_CHANGE);
        }
        if (!mayDecide(caller, task)) {
            throw new ApprovalException(Problem.NOT_ASSIGNED);
        }
        return task;
    }

    void claim(Caller caller, String id) throws SQLException, ApprovalException {
        own(caller, id);
        if (!tasks.claim(id, caller.userName())) {
            throw lost(caller, id);
        }
    }

    void release(Caller caller, String id) throws SQLException, ApprovalException {
        own(caller, id);
        if (!tasks.release(id, caller.userName())) {
            throw lost(caller, id);
        }
    }

    /**
     * Looks first and writes then, without a lock, as Identity Server's engine does: two who decide at once may both get as far as the
     * workflow component, where the extension lets one decision pass.
     */
    void decide(Caller caller, String id, boolean approve, String reason) throws SQLException, ApprovalException {
        ApprovalTask task = own(caller, id);
        if (!task.isOpenFor(caller.userName())) {
            throw lost(caller, id);
        }
        tasks.decide(id, caller.userName(), approve ? Status.APPROVING : Status.REJECTING, reason);
        carryOut(task, approve, caller.userName(), reason);
    }

    /**
     * Gives up requests that the server stored in part when it stopped. To be called before there can be new ones: those, too, are
     * stored in part for a moment.
     */
    void giveUpHalfStored() throws SQLException {
        for (ApprovalTask task : tasks.inStatus(EnumSet.of(Status.READY))) {
            try {
                if (!workflow.knows(task)) {
                    tasks.finish(task.id, Status.FAILED);
                }
            } catch (InternalWorkflowException failed) {
                LOG.error("Whether request " + task.requestId + " can be decided is not known: " + failed.getMessage());
            }
        }
    }

    /** Carries out what was decided before the server stopped in the middle of it, for which the workflow component needs its handlers. */
    void carryOutDecided() throws SQLException {
        for (ApprovalTask task : tasks.inStatus(EnumSet.of(Status.APPROVING, Status.REJECTING))) {
            boolean approved = task.status == Status.APPROVING;
            try {
                if (workflow.waits(task)) {
                    workflow.reopen(task);
                    carryOut(task, approved, task.owner, task.reason);
                } else {
                    tasks.finish(task.id, approved ? Status.APPROVED : Status.REJECTED);
                }
            } catch (InternalWorkflowException | RuntimeException failed) {
                LOG.error("Decision on request " + task.requestId + " could not be carried out after the restart: "
                        + failed.getMessage());
            }
        }
    }

    /** The task says what was decided, whatever became of it. */
    private void carryOut(ApprovalTask task, boolean approve, String actor, String reason) throws SQLException {
        try {
            workflow.complete(task, approve, actor, reason);
        } finally {
            tasks.finish(task.id, approve ? Status.APPROVED : Status.REJECTED);
        }
    }

    private ApprovalException lost(Caller caller, String id) throws SQLException {
        ApprovalTask now = tasks.get(id);
        if (now.owner != null && !caller.userName().equals(now.owner)) {
            return new ApprovalException(
                    now.status == Status.RESERVED ? Problem.CLAIMED_BY_ANOTHER : Problem.NOT_ASSIGNED);
        }
        return new ApprovalException(now.status.isOpen() ? Problem.INVALID_STATE_CHANGE : Problem.ALREADY_DECIDED);
    }

    private static boolean mayDecide(Caller caller, ApprovalTask task) {
        return caller.isUser() && caller.hasRole(task.approverRole);
    }
}
