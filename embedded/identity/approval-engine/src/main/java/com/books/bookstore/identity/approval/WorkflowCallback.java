package com.books.bookstore.identity.approval;

import com.books.bookstore.identity.approval.ApprovalException.Problem;
import java.util.HashMap;
import java.util.Map;
import org.wso2.carbon.context.PrivilegedCarbonContext;
import org.wso2.carbon.identity.workflow.mgt.WorkFlowExecutorManager;
import org.wso2.carbon.identity.workflow.mgt.dao.WorkflowRequestAssociationDAO;
import org.wso2.carbon.identity.workflow.mgt.dao.WorkflowRequestDAO;
import org.wso2.carbon.identity.workflow.mgt.exception.InternalWorkflowException;
import org.wso2.carbon.identity.workflow.mgt.exception.WorkflowException;
import org.wso2.carbon.identity.workflow.mgt.util.WorkflowRequestStatus;

/** Hands decisions to WSO2's workflow component, as the deciding user. */
final class WorkflowCallback implements ApprovalService.Workflow {

    private static final String REASON = "reason";

    @Override
    public void complete(ApprovalTask task, boolean approved, String actor, String reason) throws ApprovalException {
        Map<String, Object> parameters = new HashMap<>();
        if (reason != null) {
            parameters.put(REASON, reason);
        }
        PrivilegedCarbonContext.startTenantFlow();
        try {
            PrivilegedCarbonContext context = PrivilegedCarbonContext.getThreadLocalCarbonContext();
            context.setTenantDomain("carbon.super", true);
            context.setUsername(actor);
            WorkFlowExecutorManager.getInstance()
                    .handleCallback(
                            task.relationshipId,
                            (approved ? WorkflowRequestStatus.APPROVED : WorkflowRequestStatus.REJECTED).toString(),
                            parameters);
        } catch (WorkflowException failed) {
            throw new ApprovalException(
                    Problem.NOT_CARRIED_OUT, Problem.NOT_CARRIED_OUT.text + " " + failed.getMessage(), failed);
        } finally {
            PrivilegedCarbonContext.endTenantFlow();
        }
    }

    @Override
    public void reopen(ApprovalTask task) throws ApprovalException {
        try {
            new WorkflowRequestAssociationDAO()
                    .updateStatusOfRelationship(task.relationshipId, WorkflowRequestStatus.PENDING.toString());
        } catch (InternalWorkflowException failed) {
            throw new ApprovalException(Problem.NOT_CARRIED_OUT, Problem.NOT_CARRIED_OUT.text, failed);
        }
    }

    @Override
    public boolean waits(ApprovalTask task) throws ApprovalException {
        try {
            return WorkflowRequestStatus.PENDING
                    .toString()
                    .equals(new WorkflowRequestDAO().retrieveStatusOfWorkflow(task.requestId));
        } catch (InternalWorkflowException failed) {
            throw new ApprovalException(Problem.NOT_CARRIED_OUT, Problem.NOT_CARRIED_OUT.text, failed);
        }
    }

    @Override
    public boolean knows(ApprovalTask task) throws ApprovalException {
        try {
            return !new WorkflowRequestAssociationDAO()
                    .getRequestIdOfRelationship(task.relationshipId)
                    .isEmpty();
        } catch (InternalWorkflowException failed) {
            throw new ApprovalException(Problem.NOT_CARRIED_OUT, Problem.NOT_CARRIED_OUT.text, failed);
        }
    }
}
